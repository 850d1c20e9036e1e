/** The checkpoint that this browser remembers: whoever holds an old one sees when history was rewritten since. */
import type { SeenCheckpoint } from './verify-proof.ts';

const KEY = 'virgil.audit.seen';
const RENEW_AFTER_MS = 24 * 3600 * 1000;

export function seenCheckpoint(): SeenCheckpoint | null {
  try {
    const seen: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return isSeen(seen) ? seen : null;
  } catch {
    // No storage, or somebody else's words in it: then nothing was seen.
    return null;
  }
}

/** Keeps one day of distance, so that the next proof reaches back further than the last look. */
export function rememberCheckpoint(next: SeenCheckpoint): void {
  const last = seenCheckpoint();
  const isFresh = last?.origin === next.origin && Date.parse(next.at) - Date.parse(last.at) < RENEW_AFTER_MS;
  if (isFresh) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage nothing is remembered, and the proof holds all the same.
  }
}

function isSeen(value: unknown): value is SeenCheckpoint {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, size, root, at } = value as Record<string, unknown>;
  return typeof origin === 'string' && Number.isSafeInteger(size) && typeof root === 'string' && typeof at === 'string';
}
