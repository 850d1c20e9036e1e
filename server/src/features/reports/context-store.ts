/** SQL of one report's page: who said what, what stands around it, what was decided about the same person before. */
import { and, asc, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  contentSafetyStrikes,
  directMessages,
  livestreams,
  profiles,
  reports,
  reportVoices,
  statementsOfReasons,
  streamMessages,
  videoComments,
  videos,
} from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';
import { findWords, lineColumns } from './words-store.ts';

const VOICES_SHOWN = 200;
const NEIGHBOURS = 6;
const EARLIER_SHOWN = 20;

export async function voicesOf(tx: Tx, reportId: string) {
  return tx
    .select({ voice: reportVoices, reporter: personColumns })
    .from(reportVoices)
    .leftJoin(profiles, eq(profiles.id, reportVoices.reporterId))
    .where(eq(reportVoices.reportId, reportId))
    .orderBy(asc(reportVoices.createdAt), asc(reportVoices.id))
    .limit(VOICES_SHOWN);
}

export async function streamRow(tx: Tx, id: string) {
  const [row] = await tx
    .select({ stream: livestreams, videoId: videos.id })
    .from(livestreams)
    .leftJoin(videos, eq(videos.streamId, livestreams.id))
    .where(eq(livestreams.id, id));
  return row ?? null;
}

export async function videoRow(tx: Tx, id: string) {
  const [row] = await tx.select().from(videos).where(eq(videos.id, id));
  return row ?? null;
}

export async function profileRow(tx: Tx, id: string) {
  const [row] = await tx.select().from(profiles).where(eq(profiles.id, id));
  return row ?? null;
}

/** The reported words among the lines of chat around them, in order; null when they are gone. */
export async function messageWithNeighbours(tx: Tx, id: string) {
  const message = await findWords(tx, id);
  if (message === null) return null;
  const inStream = eq(streamMessages.streamId, message.streamId);
  const before = await tx
    .select(lineColumns)
    .from(streamMessages)
    .where(and(inStream, lt(streamMessages.id, id)))
    .orderBy(desc(streamMessages.id))
    .limit(NEIGHBOURS);
  const after = await tx
    .select(lineColumns)
    .from(streamMessages)
    .where(and(inStream, gt(streamMessages.id, id)))
    .orderBy(asc(streamMessages.id))
    .limit(NEIGHBOURS);
  const [stream] = await tx
    .select({ title: livestreams.title })
    .from(livestreams)
    .where(eq(livestreams.id, message.streamId));
  return { message, lines: [...before.toReversed(), message, ...after], streamTitle: stream?.title ?? '' };
}

/** The reported comment among its neighbours, in order; null when it is gone. */
export async function commentWithNeighbours(tx: Tx, id: string) {
  const columns = { comment: videoComments, author: profiles.displayName };
  const comments = () =>
    tx.select(columns).from(videoComments).innerJoin(profiles, eq(profiles.id, videoComments.userId)).$dynamic();
  const [reported] = await comments().where(eq(videoComments.id, id));
  if (reported === undefined) return null;
  // What somebody took back themselves is no part of another's report.
  const sameVideo = and(eq(videoComments.videoId, reported.comment.videoId), ne(videoComments.status, 'deleted'));
  const before = await comments()
    .where(and(sameVideo, lt(videoComments.id, id)))
    .orderBy(desc(videoComments.id))
    .limit(NEIGHBOURS);
  const after = await comments()
    .where(and(sameVideo, gt(videoComments.id, id)))
    .orderBy(asc(videoComments.id))
    .limit(NEIGHBOURS);
  const [video] = await tx.select({ title: videos.title }).from(videos).where(eq(videos.id, reported.comment.videoId));
  return {
    comment: reported.comment,
    lines: [...before.toReversed(), reported, ...after],
    videoTitle: video?.title ?? '',
  };
}

/** One message, without what else the two wrote to one another. */
export async function messageRow(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      id: directMessages.id,
      fromUserId: directMessages.fromUserId,
      author: profiles.displayName,
      text: directMessages.message,
      status: directMessages.status,
      at: directMessages.createdAt,
    })
    .from(directMessages)
    .innerJoin(profiles, eq(profiles.id, directMessages.fromUserId))
    .where(eq(directMessages.id, id));
  return row ?? null;
}

export async function earlierDecisions(tx: Tx, ownerId: string, besides: string) {
  return tx
    .select()
    .from(statementsOfReasons)
    .where(and(eq(statementsOfReasons.userId, ownerId), ne(statementsOfReasons.decisionId, besides)))
    .orderBy(desc(statementsOfReasons.id))
    .limit(EARLIER_SHOWN);
}

/** Other pending reports about the stream that this one is about: itself, and its recording. */
export async function relatedReports(tx: Tx, lineageKey: string, besides: string) {
  const [kind, id] = [lineageKey.slice(0, lineageKey.indexOf(':')), lineageKey.slice(lineageKey.indexOf(':') + 1)];
  if (kind !== 'stream') return [];
  const recordings = tx.select({ id: videos.id }).from(videos).where(eq(videos.streamId, id));
  return tx
    .select({ id: reports.id, type: reports.subjectType, subjectId: reports.subjectId, voices: reports.voices })
    .from(reports)
    .where(
      and(
        eq(reports.status, 'pending'),
        eq(reports.setAside, false),
        ne(reports.id, besides),
        or(
          and(eq(reports.subjectType, 'livestream'), eq(reports.subjectId, id)),
          and(eq(reports.subjectType, 'video'), sql`${reports.subjectId} in ${recordings}`),
        ),
      ),
    )
    .limit(10);
}

/** Strikes in force, and whether one of this day is for the same stream. */
export async function strikesOf(tx: Tx, userId: string, lineageKey: string | null, at: Date) {
  const rows = await tx
    .select({ issuedOn: contentSafetyStrikes.issuedOn, lineageKey: contentSafetyStrikes.lineageKey })
    .from(contentSafetyStrikes)
    .where(
      and(
        eq(contentSafetyStrikes.userId, userId),
        isNull(contentSafetyStrikes.liftedAt),
        gt(contentSafetyStrikes.expiresAt, at),
      ),
    );
  const today = at.toISOString().slice(0, 10);
  const shares = lineageKey !== null && rows.some((row) => row.issuedOn === today && row.lineageKey === lineageKey);
  return { active: rows.length, shares };
}
