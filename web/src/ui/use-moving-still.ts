/**
 * Thumbnails that move: while somebody looks (hover, focus, or the lead of the page) the last six stills are shown in
 * turn and fetched anew each round. Otherwise one still stands. Nothing moves with reduced motion.
 */
import { useEffect, useState } from 'react';
import { useReducedMotion } from './media-query.ts';

const COUNT = 6;
const TURN_EVERY_MS = 800;

/** The newest still is number 5, those before it are 0 to 4; the mark of the moment keeps caches from answering. */
export function stillsOf(url: string, moment: number): string[] {
  const numbered = /^(.*\/)5(\.\w+)$/.exec(url);
  if (!numbered) return [`${url}${url.includes('?') ? '&' : '?'}at=${moment}`];
  const [, before = '', after = ''] = numbered;
  return Array.from({ length: COUNT }, (_, index) => `${before}${index}${after}?at=${moment}`);
}

async function loaded(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => true,
    () => false,
  );
}

async function fetchStills(url: string): Promise<string[]> {
  const fresh = stillsOf(url, Date.now());
  const there = await Promise.all(fresh.map(loaded));
  return fresh.filter((_, index) => there[index]);
}

export function useMovingStill(url: string | null, active: boolean): string | null {
  const reduced = useReducedMotion();
  const moving = active && !reduced && url !== null;
  const [shown, setShown] = useState<string | null>(null);
  const [shownOf, setShownOf] = useState(url);
  if (shownOf !== url) {
    setShownOf(url);
    setShown(null);
  }

  useEffect(() => {
    if (!moving || url === null) return;
    let stopped = false;
    let round: readonly string[] = [];
    let next: Promise<readonly string[]> | null = fetchStills(url);
    let turn = 0;
    let asking = false;

    async function show(of: string): Promise<void> {
      if (asking || document.hidden) return;
      if (turn >= round.length) {
        asking = true;
        const fresh = await (next ?? fetchStills(of));
        asking = false;
        if (stopped) return;
        next = null;
        if (fresh.length > 0) round = fresh;
        turn = 0;
      }
      setShown(round[turn++] ?? null);
      // While the last one is shown the next round is on its way.
      if (turn === round.length) next = fetchStills(of);
    }

    const timer = setInterval(() => void show(url), TURN_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
      setShown(round.at(-1) ?? null);
    };
  }, [moving, url]);

  return shown ?? url;
}
