/** An admin closes someone's account. */
import type { AdminPenalty, Category, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { describePenalty } from './admin-store.ts';
import type { PenaltyDeps } from './deps.ts';
import { issuePenalty } from './issue-penalty.ts';
import { type DurationHours, mayBan } from './policy.ts';
import { findDecisionInForce, isBanned, lockAdmins, lockStanding, nameOf, type PenaltyRow } from './store.ts';

export interface Ban {
  readonly userId: UserId;
  readonly reason: string;
  readonly durationHours: DurationHours | null;
  readonly category?: Category | undefined;
  readonly evidenceLink?: string | undefined;
  readonly policyReference?: string | undefined;
}

export async function banUser(deps: PenaltyDeps, actor: Actor, ban: Ban): Promise<AdminPenalty> {
  const admin = personOfActor(actor);
  const { userId } = ban;
  const at = deps.clock.now();
  const penalty = await deps.database.asActor(actor, async (tx) => {
    if ((await nameOf(tx, userId)) === null) throw new AppError('not_found', { detail: 'There is no such person.' });
    await lockStanding(tx, userId);
    // Two admins who ban each other at once do it one after the other, and the second is banned by then.
    await lockAdmins(tx);
    const standing = await findDecisionInForce(tx, userId, at);
    const decision = mayBan({
      adminId: admin.userId,
      userId,
      isBannedByDecision: standing !== null,
      adminIsBanned: await isBanned(tx, admin.userId, at),
    });
    if (!decision.allowed) throw await refusalOf(tx, decision.because, standing);
    const id = await issuePenalty(tx, {
      userId,
      reason: ban.reason,
      durationHours: ban.durationHours,
      category: ban.category ?? null,
      evidenceLink: ban.evidenceLink ?? null,
      policyReference: ban.policyReference ?? null,
      issuedBy: admin.userId,
      at,
    });
    return describePenalty(tx, id, at);
  });
  if (penalty === null) throw new Error('a penalty vanished in the transaction that made it');
  return penalty;
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
