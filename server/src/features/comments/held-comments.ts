/** Comments, as the review queue and accepted appeals change them. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { setPrevious } from '../removals/index.ts';
import type { ContentState, HeldContent } from '../review/index.ts';
import { commentsChanged } from './events.ts';
import { type CommentRow, type CommentStatus, lockComment, setStatus } from './store.ts';

export const heldComments: HeldContent = {
  async release(tx, id, { at }) {
    await change(tx, id, at, (status) => (isWaiting(status) ? 'published' : null), at);
  },
  async hide(tx, id, { at }) {
    await change(tx, id, at, hidden);
  },
  async putBack(tx, id, to, { at }) {
    await change(tx, id, at, () => to);
  },
  async context(tx, id) {
    const comment = await lockComment(tx, id);
    if (comment === null) return null;
    const state = stateOf(comment.status);
    if (state === null) return null;
    const { createdAt, message } = comment;
    const authorId = comment.userId as UserId;
    const channelId = comment.channelId as ChannelId;
    return { state, authorId, text: message, createdAt, channelId, streamId: null, videoId: comment.videoId };
  },
};

const isWaiting = (status: CommentStatus): boolean => status === 'held' || status === 'blocked';

function hidden(status: CommentStatus): CommentStatus | null {
  if (status === 'held') return 'rejected';
  return status === 'published' ? 'removed' : null;
}

/** Null: it is gone, and what its author or the channel took away no decision brings back. */
function stateOf(status: CommentStatus): ContentState | null {
  return status === 'cleared' || status === 'deleted' ? null : status;
}

async function change(
  tx: Tx,
  id: string,
  at: Date,
  next: (status: CommentStatus) => CommentStatus | null,
  approvedAt?: Date,
): Promise<void> {
  const comment = await lockComment(tx, id);
  if (comment === null || stateOf(comment.status) === null) return;
  // Removed for a report as well: it comes back as this decision leaves it, once that one is taken back.
  const before = await setPrevious(tx, { type: 'comment', id }, next);
  if (before) return;
  const status = next(comment.status);
  if (status === null || status === comment.status) return;
  await setStatus(tx, id, {
    status,
    ...(approvedAt === undefined ? withoutApproval(comment, status) : { approvedAt }),
  });
  await announce(tx, commentsChanged(comment.videoId, at));
}

/** What waits again was not approved. */
const withoutApproval = ({ approvedAt }: CommentRow, status: CommentStatus) =>
  approvedAt !== null && status === 'held' ? { approvedAt: null } : {};
