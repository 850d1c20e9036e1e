import type { FindingKind } from '../check/check-log.ts';

/** What a shell script can tell apart. */
export const exitCodes: Record<FindingKind | 'good' | 'unchecked' | 'usage', number> = {
  good: 0,
  unchecked: 1,
  usage: 2,
  edited: 10,
  deleted: 11,
  inserted: 12,
  reordered: 13,
  truncated: 14,
  forked: 15,
  changed: 16,
  unsigned: 17,
};

/** The command was not understood. */
export class Usage extends Error {}

/** Neither good nor bad: it could not be looked at. */
export class CannotCheck extends Error {}
