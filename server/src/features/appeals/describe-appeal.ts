/** An appeal as its author reads it, and as admins do. */
import type { appeals as contract, UserId } from '@virgil/contract';
import { inArray } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { personColumns, personOf } from '../channels/index.ts';
import { actingAdmins, activeStrikes } from '../penalties/index.ts';
import { deciderOf, findDecision } from './decision-store.ts';
import { mayReview } from './policy.ts';
import { type AppealWithPeople, type OwnAppealRow, subjectOf } from './store.ts';

export function appealOf(row: OwnAppealRow): contract.Appeal {
  return {
    id: row.id,
    subject: subjectOf(row),
    reason: row.appealReason,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    resolution: row.resolutionMessage,
  };
}

export async function describeAppeals(
  tx: Tx,
  rows: readonly AppealWithPeople[],
  reviewerId: UserId,
  at: Date,
): Promise<contract.AdminAppeal[]> {
  const admins = await actingAdmins(tx, at);
  const described: contract.AdminAppeal[] = [];
  for (const { appeal, reviewer, user } of rows) {
    const subject = subjectOf(appeal);
    const decision = await findDecision(tx, subject, at);
    if (decision === null) throw new Error('an appeal against a decision that is gone'); // a reference forbids it
    const decidedBy = await deciderOf(tx, subject);
    const people = await tx
      .select({ ...personColumns, strikes: activeStrikes(at) })
      .from(profiles)
      .where(inArray(profiles.id, [user.id, ...(decidedBy === null ? [] : [decidedBy])]));
    const decider = people.find(({ id }) => id === decidedBy);
    const anotherAdminExists = admins.some((id) => id !== reviewerId && id !== user.id);
    const review = mayReview({ reviewerId, appellantId: user.id, decidedBy, anotherAdminExists });
    described.push({
      ...appealOf(appeal),
      user: personOf(user),
      decision: {
        reason: decision.reason,
        category: decision.category,
        issuedAt: decision.issuedAt.toISOString(),
        expiresAt: decision.expiresAt?.toISOString() ?? null,
        active: decision.isInForce,
        issuedBy: decider === undefined ? null : personOf(decider),
        automatic: decision.isAutomatic,
      },
      activeStrikes: people.find(({ id }) => id === user.id)?.strikes ?? 0,
      reviewedBy: reviewer === null ? null : personOf(reviewer),
      mayReview: appeal.status === 'pending' && review === 'allowed',
    });
  }
  return described;
}
