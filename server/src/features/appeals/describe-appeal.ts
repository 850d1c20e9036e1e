/** An appeal as its author reads it, and as admins do. */
import type { appealDesk, appeals as contract, UserId } from '@virgil/contract';
import { inArray } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { type appealNotes, profiles } from '../../db/schema/index.ts';
import { type PersonRow, personColumns, personOf } from '../channels/index.ts';
import { actingAdmins, activeStrikes } from '../penalties/index.ts';
import { type Decision, findDecision } from './decision-store.ts';
import { countsByAppeal, type MessageRow } from './dialogue-store.ts';
import { matterOf } from './matter-store.ts';
import { mayReview } from './policy.ts';
import { decidersOf } from './reviewers.ts';
import { type AppealWithPeople, type OwnAppealRow, subjectOf } from './store.ts';

export function appealOf(row: OwnAppealRow): contract.Appeal {
  return {
    id: row.id,
    subject: subjectOf(row),
    reason: row.appealReason,
    screenshotUrl: row.appealScreenshotUrl,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    resolution: row.resolutionMessage,
  };
}

export const messageOf = ({ createdAt, readAt, ...row }: MessageRow): contract.AppealMessage => ({
  ...row,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});

export const adminMessageOf = ({ author, message }: { message: MessageRow; author: PersonRow | null }) => ({
  ...messageOf(message),
  author: author === null ? null : personOf(author),
});

export const noteOf = ({ author, note }: { note: typeof appealNotes.$inferSelect; author: PersonRow | null }) => ({
  id: note.id,
  note: note.note,
  createdAt: note.createdAt.toISOString(),
  author: author === null ? null : personOf(author),
});

/** With the system's rights: what moderators decided on an item is part of it. */
export async function describeAppeals(
  tx: Tx,
  rows: readonly AppealWithPeople[],
  reviewerId: UserId,
  at: Date,
): Promise<appealDesk.AdminAppeal[]> {
  const admins = await actingAdmins(tx, at);
  const counts = await countsByAppeal(
    tx,
    rows.map(({ appeal }) => appeal.id),
  );
  const described: appealDesk.AdminAppeal[] = [];
  for (const { appeal, reviewer, user } of rows) {
    const subject = subjectOf(appeal);
    const decision = await findDecision(tx, subject, at);
    const matter = await matterOf(tx, subject);
    const deciders = await decidersOf(tx, subject, matter);
    const people = await tx
      .select({ ...personColumns, strikes: activeStrikes(at) })
      .from(profiles)
      .where(inArray(profiles.id, [user.id, ...deciders]));
    const decider = people.find(({ id }) => id === deciders.at(-1));
    const review = mayReview({ reviewerId, appellantId: user.id, deciders, admins });
    const isOpen = appeal.status === 'pending';
    described.push({
      ...appealOf(appeal),
      user: personOf(user),
      decision: {
        ...decisionOf(decision, matter.actions.at(-1)?.reason),
        issuedBy: decider === undefined ? null : personOf(decider),
        automatic: decision?.isAutomatic === true && matter.actions.length === 0,
      },
      activeStrikes: people.find(({ id }) => id === user.id)?.strikes ?? 0,
      reviewedBy: reviewer === null ? null : personOf(reviewer),
      mayReview: isOpen && review === 'allowed',
      refusal: isOpen && review !== 'allowed' ? review : null,
      messages: counts.get(appeal.id)?.messages ?? 0,
      unread: counts.get(appeal.id)?.unread ?? 0,
    });
  }
  return described;
}

/** Null: it was undone within the seconds in which that can be done. */
function decisionOf(decision: Decision | null, decided: string | undefined) {
  if (decision === null) {
    const never = new Date(0).toISOString();
    return { reason: decided ?? '', category: null, issuedAt: never, expiresAt: null, active: false, channel: null };
  }
  return {
    reason: decision.reason || (decided ?? decision.violation?.content ?? ''),
    category: decision.category ?? null,
    issuedAt: decision.issuedAt.toISOString(),
    expiresAt: decision.expiresAt?.toISOString() ?? null,
    active: decision.isInForce,
    channel: decision.channel,
  };
}
