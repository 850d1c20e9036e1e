/** SQL of direct messages. */
import type { DirectMessageId, UserId } from '@virgil/contract';
import { and, desc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { conversations, directMessages, profiles, unreadMessages } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';
import { MOST_UNANSWERED } from './policy.ts';

/** Whether either deleted theirs is not for the other, nor how it scored: row security's roles cannot read more. */
export const shownColumns = {
  id: directMessages.id,
  pair: directMessages.pair,
  fromUserId: directMessages.fromUserId,
  toUserId: directMessages.toUserId,
  message: directMessages.message,
  status: directMessages.status,
  createdAt: directMessages.createdAt,
  approvedAt: directMessages.approvedAt,
};
export type MessageRow = Pick<typeof directMessages.$inferSelect, keyof typeof shownColumns>;
export type MessageStatus = MessageRow['status'];
export type StoredMessage = typeof directMessages.$inferSelect;

/** Staff may read by other rights what is held; in their own conversations it waits as in everybody's. */
const isShownTo = (reader: UserId) =>
  or(
    eq(directMessages.status, 'published'),
    and(eq(directMessages.status, 'held'), eq(directMessages.fromUserId, reader)),
  );

/** One value for both directions. */
export const pairOf = (one: string, other: string): string => [one, other].sort().join(' ');

/** One person's messages are stored one after the other, so that two at once cannot both be the last one allowed. */
export async function lockSender(tx: Tx, userId: UserId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`virgil messages of ${userId}`}, 0))`);
}

/** Null when this client id was used before. */
export async function insertMessage(tx: Tx, row: typeof directMessages.$inferInsert): Promise<MessageRow | null> {
  const [inserted] = await tx.insert(directMessages).values(row).onConflictDoNothing().returning(shownColumns);
  return inserted ?? null;
}

export async function findSent(
  tx: Tx,
  { clientId, from, to }: { readonly from: UserId; readonly to: UserId; readonly clientId: string },
): Promise<MessageRow | null> {
  const [row] = await tx
    .select(shownColumns)
    .from(directMessages)
    .where(
      and(eq(directMessages.fromUserId, from), eq(directMessages.toUserId, to), eq(directMessages.clientId, clientId)),
    );
  return row ?? null;
}

/** It arrived: the conversation moves up there, and one more is unread. */
export async function arrive(tx: Tx, message: MessageRow, at: Date): Promise<void> {
  const { fromUserId: otherId, id: messageId, toUserId: userId } = message;
  await touch(tx, userId, otherId, at);
  await tx.insert(unreadMessages).values({ userId, otherId, messageId }).onConflictDoNothing();
}

export async function touch(tx: Tx, userId: string, otherId: string, at: Date): Promise<void> {
  await tx
    .insert(conversations)
    .values({ userId, otherId, at })
    .onConflictDoUpdate({
      target: [conversations.userId, conversations.otherId],
      set: { at: sql`greatest(${conversations.at}, excluded.at)` },
    });
}

export interface ConversationSearch {
  readonly userId: UserId;
  readonly otherId: UserId;
  readonly after: readonly [string] | null;
  readonly limit: number;
}

/** With the rights of whoever asks. Newest first, one row more than `limit` when there is more. */
export async function readMessages(
  tx: Tx,
  { after, limit, otherId, userId }: ConversationSearch,
): Promise<MessageRow[]> {
  return tx
    .select(shownColumns)
    .from(directMessages)
    .where(
      and(
        eq(directMessages.pair, pairOf(userId, otherId)),
        isBetween(userId, otherId),
        isShownTo(userId),
        after === null ? undefined : lt(directMessages.id, after[0]),
      ),
    )
    .orderBy(desc(directMessages.id))
    .limit(limit + 1);
}

/** Staff may read a message by other rights than their own; such a one is in no conversation of theirs. */
const isBetween = (one: UserId, other: UserId) =>
  sql`(${directMessages.fromUserId}, ${directMessages.toUserId}) in ((${one}, ${other}), (${other}, ${one}))`;

export async function findOther(tx: Tx, userId: UserId) {
  const [row] = await tx
    .select({ person: personColumns, erasedAt: profiles.erasedAt })
    .from(profiles)
    .where(eq(profiles.id, userId));
  return row ?? null;
}

export async function findForDelivery(tx: Tx, id: string): Promise<StoredMessage | null> {
  const [row] = await tx.select().from(directMessages).where(eq(directMessages.id, id));
  return row ?? null;
}

export async function idsSince(tx: Tx, since: Date): Promise<DirectMessageId[]> {
  const rows = await tx
    .select({ id: directMessages.id })
    .from(directMessages)
    .where(or(gte(directMessages.createdAt, since), gte(directMessages.approvedAt, since)))
    .orderBy(directMessages.id)
    .limit(1000);
  return rows.map(({ id }) => id as DirectMessageId);
}

/** Holds the message until the transaction ends. */
export async function lockMessage(tx: Tx, id: string): Promise<StoredMessage | null> {
  const [row] = await tx.select().from(directMessages).where(eq(directMessages.id, id)).for('update');
  return row ?? null;
}

export async function updateMessage(
  tx: Tx,
  id: string,
  change: Partial<Pick<StoredMessage, 'status' | 'approvedAt' | 'senderDeletedAt' | 'recipientDeletedAt'>>,
): Promise<void> {
  await tx.update(directMessages).set(change).where(eq(directMessages.id, id));
}

export async function markRead(tx: Tx, userId: UserId, otherId: UserId): Promise<boolean> {
  const rows = await tx
    .delete(unreadMessages)
    .where(and(eq(unreadMessages.userId, userId), eq(unreadMessages.otherId, otherId)))
    .returning({ id: unreadMessages.messageId });
  return rows.length > 0;
}

export async function forgetUnread(tx: Tx, messageId: string): Promise<void> {
  await tx.delete(unreadMessages).where(eq(unreadMessages.messageId, messageId));
}

/** Who wrote to whom before. Counted only as far as it decides: a long conversation is not read for one more line. */
export async function readContact(tx: Tx, from: UserId, to: UserId, since: Date) {
  const answers = await tx
    .select({ id: directMessages.id })
    .from(directMessages)
    .where(
      and(
        eq(directMessages.pair, pairOf(from, to)),
        eq(directMessages.fromUserId, to),
        eq(directMessages.status, 'published'),
      ),
    )
    .limit(1);
  const hasAnswered = answers.length > 0;
  const own = hasAnswered
    ? []
    : await tx
        .select({ id: directMessages.id })
        .from(directMessages)
        .where(and(eq(directMessages.pair, pairOf(from, to)), eq(directMessages.fromUserId, from)))
        .limit(MOST_UNANSWERED);
  const isFirst = !hasAnswered && own.length === 0;
  const { firstContactAt, firstContacts } = isFirst ? await readFirstContacts(tx, from, since) : NO_CONTACTS;
  return { hasAnswered, written: own.length, firstContacts, firstContactAt };
}

const NO_CONTACTS = { firstContacts: 0, firstContactAt: null };

async function readFirstContacts(tx: Tx, from: UserId, since: Date) {
  const { rows } = await tx.execute<{ n: number; first: Date | null }>(sql`
    select count(*)::int as n, min(first_at) as first from (
      select to_user_id, min(created_at) as first_at from direct_messages where from_user_id = ${from} group by to_user_id
    ) as contact
    where first_at > ${since.toISOString()}::timestamptz and not exists (
      select from direct_messages as answer
      where answer.from_user_id = contact.to_user_id and answer.to_user_id = ${from} and answer.status = 'published'
    )`);
  const first = rows[0]?.first ?? null;
  return { firstContacts: rows[0]?.n ?? 0, firstContactAt: first === null ? null : new Date(first) };
}

export async function readWriter(tx: Tx, userId: UserId) {
  const [row] = await tx
    .select({ role: profiles.role, createdAt: profiles.createdAt })
    .from(profiles)
    .where(and(eq(profiles.id, userId), isNull(profiles.erasedAt)));
  return row ?? null;
}
