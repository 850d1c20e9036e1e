/** SQL of livestreams. */
import type { ChannelId, MediaState, PlatformRole, Realm, StreamId, UserId } from '@virgil/contract';
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { channels, livestreams, profiles, streamKeys, streamReactions, videos } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

export type Stream = typeof livestreams.$inferSelect;
export type StreamWithCreator = Awaited<ReturnType<typeof findStreams>>[number];

const withCreator = { stream: livestreams, creator: personColumns };

async function findStreams(tx: Tx, ids: readonly string[]) {
  return tx
    .select(withCreator)
    .from(livestreams)
    .innerJoin(profiles, eq(profiles.id, livestreams.channelId))
    .where(inArray(livestreams.id, [...ids]));
}

export async function findStream(tx: Tx, id: string): Promise<StreamWithCreator | null> {
  const [row] = await findStreams(tx, [id]);
  return row ?? null;
}

/** Holds the row until the transaction ends: two who end one stream at once do it one after the other. */
export async function lockStream(tx: Tx, id: string): Promise<Stream | null> {
  const [row] = await tx.select().from(livestreams).where(eq(livestreams.id, id)).for('update');
  return row ?? null;
}

/** What deciding on a start needs to know about the channel. */
export async function readStarter(tx: Tx, userId: UserId) {
  const [row] = await tx
    .select({ tier: profiles.tier, record: channels.record, streamKey: streamKeys.key })
    .from(profiles)
    .innerJoin(channels, eq(channels.id, profiles.id))
    .leftJoin(streamKeys, eq(streamKeys.channelId, channels.id))
    .where(eq(profiles.id, userId));
  return row ?? null;
}

/** Null when the channel has an active stream: the unique index decides between two who start at once. */
export async function insertStream(tx: Tx, stream: typeof livestreams.$inferInsert): Promise<Stream | null> {
  const [row] = await tx
    .insert(livestreams)
    .values(stream)
    .onConflictDoNothing({ target: livestreams.channelId, where: sql`is_active` })
    .returning();
  return row ?? null;
}

export async function updateStream(
  tx: Tx,
  id: string,
  change: Partial<typeof livestreams.$inferInsert>,
): Promise<Stream | null> {
  const [row] = await tx.update(livestreams).set(change).where(eq(livestreams.id, id)).returning();
  return row ?? null;
}

/** Media is counted forward only: a late answer of the engine takes nothing back. */
export async function raiseMediaMs(tx: Tx, id: string, mediaMs: number): Promise<void> {
  await tx
    .update(livestreams)
    .set({ mediaMs: sql`greatest(${livestreams.mediaMs}, ${mediaMs}::bigint)` })
    .where(and(eq(livestreams.id, id), eq(livestreams.isActive, true)));
}

export interface ActiveSearch {
  readonly words: string | undefined;
  readonly realm: Realm | undefined;
  readonly after: readonly [number, string] | null;
  readonly limit: number;
}

const matching = (words: string | undefined) =>
  holds(words, livestreams.title, livestreams.category, profiles.displayName);

/** Most watched first, then newest. One row more than `limit` when there is more. */
export async function searchActive(tx: Tx, search: ActiveSearch) {
  const { after, realm, words } = search;
  return tx
    .select(withCreator)
    .from(livestreams)
    .innerJoin(profiles, eq(profiles.id, livestreams.channelId))
    .where(
      and(
        eq(livestreams.isActive, true),
        realm === undefined ? undefined : eq(livestreams.danteRealm, realm),
        matching(words),
        after === null ? undefined : sql`(${livestreams.viewers}, ${livestreams.id}) < (${after[0]}::int, ${after[1]})`,
      ),
    )
    .orderBy(desc(livestreams.viewers), desc(livestreams.id))
    .limit(search.limit + 1);
}

export async function countActive(tx: Tx, words: string | undefined): Promise<Record<'all' | Realm, number>> {
  const rows = await tx
    .select({ realm: livestreams.danteRealm, streams: count() })
    .from(livestreams)
    .innerJoin(profiles, eq(profiles.id, livestreams.channelId))
    .where(and(eq(livestreams.isActive, true), matching(words)))
    .groupBy(livestreams.danteRealm);
  const counts = { all: 0, inferno: 0, purgatorio: 0, paradiso: 0 };
  for (const { realm, streams } of rows) {
    counts[realm] += streams;
    counts.all += streams;
  }
  return counts;
}

