/** The open item is held for whoever works on it: taken after a moment, kept by a sign of life, let go with the page. */
import { desk } from '@virgil/contract';
import { useEffect, useRef, useState } from 'react';
import { claimItem, itemChanged, releaseItem } from '../../api/desk.ts';
import { asProblem } from '../../api/problem.ts';
import { useNow } from '../../ui/use-now.ts';

/** Whoever only moves through the queue takes nothing. */
const TAKE_AFTER_MS = 1000;
const RENEW_AFTER_MS = 30_000;
const HOLD_MS = desk.CLAIM_MINUTES * 60_000;

/** Milliseconds left, 0 when it ran out; null while it is not one's own. */
export function useClaim(itemId: string, isFree: boolean): number | null {
  const [held, setHeld] = useState<{ readonly itemId: string; readonly untilMs: number } | null>(null);
  const now = useNow(1000);
  const askedMs = useRef(0);
  const mine = held?.itemId === itemId ? held : null;
  const isMine = mine !== null;
  const wanted = isFree || isMine;

  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const take = async () => {
      askedMs.current = Date.now();
      try {
        await claimItem(itemId);
        if (gone) return;
        // Counted from here, so that no two clocks are compared.
        setHeld({ itemId, untilMs: askedMs.current + HOLD_MS });
      } catch (error) {
        if (gone) return;
        setHeld(null);
        if (asProblem(error).code === 'already_decided') void itemChanged(itemId);
      }
    };
    const stir = () => {
      if (document.visibilityState === 'visible' && Date.now() - askedMs.current > RENEW_AFTER_MS) void take();
    };
    const first = isMine ? undefined : setTimeout(() => void take(), TAKE_AFTER_MS);
    addEventListener('keydown', stir);
    addEventListener('pointerdown', stir);
    addEventListener('pointermove', stir);
    return () => {
      gone = true;
      clearTimeout(first);
      removeEventListener('keydown', stir);
      removeEventListener('pointerdown', stir);
      removeEventListener('pointermove', stir);
    };
  }, [itemId, wanted, isMine]);

  const holds = useRef<string | null>(null);
  holds.current = mine === null ? null : itemId;
  useEffect(
    () => () => {
      if (holds.current === itemId) void releaseItem(itemId).catch(() => undefined);
    },
    [itemId],
  );
  return mine === null ? null : Math.max(0, mine.untilMs - now);
}
