/** SQL of comments. */
import type { UserId, VideoId } from '@virgil/contract';
import { and, count, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles, timedOutUsers, videoComments, videos } from '../../db/schema/index.ts';
import { isShownTo } from '../blocks/index.ts';
import { personColumns } from '../channels/index.ts';

/** Who cleared a comment is not for its author, nor how it scored for others: row security's roles cannot read more. */
const shown = {
  id: videoComments.id,
  videoId: videoComments.videoId,
  channelId: videoComments.channelId,
  userId: videoComments.userId,
  badges: videoComments.badges,
  message: videoComments.message,
  status: videoComments.status,
  createdAt: videoComments.createdAt,
  approvedAt: videoComments.approvedAt,
};
export type CommentRow = Pick<typeof videoComments.$inferSelect, keyof typeof shown>;
export type CommentStatus = CommentRow['status'];
export type CommentWithAuthor = Awaited<ReturnType<typeof searchComments>>[number];

export interface CommentSearch {
  readonly videoId: VideoId;
  readonly reader: UserId | null;
  /** Owner and moderators of the channel, and admins: they read what is held, whoever wrote it. */
  readonly seesHeld: boolean;
  readonly after: readonly [string] | null;
  readonly limit: number;
}

/** Newest first, one row more than `limit` when there is more. */
export async function searchComments(tx: Tx, { after, limit, reader, seesHeld, videoId }: CommentSearch) {
  const isHeld = eq(videoComments.status, 'held');
  const ownHeld = reader === null ? undefined : and(isHeld, eq(videoComments.userId, reader));
  return tx
    .select({ comment: shown, author: personColumns })
    .from(videoComments)
    .innerJoin(profiles, eq(profiles.id, videoComments.userId))
    .where(
      and(
        eq(videoComments.videoId, videoId),
        or(eq(videoComments.status, 'published'), seesHeld ? isHeld : ownHeld),
        // Whoever looks after the channel must not be blind to anybody there; their page folds such comments.
        seesHeld ? undefined : isShownTo(reader, videoComments.userId),
        after === null ? undefined : lt(videoComments.id, after[0]),
      ),
    )
    .orderBy(desc(videoComments.id))
    .limit(limit + 1);
}

export async function countComments(tx: Tx, videoId: VideoId): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(videoComments)
    .where(and(eq(videoComments.videoId, videoId), eq(videoComments.status, 'published')));
  return row?.n ?? 0;
}

/** The same for whoever is told of it without being asked: none while they are turned off. */
export async function countShown(tx: Tx, videoId: VideoId): Promise<number> {
  return (await isOpen(tx, videoId)) ? countComments(tx, videoId) : 0;
}

export async function isOpen(tx: Tx, videoId: VideoId): Promise<boolean> {
  const [row] = await tx.select({ open: videos.commentsOpen }).from(videos).where(eq(videos.id, videoId));
  return row?.open ?? false;
}

/** Null when this author used the client id before, or the recording is gone. */
export async function insertComment(tx: Tx, row: typeof videoComments.$inferInsert): Promise<CommentRow | null> {
  const [inserted] = await tx.insert(videoComments).values(row).onConflictDoNothing().returning(shown);
  return inserted ?? null;
}

export async function findSent(
  tx: Tx,
  { clientId, userId, videoId }: { readonly videoId: VideoId; readonly userId: UserId; readonly clientId: string },
): Promise<CommentRow | null> {
  const [row] = await tx
    .select(shown)
    .from(videoComments)
    .where(
      and(eq(videoComments.videoId, videoId), eq(videoComments.userId, userId), eq(videoComments.clientId, clientId)),
    );
  return row ?? null;
}

/** Holds the comment until the transaction ends: of two decisions at once the second reads what the first did. */
export async function lockComment(tx: Tx, id: string): Promise<CommentRow | null> {
  const [row] = await tx.select(shown).from(videoComments).where(eq(videoComments.id, id)).for('update');
  return row ?? null;
}

export async function setStatus(
  tx: Tx,
  id: string,
  change: Partial<Pick<typeof videoComments.$inferInsert, 'approvedAt' | 'goneAt' | 'goneBy'>> & {
    readonly status: CommentStatus;
  },
): Promise<void> {
  await tx.update(videoComments).set(change).where(eq(videoComments.id, id));
}

export async function authorOf(tx: Tx, userId: string) {
  const [row] = await tx.select(personColumns).from(profiles).where(eq(profiles.id, userId));
  return row ?? null;
}

/** Null when they are not timed out in this channel at this moment. */
export async function timedOutUntil(tx: Tx, channelId: string, userId: UserId, now: Date): Promise<Date | null> {
  const [row] = await tx
    .select({ until: sql<Date | null>`max(${timedOutUsers.expiresAt})`.mapWith(timedOutUsers.expiresAt) })
    .from(timedOutUsers)
    .where(
      and(
        eq(timedOutUsers.channelId, channelId),
        eq(timedOutUsers.userId, userId),
        isNull(timedOutUsers.liftedAt),
        gt(timedOutUsers.expiresAt, now),
      ),
    );
  return row?.until ?? null;
}

export async function titleOf(tx: Tx, videoId: string): Promise<string | null> {
  const [row] = await tx.select({ title: videos.title }).from(videos).where(eq(videos.id, videoId));
  return row?.title ?? null;
}
