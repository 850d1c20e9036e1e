/** SQL of deleting for oneself. */
import type { DirectMessageId, UserId } from '@virgil/contract';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { conversations, directMessages, moderatorReviewQueue, reports, unreadMessages } from '../../db/schema/index.ts';
import { pairOf } from './store.ts';

export interface Side {
  readonly userId: UserId;
  readonly otherId: UserId;
  readonly at: Date;
}

/** One message, or all of them; returns which. A message that still waits is withdrawn: it will not arrive. */
export async function deleteSide(
  tx: Tx,
  { at, otherId, userId }: Side,
  id?: DirectMessageId,
): Promise<DirectMessageId[]> {
  const isOne = id === undefined ? undefined : eq(directMessages.id, id);
  const ofPair = and(eq(directMessages.pair, pairOf(userId, otherId)), isOne);
  const arrived = sql`${directMessages.status} in ('published', 'removed')`;
  const when = sql`${at.toISOString()}::timestamptz`;
  const sent = await tx
    .update(directMessages)
    .set({
      senderDeletedAt: at,
      recipientDeletedAt: sql`case when ${arrived} then ${directMessages.recipientDeletedAt} else ${when} end`,
    })
    .where(and(ofPair, eq(directMessages.fromUserId, userId), isNull(directMessages.senderDeletedAt)))
    .returning({ id: directMessages.id });
  const received = await tx
    .update(directMessages)
    .set({ recipientDeletedAt: at })
    .where(and(ofPair, eq(directMessages.toUserId, userId), isNull(directMessages.recipientDeletedAt), arrived))
    .returning({ id: directMessages.id });
  const isUnread = id === undefined ? undefined : eq(unreadMessages.messageId, id);
  await tx
    .delete(unreadMessages)
    .where(and(eq(unreadMessages.userId, userId), eq(unreadMessages.otherId, otherId), isUnread));
  return [...sent, ...received].map((row) => row.id as DirectMessageId);
}

export async function forgetConversation(tx: Tx, userId: UserId, otherId: UserId): Promise<void> {
  await tx.delete(conversations).where(and(eq(conversations.userId, userId), eq(conversations.otherId, otherId)));
}

/**
 * Neither keeps it; unless a report or a review is about it, then it stays for that. Of what the other one never answered
 * only that it was written stays: who is pestered and clears it away must not be counted as a stranger anew.
 */
export async function dropDeleted(tx: Tx, userId: UserId, otherId: UserId): Promise<void> {
  const gone = and(
    eq(directMessages.pair, pairOf(userId, otherId)),
    sql`${directMessages.senderDeletedAt} is not null and ${directMessages.recipientDeletedAt} is not null`,
    sql`not exists (select from ${reports} where ${reports.subjectType} = 'direct_message' and ${reports.subjectId} = ${directMessages.id})`,
    sql`not exists (select from ${moderatorReviewQueue} where ${moderatorReviewQueue.contentId} = ${directMessages.id})`,
  );
  const answered = sql`exists (select from ${directMessages} as answer
    where answer.pair = ${directMessages.pair} and answer.from_user_id = ${directMessages.toUserId}
      and answer.status = 'published')`;
  await tx.delete(directMessages).where(and(gone, answered));
  await tx.update(directMessages).set({ message: '' }).where(gone);
}
