/** How long to wait before trying again: 1 s, 2 s, 4 s … five minutes. */
const LONGEST_MS = 5 * 60_000;

export function backoffMs(attempts: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, attempts - 1), LONGEST_MS);
}

/** After about forty minutes of failures the work is parked: kept for a person, in nobody's way. */
export const MOST_ATTEMPTS = 15;
