import { useEffect, useState } from 'react';
import { useKeysEnabled } from './keys.ts';

/** True while the key is down. Letting go outside the window counts as letting go. */
export function useHeldKey(key: string | null): boolean {
  const on = useKeysEnabled();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!on || key === null) return;
    const isTyping = (target: EventTarget | null) =>
      target instanceof HTMLElement && target.matches('input:not([type="radio"],[type="checkbox"]), textarea, select');
    const change = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.type === 'keyup' || !isTyping(event.target)) setHeld(event.type === 'keydown');
    };
    const release = () => setHeld(false);
    addEventListener('keydown', change);
    addEventListener('keyup', change);
    addEventListener('blur', release);
    return () => {
      removeEventListener('keydown', change);
      removeEventListener('keyup', change);
      removeEventListener('blur', release);
    };
  }, [key, on]);
  return held;
}
