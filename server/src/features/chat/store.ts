/** SQL of chat. Receives the transaction, never opens one. */
import {
  badge,
  type ChannelId,
  type ChatMessage,
  chatModes,
  type MessageId,
  type StreamId,
  type UserId,
} from '@virgil/contract';
import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { bannedViewers, follows, livestreams, profiles, streamMessages, timedOutUsers } from '../../db/schema/index.ts';
import { readStanding } from '../channels/index.ts';
import type { NewMessage } from './new-message.ts';
import { type KnownPerson, REPLAY_SIZE, type RoomContent, type StreamFacts } from './room.ts';

type MessageRow = typeof streamMessages.$inferSelect;

/** Rows looked at to fill a room: enough for a full replay although some of them were held, blocked or removed. */
const LOADED_ROWS = REPLAY_SIZE + 100;

export async function readStream(tx: Tx, streamId: string): Promise<StreamFacts | null> {
  const [row] = await tx.select().from(livestreams).where(eq(livestreams.id, streamId));
  if (!row) return null;
  return {
    streamId: row.id as StreamId,
    channelId: row.channelId as ChannelId,
    isActive: row.isActive,
    patronOnly: row.patronOnly,
    danteRealm: row.danteRealm,
    title: row.title,
    modes: chatModes.parse(row.chatModes),
  };
}

export async function readRoom(tx: Tx, streamId: string): Promise<RoomContent | null> {
  const stream = await readStream(tx, streamId);
  if (!stream) return null;
  const rows = await tx
    .select()
    .from(streamMessages)
    .where(and(eq(streamMessages.streamId, streamId), gt(streamMessages.seq, 0)))
    .orderBy(desc(streamMessages.seq))
    .limit(LOADED_ROWS + 1);
  const seq = rows[0]?.seq ?? 0;
  const published = rows.filter((row) => row.status === 'published').slice(0, REPLAY_SIZE);
  rows.reverse();
  published.reverse();
  return {
    stream,
    seq,
    published: published.map(toChatMessage),
    hasOlder: rows.length > LOADED_ROWS || published.length === REPLAY_SIZE,
    held: rows.filter((row) => row.status === 'held').map(toChatMessage),
    sends: rows.map((row) => ({
      id: row.id as MessageId,
      userId: row.userId as UserId,
      clientId: row.clientId,
      at: row.createdAt,
      status: row.status === 'blocked' ? 'blocked' : row.status === 'held' ? 'held' : 'published',
    })),
  };
}

/** What the room must know about a person; read with their own rights. Null when their account is gone. */
export async function readPerson(tx: Tx, person: Person, channelId: ChannelId, now: Date): Promise<KnownPerson | null> {
  const [profile] = await tx
    .select({ displayName: profiles.displayName, role: profiles.role })
    .from(profiles)
    .where(eq(profiles.id, person.userId));
  if (!profile) return null;
  // The role of today, not the one this connection was made with.
  const standing = await readStanding(tx, channelId, { ...person, role: profile.role });
  const [followed] = await tx
    .select({ since: follows.since })
    .from(follows)
    .where(and(eq(follows.channelId, channelId), eq(follows.userId, person.userId)));
  const [timeout] = await tx
    .select({ until: timedOutUsers.expiresAt })
    .from(timedOutUsers)
    .where(
      and(
        eq(timedOutUsers.channelId, channelId),
        eq(timedOutUsers.userId, person.userId),
        isNull(timedOutUsers.liftedAt),
        gt(timedOutUsers.expiresAt, now),
      ),
    )
    .orderBy(desc(timedOutUsers.expiresAt))
    .limit(1);
  const bans = await tx
    .select({ until: bannedViewers.expiresAt })
    .from(bannedViewers)
    .where(
      and(
        eq(bannedViewers.channelId, channelId),
        eq(bannedViewers.userId, person.userId),
        isNull(bannedViewers.liftedAt),
        or(isNull(bannedViewers.expiresAt), gt(bannedViewers.expiresAt, now)),
      ),
    );
  return {
    userId: person.userId,
    displayName: profile.displayName,
    standing,
    followingSince: followed?.since ?? null,
    timedOutUntil: timeout?.until ?? null,
    channelBan: longestBan(bans),
  };
}

function longestBan(bans: readonly { readonly until: Date | null }[]): Date | 'forever' | null {
  let longest: Date | null = null;
  for (const { until } of bans) {
    if (until === null) return 'forever';
    if (longest === null || until > longest) longest = until;
  }
  return longest;
}

