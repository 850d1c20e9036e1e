/**
 * A decision takes something away. Called in the transaction of that decision, which also says why (a statement of
 * reasons) and leaves the audit entry: a removal is its consequence and has none of its own.
 */
import type { DirectMessageId, VideoId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import type { StoredPrevious } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { endStream, lockStream } from '../livestreams/index.ts';
import type { CommentRemovalChanged, DirectMessageRemovalChanged } from './events.ts';
import { stateOf } from './policy.ts';
import {
  type DecisionRef,
  holdsOn,
  insertHold,
  lockComment,
  lockDirectMessage,
  lockRecording,
  lockVideo,
  type Removal,
  type Subject,
  setCommentStatus,
  setDirectMessageStatus,
  setVideo,
} from './store.ts';
import { lockWords, setWords } from './words.ts';

export interface ContentRemoval {
  readonly subject: Subject;
  readonly decision: DecisionRef;
  /** Whoever decided; null for the system. */
  readonly by: string | null;
  readonly at: Date;
  /** Not even its owner may watch it any more. */
  readonly isWithheld?: boolean;
}

/**
 * A livestream ends at once and its recording is hidden, also one that is kept later; a video is shown to its owner
 * and admins alone; a line leaves the chat, and so do the words with a tip; a comment its recording, a message the
 * other person’s conversation. Repeating it for one decision changes nothing. Needs the system's rights.
 * Throws `not_found` when there is no such thing.
 */
export async function removeContent(tx: Tx, removal: ContentRemoval): Promise<void> {
  switch (removal.subject.type) {
    case 'livestream':
      return removeLivestream(tx, removal);
    case 'video':
      return removeVideo(tx, removal, await lockVideo(tx, removal.subject.id));
    case 'message':
      return removeMessage(tx, removal);
    case 'comment':
      return removeComment(tx, removal);
    case 'direct_message':
      return removeDirectMessage(tx, removal);
  }
}

async function removeLivestream(tx: Tx, removal: ContentRemoval): Promise<void> {
  const stream = await lockStream(tx, removal.subject.id);
  if (stream === null) throw new AppError('not_found');
  await hold(tx, removal, stream.channelId, { version: 1, type: 'livestream' });
  // What was received is counted while a stream runs; the few seconds since are not waited for.
  const { at, by } = removal;
  if (stream.isActive) await endStream(tx, stream, { at, actorId: by, reason: 'decision', receivedMs: 0 });
  const video = await lockRecording(tx, stream.id);
  if (video !== null) await removeVideo(tx, { ...removal, subject: { type: 'video', id: video.id } }, video);
}

async function removeVideo(
  tx: Tx,
  removal: ContentRemoval,
  video: Awaited<ReturnType<typeof lockVideo>>,
): Promise<void> {
  if (video === null) throw new AppError('not_found');
  const holds = await hold(tx, removal, video.channelId, { version: 1, type: 'video', isPublic: video.isPublic });
  await setVideo(tx, video.id, { removal: stateOf(holds), isPublic: false, at: removal.at });
}

async function removeMessage(tx: Tx, removal: ContentRemoval): Promise<void> {
  const words = await lockWords(tx, removal.subject.id);
  if (words === null) throw new AppError('not_found');
  await hold(tx, removal, words.userId, { version: 1, type: 'message', status: words.status });
  if (words.status !== 'removed') await setWords(tx, words, 'removed', removal.at);
}

async function removeComment(tx: Tx, removal: ContentRemoval): Promise<void> {
  const comment = await lockComment(tx, removal.subject.id);
  if (comment === null) throw new AppError('not_found');
  await hold(tx, removal, comment.userId, { version: 1, type: 'comment', status: comment.status });
  // What its author or the channel took away is gone without a decision, and stays theirs.
  if (comment.goneAt !== null || comment.status === 'removed') return;
  await setCommentStatus(tx, comment.id, 'removed');
  await announce(tx, commentEvent('removals.commentRemoved', comment, removal.at));
}

async function removeDirectMessage(tx: Tx, removal: ContentRemoval): Promise<void> {
  const message = await lockDirectMessage(tx, removal.subject.id);
  if (message === null) throw new AppError('not_found');
  await hold(tx, removal, message.fromUserId, { version: 1, type: 'direct_message', status: message.status });
  if (message.status === 'removed') return;
  await setDirectMessageStatus(tx, message.id, 'removed');
  await announce(tx, directMessageEvent('removals.directMessageRemoved', message.id, removal.at));
}

/** Adds this decision's hold; returns all that are in force. The thing itself is locked by the caller. */
async function hold(
  tx: Tx,
  { at, by, decision, isWithheld = false, subject }: ContentRemoval,
  ownerId: string | null,
  now: StoredPrevious,
): Promise<readonly Pick<Removal, 'isWithheld'>[]> {
  const present = await holdsOn(tx, subject);
  const isRepeated = present.some((each) => each.decisionKind === decision.kind && each.decisionId === decision.id);
  if (isRepeated) return present;
  const added = {
    id: uuidv7(),
    decisionKind: decision.kind,
    decisionId: decision.id,
    subjectType: subject.type,
    subjectId: subject.id,
    ownerId,
    isWithheld,
    // What it was before the first of them is what it goes back to.
    previous: present[0]?.previous ?? now,
    removedBy: by,
    removedAt: at,
  };
  await insertHold(tx, added);
  return [...present, added];
}

export function commentEvent(
  type: CommentRemovalChanged['type'],
  { videoId }: { readonly videoId: string },
  at: Date,
): CommentRemovalChanged {
  return { type, key: videoId, at: at.toISOString(), videoId: videoId as VideoId };
}

export function directMessageEvent(
  type: DirectMessageRemovalChanged['type'],
  id: string,
  at: Date,
): DirectMessageRemovalChanged {
  return { type, key: id, at: at.toISOString(), messageId: id as DirectMessageId };
}
