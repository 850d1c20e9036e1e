/** One item as whoever decides on it reads it: the text in its moment, why it is here, and who wrote it. */
import type { desk as contract, StreamId, UserId, VideoId } from '@virgil/contract';
import { desk, veilOf } from '@virgil/contract';
import type { Actor, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { MediaRefusal } from '../../media/engine.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import { canBan, mayDecide, sidesOf } from '../review/index.ts';
import type { DeskDeps } from './deps.ts';
import { describeItem } from './describe-item.ts';
import {
  decisionsOn,
  linesAround,
  type Neighbour,
  neighboursOf,
  reasonsOf,
  streamOf,
  textOf,
  violationOf,
} from './item-store.ts';
import { type MomentFacts, momentOf } from './moment-policy.ts';
import { isHarsh } from './policy.ts';
import { findInQueue, type QueuedItem, voicesOf } from './queue-store.ts';
import { earlierOf, standingOf } from './standing-store.ts';

/** With the reader's own rights: `not_found` also for what they may not know of. */
export async function readItem(
  { database }: Pick<DeskDeps, 'database'>,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<QueuedItem> {
  const row = await database.asActor(actor, (tx) => findInQueue(tx, id));
  if (row === null) throw new AppError('not_found');
  return row;
}

export async function getReviewItem(
  deps: DeskDeps,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<contract.ReviewDetails> {
  const reader = personOfActor(actor);
  const row = await readItem(deps, actor, id);
  const now = deps.clock.now();
  const found = await deps.database.asSystem('what belongs to an item that its reader may read', (tx) =>
    readAround(tx, row, reader, now),
  );
  const { decisions, lines, neighbours, reasons, standing, stream, text, violation, voices } = found;
  return {
    item: describeItem(row, voices, now),
    text: violation?.content ?? text ?? row.item.contentPreview,
    score:
      violation === null
        ? null
        : {
            breakdown: violation.breakdown,
            classifier: violation.classifier,
            version: violation.classifierVersion,
            rule: violation.rule,
            normalised: violation.normalisedText,
          },
    neighbours: withSubject(row, text ?? row.item.contentPreview, neighbours),
    surroundings: {
      secondsIn:
        stream === null
          ? null
          : Math.max(0, (row.item.contentCreatedAt.getTime() - stream.stream.startedAt.getTime()) / 1000),
      linesEach2s: lines,
    },
    moment: await momentFor(deps, actor, row, stream, now),
    author: standing,
    reports: { voices, reasons: Object.fromEntries(reasons.map((each) => [each.reason, each.voices])) },
    decisions: decisions.map(({ action, by }) => ({
      id: action.id,
      kind: action.kind,
      by: by === null ? null : personOf(by),
      at: action.createdAt.toISOString(),
      reason: action.reason,
      minutes: action.minutes,
      undoableUntil: action.undoableUntil?.toISOString() ?? null,
      undoneAt: action.undoneAt?.toISOString() ?? null,
    })),
    mayDecide: found.mayDecide,
    rulesOnly: deps.rulesOnly(),
  };
}

async function readAround(tx: Tx, { item }: QueuedItem, reader: Person, now: Date) {
  const person = { userId: item.userId, channelId: item.channelId };
  const stream = await streamOf(tx, item.streamId);
  return {
    violation: await violationOf(tx, item.violationId),
    text: await textOf(tx, item),
    neighbours: await neighboursOf(tx, item, desk.NEIGHBOURS),
    stream,
    lines:
      stream === null || item.sourceType !== 'live'
        ? []
        : await linesAround(tx, stream.stream.id, item.contentCreatedAt),
    standing: {
      ...(await standingOf(tx, { ...person, now })),
      earlier: await earlierOf(tx, { ...person, itemId: item.id, seesPlatform: reader.role === 'admin' }),
    },
    decisions: await decisionsOn(tx, item.id),
    reasons: await reasonsOf(tx, item.contentId),
    voices: (await voicesOf(tx, [item.contentId])).get(item.contentId) ?? 0,
    mayDecide: await judge(tx, item, reader),
  };
}

/** The decision's own rules, asked beforehand. */
async function judge(tx: Tx, item: QueuedItem['item'], reader: Person): Promise<contract.MayDecide> {
  const { author, decider } = await sidesOf(tx, item, reader);
  const facts = {
    author: author.rank,
    capacity: decider.capacity,
    status: item.resolutionStatus,
    isOwn: item.userId === reader.userId,
  };
  if (mayDecide({ ...facts, kind: 'approve' }).allowed) {
    const againstAuthor = mayDecide({ ...facts, kind: 'reject' }).allowed;
    return { allowed: true, againstAuthor, bansFromChannel: canBan(item) };
  }
  if (facts.isOwn) return { allowed: false, because: 'own_content' };
  return { allowed: false, because: item.resolutionStatus === 'escalated' ? 'escalated' : 'decided' };
}

const SUBJECT_STATUS = { pending: 'held', escalated: 'held', approved: 'published', rejected: 'rejected' } as const;

function withSubject(
  { author, item }: QueuedItem,
  text: string,
  [before = [], after = []]: Neighbour[][],
): contract.ReviewNeighbour[] {
  const line = (neighbour: Neighbour): contract.ReviewNeighbour => ({
    id: neighbour.id,
    at: neighbour.at.toISOString(),
    author: { id: neighbour.userId as UserId, displayName: neighbour.displayName },
    text: neighbour.text,
    riskScore: neighbour.riskScore,
    status: neighbour.status,
    veil: veilOf(neighbour),
    isSubject: false,
  });
  const subject: contract.ReviewNeighbour = {
    id: item.contentId,
    at: item.contentCreatedAt.toISOString(),
    author: { id: item.userId as UserId, displayName: author.displayName },
    text,
    riskScore: item.riskScore,
    status: SUBJECT_STATUS[item.resolutionStatus],
    veil: item.headsQueue ? 'minors' : isHarsh(item) ? 'harsh' : 'none',
    isSubject: true,
  };
  return [...before.map(line), subject, ...after.map(line)];
}

async function momentFor(
  deps: DeskDeps,
  actor: Actor,
  { item }: QueuedItem,
  found: Awaited<ReturnType<typeof streamOf>>,
  now: Date,
): Promise<contract.ReviewMoment> {
  if (found === null || item.sourceType !== 'live') return { kind: 'none', because: 'not_live' };
  const { stream, video } = found;
  const facts: MomentFacts = {
    writtenAt: item.contentCreatedAt,
    now,
    stream: {
      isActive: stream.isActive,
      records: stream.record,
      startedAt: stream.startedAt,
      lastMediaAt: stream.lastMediaAt,
      endedAt: stream.endedAt,
      mediaMs: stream.mediaMs,
    },
    ring: stream.isActive ? await ringOf(deps, stream.id as StreamId) : null,
    recording: stream.isActive || video === null ? null : await recordingOf(deps, actor, video.id as VideoId),
  };
  return momentOf(facts, `/api/v1/moderation/queue/${item.id}/moment`);
}

/** Null where this node's engine has no room for it, or is out of order. */
async function ringOf({ engine }: DeskDeps, id: StreamId): Promise<MomentFacts['ring']> {
  try {
    const { receivedMs, state } = await engine.stats(id);
    return { isLive: state === 'live', receivedMs };
  } catch (error) {
    if (error instanceof MediaRefusal) return null;
    throw error;
  }
}

async function recordingOf(deps: DeskDeps, actor: Actor, id: VideoId): Promise<MomentFacts['recording']> {
  try {
    const { durationSeconds, mediaUrl } = await deps.getVideo(actor, id);
    return mediaUrl === null ? 'not_allowed' : { url: mediaUrl, durationMs: durationSeconds * 1000 };
  } catch (error) {
    if (error instanceof AppError) return 'not_allowed';
    throw error;
  }
}
