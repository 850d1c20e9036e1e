/** One report as whoever decides on it reads it. */
import type {
  ChannelId,
  reports as contract,
  ReportId,
  StatementCategory,
  StatementId,
  StreamId,
  UserId,
  VideoId,
} from '@virgil/contract';
import { restriction as restrictions } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOf } from '../channels/index.ts';
import {
  commentWithNeighbours,
  earlierDecisions,
  messageRow,
  messageWithNeighbours,
  profileRow,
  relatedReports,
  streamRow,
  strikesOf,
  videoRow,
  voicesOf,
} from './context-store.ts';
import type { ReportDeps } from './deps.ts';
import { describeReport } from './list-reports.ts';
import { restrictionOf } from './policy.ts';
import { findQueued } from './queue-store.ts';
import type { ReportRow } from './store.ts';
import { factsOfSubject } from './subject-facts.ts';

const STRIKES_TO_BAN = 3;

export async function getReport(deps: ReportDeps, actor: Actor, id: ReportId): Promise<contract.ReportDetails> {
  const details = await deps.database.asActor(actor, async (tx) => {
    const row = await findQueued(tx, id);
    if (row === null) throw new AppError('not_found');
    const { report } = row;
    const facts = await factsOfSubject(tx, { type: report.subjectType, id: report.subjectId });
    const related = facts?.lineageKey ? await relatedReports(tx, facts.lineageKey, id) : [];
    const voices = await voicesOf(tx, id);
    return {
      report: describeReport(row),
      voices: voices.map(({ voice, reporter }) => ({
        reporter: reporter === null ? null : personOf(reporter),
        reason: voice.reason,
        description: voice.description,
        createdAt: voice.createdAt.toISOString(),
      })),
      context: await contextOf(tx, report),
      consequence: await consequenceOf(deps, tx, report, facts),
      earlier: await earlierOf(tx, report),
      related: related.map((each) => ({
        id: each.id as ReportId,
        subject: { type: each.type, id: each.subjectId },
        voices: each.voices,
      })),
    };
  });
  return { ...details, context: await withStill(deps, actor, details.context) };
}

async function consequenceOf(
  { clock }: ReportDeps,
  tx: Tx,
  report: ReportRow,
  facts: Awaited<ReturnType<typeof factsOfSubject>>,
) {
  const removes = restrictionOf(report.subjectType, facts) !== 'strike';
  if (report.subjectOwnerId === null) return { removes, strikeNumber: null, sharesStrike: false, bans: false };
  const { active, shares } = await strikesOf(tx, report.subjectOwnerId, facts?.lineageKey ?? null, clock.now());
  const strikeNumber = Math.max(1, shares ? active : active + 1);
  return { removes, strikeNumber, sharesStrike: shares, bans: !shares && strikeNumber === STRIKES_TO_BAN };
}

async function earlierOf(tx: Tx, report: ReportRow): Promise<contract.ReportDetails['earlier']> {
  if (report.subjectOwnerId === null) return [];
  const rows = await earlierDecisions(tx, report.subjectOwnerId, report.id);
  return rows.map((row) => ({
    statementId: row.id as StatementId,
    restriction: restrictions.parse(row.restriction),
    // Written from the same closed list.
    category: row.category as StatementCategory,
    reason: row.reason,
    at: row.createdAt.toISOString(),
    reversedAt: row.reversedAt?.toISOString() ?? null,
  }));
}

async function contextOf(tx: Tx, { subjectId: id, subjectType }: ReportRow): Promise<contract.ReportContext> {
  switch (subjectType) {
    case 'livestream': {
      const row = await streamRow(tx, id);
      return row === null ? { type: 'gone' } : streamContext(row);
    }
    case 'video': {
      const row = await videoRow(tx, id);
      return row === null ? { type: 'gone' } : videoContext(row);
    }
    case 'message': {
      const found = await messageWithNeighbours(tx, id);
      return found === null ? { type: 'gone' } : messageContext(found);
    }
    case 'user': {
      const row = await profileRow(tx, id);
      if (row === null) return { type: 'gone' };
      return { type: 'user', userId: row.id as UserId, bio: row.bio, memberSince: row.createdAt.toISOString() };
    }
    case 'comment': {
      const found = await commentWithNeighbours(tx, id);
      return found === null ? { type: 'gone' } : commentContext(found);
    }
    case 'direct_message': {
      const found = await messageRow(tx, id);
      return found === null ? { type: 'gone' } : directMessageContext(found);
    }
  }
}

