/** What the desk decides from facts alone: what is harsh, who may decide, when a break is due. */
import { type Category, type desk, HARSH } from '@virgil/contract';

export function isHarsh(item: { readonly category: Category; readonly headsQueue: boolean }): boolean {
  return item.headsQueue || HARSH.has(item.category);
}

export const CLAIM_MS = 5 * 60_000;

export interface ClaimFacts {
  readonly claimedBy: string | null;
  readonly claimExpiresAt: Date | null;
}

/** A claim holds while the clock has not passed its end; no job ends it. */
export function holderOf({ claimedBy, claimExpiresAt }: ClaimFacts, now: Date): string | null {
  return claimedBy !== null && claimExpiresAt !== null && claimExpiresAt > now ? claimedBy : null;
}

/** A pause longer than this begins a new shift. */
export const SHIFT_PAUSE_MS = 30 * 60_000;
/**
 * When a break is suggested: our choice. Studies of content moderators name frequent short breaks and limits on
 * exposure as what helps, without agreeing on a number.
 */
export const LOOKS_BEFORE_BREAK = 20;
export const MINUTES_BEFORE_BREAK = 90;

export interface Shift {
  readonly beganAt: Date;
  readonly lastAt: Date;
  readonly restedAt: Date;
  readonly looksAtRest: number;
}

/** The shift that something done now belongs to. */
export function shiftAt(shift: Shift | null, now: Date): { readonly shift: Shift; readonly isNew: boolean } {
  if (shift === null || now.getTime() - shift.lastAt.getTime() > SHIFT_PAUSE_MS) {
    return { shift: { beganAt: now, lastAt: now, restedAt: now, looksAtRest: 0 }, isNew: true };
  }
  return { shift: { ...shift, lastAt: now > shift.lastAt ? now : shift.lastAt }, isNew: false };
}

export function exposureOf(shift: Shift | null, looks: number, now: Date): desk.Exposure {
  if (shift === null || now.getTime() - shift.lastAt.getTime() > SHIFT_PAUSE_MS) {
    return { harshLooks: 0, since: null, suggestion: null };
  }
  const worked = now.getTime() - shift.restedAt.getTime();
  const suggestion =
    looks - shift.looksAtRest >= LOOKS_BEFORE_BREAK ? 'looks' : worked >= MINUTES_BEFORE_BREAK * 60_000 ? 'time' : null;
  return { harshLooks: looks, since: shift.beganAt.toISOString(), suggestion };
}
