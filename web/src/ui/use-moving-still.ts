/**
 * Thumbnails that move: while somebody looks (hover, focus, or the lead of the page) a fresh still is fetched every
 * two seconds and the last few are cycled. Otherwise one still stands. Nothing moves with reduced motion.
 */
import { useEffect, useRef, useState } from 'react';
import { useReducedMotion } from './media-query.ts';

const KEPT = 6;
const FETCH_EVERY_MS = 2000;
const TURN_EVERY_MS = 700;

/** The same address with a mark of its moment, so that no cache answers with an older picture. */
export function stillAt(url: string, moment: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}at=${moment}`;
}

export function keepStills(kept: readonly string[], fresh: string): readonly string[] {
  return [...kept.filter((each) => each !== fresh), fresh].slice(-KEPT);
}

async function loaded(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => true,
    () => false,
  );
}

export function useMovingStill(url: string | null, active: boolean): string | null {
  const reduced = useReducedMotion();
  const moving = active && !reduced && url !== null;
  const stills = useRef<readonly string[]>([]);
  const [shown, setShown] = useState<string | null>(null);

  const [shownOf, setShownOf] = useState(url);
  if (shownOf !== url) {
    setShownOf(url);
    setShown(null);
  }

  useEffect(() => {
    if (!moving || url === null) return;
    stills.current = stills.current.filter((still) => still.startsWith(url));
    let stopped = false;
    let turn = 0;
    const fetchOne = async (): Promise<void> => {
      if (document.hidden) return;
      const fresh = stillAt(url, Date.now());
      if ((await loaded(fresh)) && !stopped) stills.current = keepStills(stills.current, fresh);
    };
    void fetchOne();
    const fetching = setInterval(() => void fetchOne(), FETCH_EVERY_MS);
    const turning = setInterval(() => {
      const all = stills.current;
      if (all.length > 0) setShown(all[turn++ % all.length] ?? null);
    }, TURN_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(fetching);
      clearInterval(turning);
      setShown(stills.current.at(-1) ?? null);
    };
  }, [moving, url]);

  return shown ?? url;
}
