/** A veil within a line of text: lifted while it is pointed at or focused, or while the key is held. */
import { EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useHeldKey } from './use-held-key.ts';

export function VeiledLine({
  why,
  children,
  holdKey = 'v',
  onShow,
}: {
  /** What is behind it, in a few words. */
  why: string;
  children: ReactNode;
  /** Null: pointing and focus alone lift it. */
  holdKey?: string | null;
  /** Each time it is lifted. */
  onShow?: () => void;
}): ReactNode {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = useHeldKey(holdKey);
  const isShown = pointed || focused || held;
  const tell = useRef(onShow);
  tell.current = onShow;
  useEffect(() => {
    if (isShown) tell.current?.();
  }, [isShown]);
  return (
    <button
      type="button"
      className="cursor-help text-left [overflow-wrap:anywhere]"
      // Safari gives a pressed button no focus.
      onClick={({ currentTarget }) => currentTarget.focus()}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
    >
      {isShown ? (
        children
      ) : (
        <span className="inline-flex items-center gap-1 text-ink-2">
          <EyeOff aria-hidden="true" size={14} strokeWidth={1.75} />
          {why}
        </span>
      )}
    </button>
  );
}