function streamContext({
  stream,
  videoId,
}: NonNullable<Awaited<ReturnType<typeof streamRow>>>): contract.ReportContext {
  const hasStill = !stream.patronOnly && (stream.mediaState === 'live' || stream.mediaState === 'interrupted');
  return {
    type: 'livestream',
    streamId: stream.id as StreamId,
    channelId: stream.channelId as ChannelId,
    description: stream.description,
    category: stream.category,
    patronOnly: stream.patronOnly,
    isActive: stream.isActive,
    startedAt: stream.startedAt.toISOString(),
    endedAt: stream.endedAt?.toISOString() ?? null,
    videoId: videoId as VideoId | null,
    thumbnailUrl: stream.isActive && hasStill ? `/media/streams/${stream.id}/thumbnail/5.webp` : null,
  };
}

function videoContext(video: NonNullable<Awaited<ReturnType<typeof videoRow>>>): contract.ReportContext {
  return {
    type: 'video',
    videoId: video.id as VideoId,
    channelId: video.channelId as ChannelId,
    streamId: video.streamId as StreamId | null,
    durationSeconds: video.durationMs / 1000,
    isPublic: video.isPublic,
    patronOnly: video.patronOnly,
    isRemoved: video.removal !== null,
    createdAt: video.createdAt.toISOString(),
    thumbnailUrl: null,
  };
}

function messageContext(found: NonNullable<Awaited<ReturnType<typeof messageWithNeighbours>>>): contract.ReportContext {
  const { lines, message, streamTitle } = found;
  return {
    type: 'message',
    streamId: message.streamId as StreamId,
    channelId: message.channelId as ChannelId,
    streamTitle,
    lines: lines.map((line) => ({
      id: line.id,
      at: line.createdAt.toISOString(),
      author: { id: line.userId as UserId, displayName: line.displayName },
      text: line.message,
      status: line.status,
      isSubject: line.id === message.id,
    })),
  };
}

function commentContext(found: NonNullable<Awaited<ReturnType<typeof commentWithNeighbours>>>): contract.ReportContext {
  const { comment, lines, videoTitle } = found;
  return {
    type: 'comment',
    videoId: comment.videoId as VideoId,
    channelId: comment.channelId as ChannelId,
    videoTitle,
    lines: lines.map(({ author, comment: line }) => ({
      id: line.id,
      at: line.createdAt.toISOString(),
      author: { id: line.userId as UserId, displayName: author },
      text: line.message,
      status: line.status,
      isSubject: line.id === comment.id,
    })),
  };
}

/** What stands around it is between the two, and no part of the report. */
function directMessageContext(found: NonNullable<Awaited<ReturnType<typeof messageRow>>>): contract.ReportContext {
  return {
    type: 'direct_message',
    line: {
      id: found.id,
      at: found.at.toISOString(),
      author: { id: found.fromUserId as UserId, displayName: found.author },
      text: found.text,
      status: found.status,
      isSubject: true,
    },
  };
}

/** The still of a recording carries a token in this admin's name, so it is asked of the slice that gives those out. */
async function withStill(
  { getVideo }: ReportDeps,
  actor: Actor,
  context: contract.ReportContext,
): Promise<contract.ReportContext> {
  if (context.type !== 'video' && context.type !== 'livestream') return context;
  if (context.videoId === null || context.thumbnailUrl !== null) return context;
  const { thumbnailUrl } = await getVideo(actor, context.videoId);
  return { ...context, thumbnailUrl };
}
