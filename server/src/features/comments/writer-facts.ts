/** What decides whether somebody may write under a recording. */
import type { UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { hasBlocked } from '../blocks/index.ts';
import { isBannedFrom, type Standing } from '../channels/index.ts';
import type { CommentDeps } from './deps.ts';
import type { WriterFacts } from './policy.ts';
import { timedOutUntil } from './store.ts';

export async function factsOfWriter(
  { clock, database }: Pick<CommentDeps, 'database' | 'clock'>,
  actor: Actor,
  video: { readonly channelId: string; readonly commentsOpen: boolean },
  standing: Standing,
): Promise<WriterFacts> {
  const isOpen = video.commentsOpen;
  const free: WriterFacts = {
    isOpen,
    standing,
    isBannedFromChannel: false,
    timedOutUntil: null,
    isBlocked: false,
  };
  if (actor.kind !== 'person' || standing.isOwner) return free;
  const { userId } = actor;
  const now = clock.now();
  // Beyond row security: whom somebody blocked is nobody else's to read.
  return database.asSystem('who may write under a recording', async (tx) => ({
    ...free,
    isBannedFromChannel: await isBannedFrom(tx, video.channelId, userId, now),
    timedOutUntil: await timedOutUntil(tx, video.channelId, userId, now),
    isBlocked: await hasBlocked(tx, { userId: video.channelId as UserId, otherId: userId }),
  }));
}
