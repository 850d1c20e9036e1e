/** Who may be kept out of the platform, by whom, and until when. Facts in, decision out. */
import type { Category, UserId } from '@virgil/contract';

/** Hours a temporary ban can last. */
export const DURATIONS = [24, 168, 720] as const;
export type DurationHours = (typeof DURATIONS)[number];

/** Permanent and for one of these: no appeal undoes it. */
const BEYOND_APPEAL: ReadonlySet<string> = new Set<Category>(['minors', 'terror', 'fraud']);

export function isAppealable(penalty: {
  readonly severity: 'temporary' | 'permanent';
  readonly category: string | null;
}) {
  return penalty.severity === 'temporary' || penalty.category === null || !BEYOND_APPEAL.has(penalty.category);
}

export const CANNOT_BE_APPEALED = 'This permanent ban cannot be appealed due to the severity of the violation.';

export interface BanFacts {
  readonly adminId: UserId;
  readonly userId: UserId;
  /** An admin's own decision about this person is in force. */
  readonly isBannedByDecision: boolean;
  /** Of the person who decides, at the moment of deciding: two admins may ban each other at once. */
  readonly adminIsBanned: boolean;
}

export type BanDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'oneself' | 'decided' | 'banned_oneself' };

export function mayBan(facts: BanFacts): BanDecision {
  if (facts.userId === facts.adminId) return { allowed: false, because: 'oneself' };
  if (facts.adminIsBanned) return { allowed: false, because: 'banned_oneself' };
  if (facts.isBannedByDecision) return { allowed: false, because: 'decided' };
  return { allowed: true };
}

export function endOfPenalty(issuedAt: Date, durationHours: DurationHours | null): Date | null {
  return durationHours === null ? null : new Date(issuedAt.getTime() + durationHours * 3_600_000);
}
