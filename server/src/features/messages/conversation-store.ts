/** SQL of the list of conversations: each with its newest message and how many are unread. */
import type { UserId } from '@virgil/contract';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import {
  conversations,
  directMessages,
  personBlocks,
  personMutes,
  profiles,
  unreadMessages,
} from '../../db/schema/index.ts';
import { isShownTo } from '../blocks/index.ts';
import { personColumns } from '../channels/index.ts';
import { type MessageRow, pairOf, shownColumns } from './store.ts';

export interface ConversationsSearch {
  readonly userId: UserId;
  readonly words: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

const mine = (table: typeof personBlocks | typeof personMutes) =>
  sql<boolean>`exists (select from ${table} where ${table.userId} = ${conversations.userId} and ${table.otherId} = ${conversations.otherId})`;

/** What is unread and can be read: what a decision took away since is not. */
const unread = sql<number>`(select count(*)::int from ${unreadMessages}
  inner join ${directMessages} on ${directMessages.id} = ${unreadMessages.messageId}
  where ${unreadMessages.userId} = ${conversations.userId} and ${unreadMessages.otherId} = ${conversations.otherId}
    and ${directMessages.status} = 'published')`;

/** One row more than `limit` when there is more. */
export async function searchConversations(tx: Tx, { after, limit, userId, words }: ConversationsSearch) {
  return tx
    .select({
      person: personColumns,
      at: conversations.at,
      unread,
      blocked: mine(personBlocks),
      muted: mine(personMutes),
    })
    .from(conversations)
    .innerJoin(profiles, eq(profiles.id, conversations.otherId))
    .where(
      and(
        eq(conversations.userId, userId),
        holds(words, profiles.displayName),
        after === null
          ? undefined
          : sql`(${conversations.at}, ${conversations.otherId}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(conversations.at), desc(conversations.otherId))
    .limit(limit + 1);
}

/** The newest that the person can see of each conversation, by the other's id. */
export async function newestOf(
  tx: Tx,
  userId: UserId,
  others: readonly string[],
): Promise<ReadonlyMap<string, MessageRow>> {
  if (others.length === 0) return new Map();
  const pairs = others.map((other) => pairOf(userId, other));
  const newest = sql`(select newest.id from unnest(array[${sql.join(pairs, sql`, `)}]::text[]) as wanted(pair)
    cross join lateral (
      select m.id from direct_messages as m
      where m.pair = wanted.pair and (m.status = 'published' or (m.status = 'held' and m.from_user_id = ${userId}))
        and ${userId} in (m.from_user_id, m.to_user_id)
      order by m.id desc limit 1
    ) as newest)`;
  const rows = await tx.select(shownColumns).from(directMessages).where(inArray(directMessages.id, newest));
  return new Map(rows.map((row) => [row.fromUserId === userId ? row.toUserId : row.fromUserId, row]));
}

/** In all conversations but with people one muted or blocked. */
export async function countUnread(tx: Tx, userId: UserId): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(unreadMessages)
    .innerJoin(directMessages, eq(directMessages.id, unreadMessages.messageId))
    .where(
      and(
        eq(unreadMessages.userId, userId),
        eq(directMessages.status, 'published'),
        isShownTo(userId, unreadMessages.otherId),
      ),
    );
  return row?.n ?? 0;
}

export async function countUnreadWith(tx: Tx, userId: UserId, otherId: UserId): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(unreadMessages)
    .innerJoin(directMessages, eq(directMessages.id, unreadMessages.messageId))
    .where(
      and(
        eq(unreadMessages.userId, userId),
        eq(unreadMessages.otherId, otherId),
        eq(directMessages.status, 'published'),
      ),
    );
  return row?.n ?? 0;
}
