/**
 * Single keys of the desk. They come before those of the whole site (`/` and `?` mean this page here), rest while
 * somebody types or a dialog is open, and do nothing when they are switched off.
 */
import type { desk } from '@virgil/contract';
import { useEffect, useRef } from 'react';
import { dialogIsOpen, isTyping, useKeysEnabled } from '../../ui/keys.ts';
import { actOf, type Keys } from './key-map.ts';

/** `look` is held, not pressed: the veil listens for it. */
export type Acting = { readonly [Act in Exclude<desk.DeskAct, 'look'>]: () => void };

export function useDeskKeys({ keys, keysOn }: { keys: Keys; keysOn: boolean }, acting: Acting): void {
  const siteOn = useKeysEnabled();
  const latest = useRef({ keys, acting });
  latest.current = { keys, acting };
  const on = siteOn && keysOn;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || isTyping(event.target) || dialogIsOpen()) return;
      const act = actOf(latest.current.keys, event);
      if (act === null || act === 'look') return;
      event.preventDefault();
      latest.current.acting[act]();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [on]);
}

/** Digits choose in an open strip. */
export function useDigits(on: boolean, choose: (digit: number) => void): void {
  const siteOn = useKeysEnabled();
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    if (!on || !siteOn) return;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogIsOpen()) return;
      if (!/^[1-9]$/.test(event.key)) return;
      event.preventDefault();
      latest.current(Number(event.key));
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on, siteOn]);
}
