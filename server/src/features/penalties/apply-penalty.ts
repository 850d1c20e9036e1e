/** May this admin close this account, and then it is closed: in the transaction of whatever they decide. */
import { type Category, category as categories, type StatementCategory, type UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { type ResolvedReference, resolvePolicyReference } from '../policies/index.ts';
import { type IssuedPenalty, issuePenalty } from './issue-penalty.ts';
import { type DurationHours, mayBan } from './policy.ts';
import { findDecisionInForce, isBanned, lockAdmins, lockStanding, nameOf, type PenaltyRow } from './store.ts';

export interface WantedPenalty {
  readonly userId: UserId;
  readonly reason: string;
  readonly durationHours: DurationHours | null;
  readonly category?: Category | undefined;
  readonly evidenceLink?: string | undefined;
  readonly policyReference?: string | undefined;
}

export interface PenaltyBy {
  readonly adminId: UserId;
  readonly at: Date;
  /** The escalated item that it resolves; the one audit entry of both names it. */
  readonly escalationId?: string;
}

/** Throws `not_found`, `own_content`, `banned`, `already_decided`, and `invalid` for a rule that is none. */
export async function applyPenalty(
  tx: Tx,
  wanted: WantedPenalty,
  { adminId, at, escalationId }: PenaltyBy,
): Promise<IssuedPenalty> {
  const { userId } = wanted;
  if ((await nameOf(tx, userId)) === null) throw new AppError('not_found', { detail: 'There is no such person.' });
  const reference = await referenceOf(tx, wanted.policyReference, at);
  await lockStanding(tx, userId);
  // Two admins who ban each other at once do it one after the other, and the second is banned by then.
  await lockAdmins(tx);
  const standing = await findDecisionInForce(tx, userId, at);
  const decision = mayBan({
    adminId,
    userId,
    isBannedByDecision: standing !== null,
    adminIsBanned: await isBanned(tx, adminId, at),
  });
  if (!decision.allowed) throw await refusalOf(tx, decision.because, standing);
  return issuePenalty(tx, {
    userId,
    reason: wanted.reason,
    durationHours: wanted.durationHours,
    category: wanted.category ?? penaltyCategory(reference?.rule?.category ?? null),
    evidenceLink: wanted.evidenceLink ?? null,
    reference,
    issuedBy: adminId,
    at,
    ...(escalationId === undefined ? {} : { escalationId }),
  });
}

async function referenceOf(tx: Tx, reference: string | undefined, at: Date): Promise<ResolvedReference | null> {
  if (reference === undefined) return null;
  const resolved = await resolvePolicyReference(tx, reference, at);
  if (resolved !== null) return resolved;
  throw new AppError('invalid', { errors: [{ path: 'policyReference', message: 'no rule of a published policy' }] });
}

/** The rule says what it is about, unless the admin says it otherwise. */
function penaltyCategory(category: StatementCategory | null): Category | null {
  return categories.safeParse(category).data ?? null;
}

async function refusalOf(
  tx: Tx,
  because: 'oneself' | 'decided' | 'banned_oneself',
  standing: PenaltyRow | null,
): Promise<AppError> {
  switch (because) {
    case 'oneself':
      return new AppError('own_content', { detail: 'Nobody decides about their own account.' });
    case 'banned_oneself':
      return new AppError('banned', { detail: 'A penalty against you has come into force.' });
    case 'decided':
      return new AppError('already_decided', { detail: await decided(tx, standing) });
  }
}

/** What was decided before, and by whom. */
async function decided(tx: Tx, standing: PenaltyRow | null): Promise<string> {
  if (standing === null) return 'This was decided before.';
  const by = standing.issuedBy === null ? null : await nameOf(tx, standing.issuedBy);
  const until = standing.expiresAt === null ? 'for good' : `until ${standing.expiresAt.toISOString()}`;
  return `${by ?? 'An admin'} closed this account on ${standing.issuedAt.toISOString()} ${until}.`;
}
