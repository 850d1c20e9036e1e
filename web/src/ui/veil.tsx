/** Harsh content stays hidden until it is asked for: while V is held, or until the button is pressed again. */
import clsx from 'clsx';
import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { KeyHint } from './key-hint.tsx';
import { useHeldKey } from './use-held-key.ts';

const HATCH = 'repeating-linear-gradient(135deg, var(--surface-3) 0 3px, transparent 3px 7px)';

/** `children` are drawn only when asked for, so that nothing harsh is fetched before. */
export function Veil({
  why,
  children,
  className,
  holdKey = 'v',
  onShow,
}: {
  /** What is behind it, in a few words. */
  why: string;
  children: ReactNode;
  className?: string;
  /** Shows it while held; null: only the button does. */
  holdKey?: string | null;
  /** Each time it is lifted. */
  onShow?: () => void;
}): ReactNode {
  const { t } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const held = useHeldKey(holdKey);
  const isShown = open || held;
  const tell = useRef(onShow);
  tell.current = onShow;
  useEffect(() => {
    if (isShown) tell.current?.();
  }, [isShown]);
  return (
    <div className={className}>
      {isShown ? (
        children
      ) : (
        <p
          className="flex min-h-24 items-center gap-2 rounded-2 px-4 py-3 text-ink-2"
          style={{ backgroundImage: HATCH }}
        >
          <EyeOff aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
          <span className="bg-bg px-1.5 py-0.5">{why}</span>
        </p>
      )}
      <Button
        small
        className={clsx('mt-2', held && 'pointer-events-none')}
        aria-pressed={open}
        onClick={() => setOpen(!open)}
      >
        {isShown ? (
          <EyeOff aria-hidden="true" size={16} strokeWidth={1.75} />
        ) : (
          <Eye aria-hidden="true" size={16} strokeWidth={1.75} />
        )}
        {t(open ? 'veil.hide' : 'veil.show')}
        {holdKey === null ? null : <KeyHint>{holdKey.toUpperCase()}</KeyHint>}
      </Button>
    </div>
  );
}
