/** A comment, end to end: sent before? allowed? scored, decided, stored. Telling others follows the commit. */
import {
  type BodyOf,
  type ChannelId,
  type CommentId,
  codePoints,
  type comments as contract,
  type OutputOf,
  type VideoId,
} from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Person } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { badgesOf, personOfActor, type Standing } from '../channels/index.ts';
import { isAdverse, type Judgement, recordModerated } from '../moderation/index.ts';
import type { CommentDeps } from './deps.ts';
import { describeComment } from './describe-comment.ts';
import { commentsChanged } from './events.ts';
import { visibleVideo } from './list-comments.ts';
import { mayComment } from './policy.ts';
import { authorOf, type CommentRow, findSent, insertComment, isOpen } from './store.ts';
import { factsOfWriter } from './writer-facts.ts';

type Body = BodyOf<typeof contract.writeComment>;
type Answer = OutputOf<typeof contract.writeComment>;
type Video = Awaited<ReturnType<typeof visibleVideo>>['video'];

const STATUS = { publish: 'published', hold: 'held', block: 'blocked' } as const;

export async function writeComment(deps: CommentDeps, actor: Actor, videoId: VideoId, body: Body): Promise<Answer> {
  const writer = personOfActor(actor);
  const { standing, video } = await visibleVideo(deps, actor, videoId);
  // The answer was lost and the client asks again: it is the first attempt's, whatever the rules say by now.
  const earlier = await findEarlier(deps, writer, videoId, body.clientId);
  if (earlier !== null) return answerOf(deps, earlier);
  await requireMayComment(deps, actor, video, standing);

  const channelId = video.channelId as ChannelId;
  const judgement = await deps.moderation.moderateMessage({ text: body.message, channelId });
  // Beyond row security: what is held is a violation and an item of others' queue.
  const row = await deps.database.asSystem('store a comment and what its score asks for', (tx) =>
    store(tx, { writer, video, body, judgement, standing, at: deps.clock.now() }),
  );
  if (row !== null) return answerOf(deps, row);
  // Of several attempts at once one was written.
  const written = await findEarlier(deps, writer, videoId, body.clientId);
  if (written === null) throw new AppError('not_found');
  return answerOf(deps, written);
}

async function requireMayComment(deps: CommentDeps, actor: Actor, video: Video, standing: Standing): Promise<void> {
  const verdict = mayComment(await factsOfWriter(deps, actor, video, standing), deps.clock.now());
  if (verdict.allowed) return;
  const { code, detail, retryAfterMs } = verdict;
  throw new AppError(code, { detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

interface NewComment {
  readonly writer: Person;
  readonly video: Video;
  readonly body: Body;
  readonly judgement: Judgement;
  readonly standing: Standing;
  readonly at: Date;
}

async function store(tx: Tx, comment: NewComment): Promise<CommentRow | null> {
  const { at, body, judgement, standing, video, writer } = comment;
  // Turned off while it was scored.
  if (!(await isOpen(tx, video.id as VideoId)))
    throw new AppError('not_allowed', { detail: 'Comments are turned off.' });
  const status = STATUS[judgement.decision];
  const row = await insertComment(tx, {
    id: uuidv7(),
    videoId: video.id,
    channelId: video.channelId,
    userId: writer.userId,
    badges: badgesOf(standing),
    message: body.message,
    status,
    riskScore: judgement.score.score,
    category: judgement.score.category,
    scoredBy: judgement.score.by,
    clientId: body.clientId ?? null,
    createdAt: at,
  });
  if (row === null) return null;
  const [receipt] = await recordAudit(tx, {
    type: 'COMMENT_WRITTEN',
    entity: 'comment',
    entityId: row.id,
    actorId: writer.userId,
    at,
    details: {
      videoId: video.id,
      messageLength: codePoints(body.message),
      ...(status === 'published' ? {} : { status, category: judgement.score.category }),
    },
  });
  if (isAdverse(judgement)) {
    await recordModerated(tx, {
      // A comment stands on no stream: it is assigned to a moderator of the platform.
      source: { type: 'comment', contentId: row.id, streamId: null, channelId: null, videoId: video.id, createdAt: at },
      author: writer.userId,
      text: body.message,
      judgement,
      letter: {
        kind: 'comment',
        subject: `Your comment under the video “${video.title}”`,
        data: { commentId: row.id, videoId: video.id, title: video.title },
      },
      receipt,
      at,
    });
  } else {
    await announce(tx, commentsChanged(video.id, at));
  }
  return row;
}

async function findEarlier(
  { database }: CommentDeps,
  { userId }: Person,
  videoId: VideoId,
  clientId: string | undefined,
): Promise<CommentRow | null> {
  if (clientId === undefined) return null;
  return database.asSystem('an attempt of the same comment', (tx) => findSent(tx, { videoId, userId, clientId }));
}

async function answerOf({ database }: CommentDeps, row: CommentRow): Promise<Answer> {
  const id = row.id as CommentId;
  if (row.status === 'blocked') return { id, status: 'blocked', comment: null };
  const author = await database.publicRead((tx) => authorOf(tx, row.userId));
  const status = row.status === 'held' ? 'held' : 'published';
  return { id, status, comment: author === null ? null : describeComment(row, author) };
}
