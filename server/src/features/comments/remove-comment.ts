/** A comment goes: its author deletes it, or the channel's people clear it away, and its author hears of that. */
import type { CommentId, UserId, VideoId } from '@virgil/contract';
import type { Actor, Person } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor, readStanding, type Standing } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import type { CommentDeps } from './deps.ts';
import { commentsChanged } from './events.ts';
import { removalAct } from './policy.ts';
import { type CommentRow, lockComment, setStatus, titleOf } from './store.ts';

type Deps = Pick<CommentDeps, 'database' | 'clock'>;

export async function removeComment(deps: Deps, actor: Actor, videoId: VideoId, id: CommentId): Promise<void> {
  const remover = personOfActor(actor);
  const at = deps.clock.now();
  // Beyond row security: nobody may write to comments by themselves, and what the author is here decides as well.
  await deps.database.asSystem('take a comment away', async (tx) => {
    const comment = await lockComment(tx, id);
    if (comment === null || comment.videoId !== videoId) throw new AppError('not_found');
    const isAuthor = comment.userId === remover.userId;
    const standing = await readStanding(tx, comment.channelId, remover);
    requireKnown(comment, isAuthor, standing);
    const author: Person = { kind: 'person', userId: comment.userId as UserId, role: 'user' };
    const act = removalAct({ isAuthor, standing }, await readStanding(tx, comment.channelId, author));
    if (act === 'refuse') throw new AppError('not_allowed');
    if (comment.status === 'deleted' || (act === 'clear' && comment.status === 'cleared')) return;
    if (act === 'delete') await deleteOwn(tx, comment, remover, at);
    else await clear(tx, comment, remover, at);
    await announce(tx, commentsChanged(comment.videoId, at));
  });
}

/** What somebody cannot read they cannot be refused either. */
function requireKnown({ status }: CommentRow, isAuthor: boolean, standing: Standing): void {
  if (isAuthor || status === 'published') return;
  const looksAfterIt = standing.isOwner || standing.granted.has('moderator') || standing.platformRole === 'admin';
  if (!looksAfterIt || (status !== 'held' && status !== 'cleared')) throw new AppError('not_found');
}

async function deleteOwn(tx: Tx, comment: CommentRow, { userId }: Person, at: Date): Promise<void> {
  await setStatus(tx, comment.id, { status: 'deleted', goneAt: at, goneBy: userId });
  await recordAudit(tx, {
    type: 'COMMENT_DELETED',
    entity: 'comment',
    entityId: comment.id,
    actorId: userId,
    at,
    details: { videoId: comment.videoId },
  });
}

async function clear(tx: Tx, comment: CommentRow, { userId }: Person, at: Date): Promise<void> {
  await setStatus(tx, comment.id, { status: 'cleared', goneAt: at, goneBy: userId });
  const [receipt] = await recordAudit(tx, {
    type: 'COMMENT_REMOVED',
    entity: 'comment',
    entityId: comment.id,
    actorId: userId,
    at,
    details: { videoId: comment.videoId, userId: comment.userId },
  });
  const title = (await titleOf(tx, comment.videoId)) ?? '';
  await notify(tx, {
    userId: comment.userId as UserId,
    sentBy: userId,
    kind: 'comment_cleared',
    text:
      `Your comment under the video “${title}” was removed by the people who look after the channel. It is no decision ` +
      'of the platform and counts for nothing else.',
    data: { commentId: comment.id, videoId: comment.videoId, title, receipt },
    at,
  });
}
