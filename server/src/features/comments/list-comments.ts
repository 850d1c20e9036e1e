/** Comments under a recording, for whoever may see it. */
import type { comments as contract, OutputOf, QueryOf, VideoId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { enforce, readAs } from '../channels/index.ts';
import { findVideoFacts, maySee, standingOnVideo } from '../videos/index.ts';
import type { CommentDeps } from './deps.ts';
import { describeComment } from './describe-comment.ts';
import { mayComment, moderatesComments } from './policy.ts';
import { countComments, searchComments } from './store.ts';
import { factsOfWriter } from './writer-facts.ts';

const onlyId = z.tuple([z.string().max(64)]);
type Reading = Pick<CommentDeps, 'database' | 'clock'>;

export async function listComments(
  deps: Reading,
  actor: Actor,
  videoId: VideoId,
  query: QueryOf<typeof contract.listComments>,
): Promise<OutputOf<typeof contract.listComments>> {
  const after = decodeCursor(query.cursor, onlyId);
  const { standing, video } = await visibleVideo(deps, actor, videoId);
  const isOpen = video.commentsOpen;
  const moderates = moderatesComments(standing);
  const verdict = mayComment(await factsOfWriter(deps, actor, video, standing), deps.clock.now());
  const me = { mayWrite: verdict.allowed, moderates };
  if (!isOpen) return { items: [], nextCursor: null, count: 0, open: false, me };
  const reader = actor.kind === 'person' ? actor.userId : null;
  const { limit } = query;
  return readAs(deps.database, actor, async (tx) => {
    const found = await searchComments(tx, { videoId, reader, seesHeld: moderates, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ comment }) => [comment.id]);
    return {
      items: rows.map(({ author, comment }) => describeComment(comment, author)),
      nextCursor,
      count: await countComments(tx, videoId),
      open: true,
      me,
    };
  });
}

/** Throws `not_found` and `patron_required` as the recording itself does. */
export async function visibleVideo(deps: Pick<CommentDeps, 'database'>, actor: Actor, videoId: VideoId) {
  const row = await findVideoFacts(deps, videoId);
  if (row === null) throw new AppError('not_found');
  const standing = await standingOnVideo(deps, actor, row);
  enforce(maySee(row.video, standing));
  return { video: row.video, standing };
}
