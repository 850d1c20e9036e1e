/** SQL of recordings. */
import type { StreamId, VideoId } from '@virgil/contract';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { profiles, videos } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

export type VideoRow = Awaited<ReturnType<typeof searchVideos>>[number];
const withCreator = { video: videos, creator: personColumns };

export interface VideoSearch {
  readonly creatorId: string | undefined;
  readonly words: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** What the reader may see, newest first; row security leaves the rest out. */
export async function searchVideos(tx: Tx, search: VideoSearch) {
  const { after, creatorId, words } = search;
  return tx
    .select(withCreator)
    .from(videos)
    .innerJoin(profiles, eq(profiles.id, videos.channelId))
    .where(
      and(
        creatorId === undefined ? undefined : eq(videos.channelId, creatorId),
        holds(words, videos.title, profiles.displayName),
        after === null ? undefined : sql`(${videos.createdAt}, ${videos.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(videos.createdAt), desc(videos.id))
    .limit(search.limit + 1);
}

export async function findVideo(tx: Tx, id: VideoId): Promise<VideoRow | null> {
  const [row] = await tx
    .select(withCreator)
    .from(videos)
    .innerJoin(profiles, eq(profiles.id, videos.channelId))
    .where(eq(videos.id, id));
  return row ?? null;
}

export async function updateVideo(
  tx: Tx,
  id: VideoId,
  change: Partial<Pick<typeof videos.$inferInsert, 'title' | 'isPublic' | 'commentsOpen' | 'updatedAt'>>,
): Promise<boolean> {
  // A decision that came in the meantime is not undone by its owner's switch.
  const isFree = change.isPublic === undefined ? undefined : isNull(videos.removal);
  const rows = await tx
    .update(videos)
    .set(change)
    .where(and(eq(videos.id, id), isFree))
    .returning({ id: videos.id });
  return rows.length > 0;
}

/** False when this stream's recording is there already: the engine may say so twice. */
export async function insertVideo(tx: Tx, video: typeof videos.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(videos)
    .values(video)
    .onConflictDoNothing({ target: videos.streamId })
    .returning({ id: videos.id });
  return rows.length > 0;
}

export interface StoredRecording {
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly fileKey: string;
  readonly thumbnailKey: string | null;
  readonly updatedAt: Date;
}

/** Puts the longer recording in the shorter one's place; returns the keys of the files that nothing names any more. */
export async function replaceFile(tx: Tx, streamId: StreamId, recording: StoredRecording): Promise<string[]> {
  const [present] = await tx.select().from(videos).where(eq(videos.streamId, streamId)).for('update');
  if (present === undefined || present.durationMs >= recording.durationMs) return keysOf(recording);
  await tx.update(videos).set(recording).where(eq(videos.id, present.id));
  return keysOf(present);
}

const keysOf = ({ fileKey, thumbnailKey }: Pick<StoredRecording, 'fileKey' | 'thumbnailKey'>): string[] =>
  thumbnailKey === null ? [fileKey] : [fileKey, thumbnailKey];
