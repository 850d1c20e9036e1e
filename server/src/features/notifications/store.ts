/** SQL of the inbox. */
import type { notifications as contract, NotificationId, UserId } from '@virgil/contract';
import { and, asc, count, desc, eq, getTableColumns, gte, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { notifications } from '../../db/schema/index.ts';

/** Who sent a notice is not for its receiver: row security's roles may not even read the column. */
const { sentBy: _sentBy, ...shown } = getTableColumns(notifications);
export type NoticeRow = Omit<typeof notifications.$inferSelect, 'sentBy'>;

export async function insertNotices(tx: Tx, rows: readonly (typeof notifications.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(notifications).values([...rows]);
}

/** False when it does not wait. */
export async function deleteHeldNotice(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.delete(notifications).where(isHeld(id)).returning({ id: notifications.id });
  return rows.length > 0;
}

/** False when it does not wait. */
export async function releaseNotice(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .update(notifications)
    .set({ heldUntil: null })
    .where(isHeld(id))
    .returning({ id: notifications.id });
  return rows.length > 0;
}

const isHeld = (id: string) => and(eq(notifications.id, id), isNotNull(notifications.heldUntil));

export interface InboxSearch {
  readonly userId: UserId;
  readonly unread: boolean;
  readonly topic: contract.NoticeTopic | undefined;
  readonly words: string | undefined;
  readonly after: readonly [string] | null;
  readonly limit: number;
}

export async function searchInbox(tx: Tx, search: InboxSearch): Promise<NoticeRow[]> {
  const { after, topic, unread, userId, words } = search;
  return tx
    .select(shown)
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, userId),
        unread ? isNull(notifications.readAt) : undefined,
        topic === undefined ? undefined : eq(notifications.topic, topic),
        holds(words, notifications.text),
        after === null ? undefined : lt(notifications.id, after[0]),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(search.limit + 1);
}

export async function countInbox(tx: Tx, userId: UserId): Promise<{ all: number; unread: number }> {
  const [row] = await tx
    .select({ all: count(), unread: sql<number>`(count(*) filter (where read_at is null))::int` })
    .from(notifications)
    .where(eq(notifications.userId, userId));
  return row ?? { all: 0, unread: 0 };
}

/** The first reading stays: a second one moves nothing. */
export async function markRead(tx: Tx, userId: UserId, id: NotificationId, at: Date): Promise<NoticeRow | null> {
  const [row] = await tx
    .update(notifications)
    .set({ readAt: sql`coalesce(${notifications.readAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(notifications.id, id), eq(notifications.userId, userId)))
    .returning(shown);
  return row ?? null;
}

export async function markUnread(tx: Tx, userId: UserId, id: NotificationId): Promise<NoticeRow | null> {
  const [row] = await tx
    .update(notifications)
    .set({ readAt: null })
    .where(and(eq(notifications.id, id), eq(notifications.userId, userId)))
    .returning(shown);
  return row ?? null;
}

/** What was marked at this very moment. */
export async function unmarkAllRead(tx: Tx, userId: UserId, readAt: Date): Promise<number> {
  const rows = await tx
    .update(notifications)
    .set({ readAt: null })
    .where(and(eq(notifications.userId, userId), eq(notifications.readAt, readAt)))
    .returning({ id: notifications.id });
  return rows.length;
}

export async function markAllRead(tx: Tx, userId: UserId, at: Date): Promise<number> {
  const rows = await tx
    .update(notifications)
    .set({ readAt: at })
    .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)))
    .returning({ id: notifications.id });
  return rows.length;
}

export function noticeOf(row: NoticeRow): contract.Notification {
  const { kind, text, data, topic } = row;
  return {
    id: row.id as NotificationId,
    kind,
    topic,
    text,
    data,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}

/** Whose notices came since then. */
export async function receiversSince(tx: Tx, since: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ userId: notifications.userId })
    .from(notifications)
    .where(and(gte(notifications.createdAt, since), isNull(notifications.heldUntil)));
  return rows.map(({ userId }) => userId);
}

/** In the order they were written. */
export async function findNotices(tx: Tx, ids: readonly string[]): Promise<NoticeRow[]> {
  return tx
    .select(shown)
    .from(notifications)
    .where(inArray(notifications.id, [...ids]))
    .orderBy(asc(notifications.id));
}