export async function activeOfChannels(tx: Tx, channelIds: readonly string[]): Promise<StreamWithCreator[]> {
  return tx
    .select(withCreator)
    .from(livestreams)
    .innerJoin(profiles, eq(profiles.id, livestreams.channelId))
    .where(and(eq(livestreams.isActive, true), inArray(livestreams.channelId, [...channelIds])));
}

/** Ended ones, newest first. A recording the reader may not see leaves no trace here: row security hides it. */
export async function archivedOf(tx: Tx, channelId: string, after: readonly [string, string] | null, limit: number) {
  return tx
    .select({ ...withCreator, videoId: videos.id })
    .from(livestreams)
    .innerJoin(profiles, eq(profiles.id, livestreams.channelId))
    .leftJoin(videos, eq(videos.streamId, livestreams.id))
    .where(
      and(
        eq(livestreams.channelId, channelId),
        eq(livestreams.isActive, false),
        after === null
          ? undefined
          : sql`(${livestreams.startedAt}, ${livestreams.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(livestreams.startedAt), desc(livestreams.id))
    .limit(limit + 1);
}

export async function readReactions(tx: Tx, id: string) {
  const counts = { heart: 0, fire: 0, clap: 0, 'mind-blown': 0, laughing: 0 };
  const rows = await tx.select().from(streamReactions).where(eq(streamReactions.streamId, id));
  for (const row of rows) counts[row.type] = row.count;
  return counts;
}

export async function videoOf(tx: Tx, streamId: string): Promise<string | null> {
  const [row] = await tx.select({ id: videos.id }).from(videos).where(eq(videos.streamId, streamId));
  return row?.id ?? null;
}

export interface ActiveStream {
  readonly id: StreamId;
  readonly channelId: ChannelId;
  readonly patronOnly: boolean;
  readonly record: boolean;
  readonly mediaState: MediaState;
  readonly mediaMs: number;
  readonly streamKey: string | null;
}

/** Everything live, with its key: what memory holds of it. Beyond row security, because keys are their owners'. */
export async function readActive(tx: Tx): Promise<ActiveStream[]> {
  const rows = await tx
    .select({
      id: livestreams.id,
      channelId: livestreams.channelId,
      patronOnly: livestreams.patronOnly,
      record: livestreams.record,
      mediaState: livestreams.mediaState,
      mediaMs: livestreams.mediaMs,
      streamKey: streamKeys.key,
    })
    .from(livestreams)
    .leftJoin(streamKeys, eq(streamKeys.channelId, livestreams.channelId))
    .where(eq(livestreams.isActive, true));
  // Ids come from our own tables.
  return rows.map((row) => ({ ...row, id: row.id as StreamId, channelId: row.channelId as ChannelId }));
}

export async function findChannelOfKey(tx: Tx, streamKey: string): Promise<ChannelId | null> {
  const [row] = await tx.select({ id: streamKeys.channelId }).from(streamKeys).where(eq(streamKeys.key, streamKey));
  return row === undefined ? null : (row.id as ChannelId);
}

export async function channelExists(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.select({ id: channels.id }).from(channels).where(eq(channels.id, id));
  return row !== undefined;
}

/** Null for an account that is gone or under a platform ban. With the system's rights. */
export async function readRole(tx: Tx, userId: UserId, at: Date): Promise<PlatformRole | null> {
  const { rows } = await tx.execute<{ role: PlatformRole; is_banned: boolean }>(
    sql`select role, is_banned from app_standing(${userId}, ${at.toISOString()}::timestamptz)`,
  );
  const [row] = rows;
  return row === undefined || row.is_banned ? null : row.role;
}

/** The channel's running livestream, locked: whoever ends it too waits. */
export async function lockActiveOf(tx: Tx, channelId: string): Promise<Stream | null> {
  const [row] = await tx
    .select()
    .from(livestreams)
    .where(and(eq(livestreams.channelId, channelId), eq(livestreams.isActive, true)))
    .for('update');
  return row ?? null;
}

export async function readStreamKey(tx: Tx, channelId: ChannelId): Promise<string | null> {
  const [row] = await tx.select({ key: streamKeys.key }).from(streamKeys).where(eq(streamKeys.channelId, channelId));
  return row?.key ?? null;
}
