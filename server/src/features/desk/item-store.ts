/**
 * SQL of one item's page: its text, what stands around it, who wrote it. Read with the system's rights, after the item
 * itself was read with the reader's own.
 */
import type { Category } from '@virgil/contract';
import { and, asc, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  directMessages,
  livestreams,
  moderationActions,
  profiles,
  reports,
  reportVoices,
  streamMessages,
  tips,
  userViolations,
  videoComments,
  videos,
} from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';
import type { QueuedItem } from './queue-store.ts';

type Item = QueuedItem['item'];

export async function violationOf(tx: Tx, id: string | null) {
  if (id === null) return null;
  const [row] = await tx.select().from(userViolations).where(eq(userViolations.id, id));
  return row ?? null;
}

/** As it was written; null when it is gone. */
export async function textOf(tx: Tx, { contentId, sourceType }: Item): Promise<string | null> {
  const sources = {
    live: [streamMessages, tips],
    comment: [videoComments],
    inboxMessage: [directMessages],
  } as const;
  for (const table of sources[sourceType]) {
    const [row] = await tx.select({ text: table.message }).from(table).where(eq(table.id, contentId));
    if (row !== undefined) return row.text;
  }
  return null;
}

export interface Neighbour {
  readonly id: string;
  readonly at: Date;
  readonly userId: string;
  readonly displayName: string;
  readonly text: string;
  readonly riskScore: number;
  readonly category: Category | null;
  readonly status: 'published' | 'held' | 'blocked' | 'removed' | 'rejected';
}

const lineColumns = {
  id: streamMessages.id,
  at: streamMessages.createdAt,
  userId: streamMessages.userId,
  displayName: streamMessages.displayName,
  text: streamMessages.message,
  riskScore: streamMessages.riskScore,
  category: sql<Category | null>`${streamMessages.category}`,
  status: streamMessages.status,
};
const commentColumns = {
  id: videoComments.id,
  at: videoComments.createdAt,
  userId: videoComments.userId,
  displayName: profiles.displayName,
  text: videoComments.message,
  riskScore: videoComments.riskScore,
  category: sql<Category | null>`${videoComments.category}`,
  // What its author or the video's owner took away is out of sight and out of this list.
  status: sql<Neighbour['status']>`${videoComments.status}`,
};

/**
 * Before and after, in order, without the text itself. Ids are made in the order of arrival. A private conversation
 * has none: only the message that is judged is anybody else's business.
 */
export async function neighboursOf(tx: Tx, item: Item, each: number): Promise<Neighbour[][]> {
  const { contentId: id, streamId, videoId } = item;
  if (item.sourceType === 'live' && streamId !== null) {
    const inStream = eq(streamMessages.streamId, streamId);
    const lines = () => tx.select(lineColumns).from(streamMessages);
    const before = await lines()
      .where(and(inStream, lt(streamMessages.id, id)))
      .orderBy(desc(streamMessages.id))
      .limit(each);
    const after = await lines()
      .where(and(inStream, gt(streamMessages.id, id)))
      .orderBy(asc(streamMessages.id))
      .limit(each);
    return [before.toReversed(), after];
  }
  if (item.sourceType === 'comment' && videoId !== null) {
    const onVideo = and(
      eq(videoComments.videoId, videoId),
      isNull(videoComments.goneAt),
      sql`${videoComments.status} not in ('deleted', 'cleared')`,
    );
    const comments = () =>
      tx.select(commentColumns).from(videoComments).innerJoin(profiles, eq(profiles.id, videoComments.userId));
    const before = await comments()
      .where(and(onVideo, lt(videoComments.id, id)))
      .orderBy(desc(videoComments.id))
      .limit(each);
    const after = await comments()
      .where(and(onVideo, gt(videoComments.id, id)))
      .orderBy(asc(videoComments.id))
      .limit(each);
    return [before.toReversed(), after];
  }
  return [[], []];
}

export const LINES_BEFORE_S = 30;
export const LINES_AFTER_S = 10;
const BIN_S = 2;

/** Lines of chat each two seconds around a moment, oldest first. */
export async function linesAround(tx: Tx, streamId: string, at: Date): Promise<number[]> {
  const bins = new Array<number>((LINES_BEFORE_S + LINES_AFTER_S) / BIN_S).fill(0);
  const from = new Date(at.getTime() - LINES_BEFORE_S * 1000);
  const until = new Date(at.getTime() + LINES_AFTER_S * 1000);
  const rows = await tx
    .select({
      bin: sql<number>`floor(extract(epoch from ${streamMessages.createdAt} - ${from.toISOString()}::timestamptz) / ${BIN_S})::integer`,
      lines: sql<number>`count(*)::integer`,
    })
    .from(streamMessages)
    .where(
      and(
        eq(streamMessages.streamId, streamId),
        sql`${streamMessages.createdAt} >= ${from.toISOString()}::timestamptz`,
        sql`${streamMessages.createdAt} < ${until.toISOString()}::timestamptz`,
      ),
    )
    .groupBy(sql`1`);
  for (const { bin, lines } of rows) if (bin in bins) bins[bin] = lines;
  return bins;
}

export async function streamOf(tx: Tx, streamId: string | null) {
  if (streamId === null) return null;
  const [row] = await tx
    .select({ stream: livestreams, video: { id: videos.id, durationMs: videos.durationMs } })
    .from(livestreams)
    .leftJoin(videos, eq(videos.streamId, livestreams.id))
    .where(eq(livestreams.id, streamId));
  return row ?? null;
}

export async function decisionsOn(tx: Tx, itemId: string) {
  return tx
    .select({ action: moderationActions, by: personColumns })
    .from(moderationActions)
    .leftJoin(profiles, eq(profiles.id, moderationActions.actorId))
    .where(eq(moderationActions.itemId, itemId))
    .orderBy(asc(moderationActions.createdAt), asc(moderationActions.id));
}

/** Reasons of everybody who reported this text, counted. */
export async function reasonsOf(tx: Tx, contentId: string) {
  return tx
    .select({ reason: reportVoices.reason, voices: sql<number>`count(*)::integer` })
    .from(reportVoices)
    .innerJoin(reports, eq(reports.id, reportVoices.reportId))
    .where(
      and(
        eq(reports.subjectId, contentId),
        sql`${reports.subjectType} in ('message', 'comment', 'direct_message')`,
        eq(reports.setAside, false),
      ),
    )
    .groupBy(reportVoices.reason);
}