/** Ids that were stored; a message sent under a client id that its author used before is left out. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<Set<string>> {
  const inserted = await tx
    .insert(streamMessages)
    .values(
      messages.map((message) => ({
        id: message.id,
        streamId: message.stream.streamId,
        channelId: message.stream.channelId,
        patronOnly: message.stream.patronOnly,
        userId: message.author.userId,
        displayName: message.author.displayName,
        message: message.text,
        danteRealm: message.stream.danteRealm,
        badges: [...message.badges],
        seq: message.seq,
        status: message.status,
        riskScore: message.judgement.score.score,
        category: message.judgement.score.category,
        scoredBy: message.judgement.score.by,
        clientId: message.clientId,
        createdAt: message.createdAt,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: streamMessages.id });
  return new Set(inserted.map((row) => row.id));
}

export async function findSent(tx: Tx, streamId: StreamId, userId: UserId, clientId: string) {
  const [row] = await tx
    .select({ id: streamMessages.id, status: streamMessages.status })
    .from(streamMessages)
    .where(
      and(
        eq(streamMessages.streamId, streamId),
        eq(streamMessages.userId, userId),
        eq(streamMessages.clientId, clientId),
      ),
    )
    .limit(1);
  return row ?? null;
}

export type LineStatus = MessageRow['status'];

export interface StoredLine {
  readonly line: ChatMessage;
  readonly status: LineStatus;
  /** False: it is shown (again), and waits for its new place among what the room tells. */
  readonly isPlaced: boolean;
}

export async function readLine(tx: Tx, id: MessageId): Promise<StoredLine | null> {
  const [row] = await tx.select().from(streamMessages).where(eq(streamMessages.id, id));
  return row ? { line: toChatMessage(row), status: row.status, isPlaced: row.seq > 0 } : null;
}

export async function lockLine(tx: Tx, id: string): Promise<MessageRow | null> {
  const [row] = await tx.select().from(streamMessages).where(eq(streamMessages.id, id)).for('update');
  return row ?? null;
}

/**
 * What is shown (again) waits for a new `seq` under its old one below zero, which nobody else can have: only the room
 * gives numbers, in the order of its commits.
 */
export async function decideLine(tx: Tx, line: MessageRow, status: LineStatus, at: Date): Promise<void> {
  const isShown = status === 'published';
  const approvedAt = isShown
    ? wasShown(line.status)
      ? line.approvedAt
      : at
    : status === 'held'
      ? null
      : line.approvedAt;
  await tx
    .update(streamMessages)
    .set({ status, approvedAt, seq: isShown ? -Math.abs(line.seq) : Math.abs(line.seq) })
    .where(and(eq(streamMessages.id, line.id), eq(streamMessages.createdAt, line.createdAt)));
}

const wasShown = (status: LineStatus): boolean => status === 'published' || status === 'removed';

/** The line at its new place; null when it waits for none (any more). */
export async function placeLine(tx: Tx, id: MessageId, seq: number): Promise<ChatMessage | null> {
  const [row] = await tx
    .update(streamMessages)
    .set({ seq })
    .where(and(eq(streamMessages.id, id), eq(streamMessages.status, 'published'), lt(streamMessages.seq, 0)))
    .returning();
  return row ? toChatMessage(row) : null;
}

export async function placeAfterEnd(tx: Tx, streamId: StreamId, id: MessageId): Promise<void> {
  const [newest] = await tx
    .select({ seq: streamMessages.seq })
    .from(streamMessages)
    .where(eq(streamMessages.streamId, streamId))
    .orderBy(desc(streamMessages.seq))
    .limit(1);
  await placeLine(tx, id, Math.max(0, newest?.seq ?? 0) + 1);
}

export interface HistoryQuery {
  readonly streamId: StreamId;
  /** Whose held messages are shown too, and those of the channels they moderate; null: nobody's. */
  readonly userId: UserId | null;
  /** Then all of them. */
  readonly isAdmin: boolean;
  readonly before: string | undefined;
  readonly limit: number;
}

/** Newest first, one row more than `limit` when there is more. */
export async function readHistory(tx: Tx, query: HistoryQuery): Promise<ChatMessage[]> {
  const held = and(
    eq(streamMessages.status, 'held'),
    query.isAdmin
      ? undefined
      : or(
          eq(streamMessages.userId, query.userId ?? ''),
          sql`${streamMessages.channelId} = any (array(select app_channels_i_moderate()))`,
        ),
  );
  const published = eq(streamMessages.status, 'published');
  const visible = query.userId === null ? published : or(published, held);
  const rows = await tx
    .select()
    .from(streamMessages)
    .where(
      and(
        eq(streamMessages.streamId, query.streamId),
        visible,
        query.before === undefined ? undefined : lt(streamMessages.id, query.before),
      ),
    )
    .orderBy(desc(streamMessages.id))
    .limit(query.limit + 1);
  return rows.map(toChatMessage);
}

function toChatMessage(row: MessageRow): ChatMessage {
  return {
    id: row.id as MessageId,
    seq: Math.abs(row.seq),
    streamId: row.streamId as StreamId,
    userId: row.userId as UserId,
    displayName: row.displayName,
    message: row.message,
    danteRealm: row.danteRealm,
    badges: row.badges.map((name) => badge.parse(name)),
    createdAt: row.createdAt.toISOString(),
    status: row.status === 'held' ? 'held' : 'published',
    ...(row.approvedAt === null ? {} : { approvedAt: row.approvedAt.toISOString() }),
  };
}
