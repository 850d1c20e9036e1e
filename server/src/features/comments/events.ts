/** What comments announce: under this recording there are more or fewer than before. */
import type { VideoId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** In order per recording. */
export interface CommentsChanged extends DomainEvent {
  readonly type: 'comments.changed';
  readonly videoId: VideoId;
}

export const commentsChanged = (videoId: string, at: Date): CommentsChanged => ({
  type: 'comments.changed',
  key: videoId,
  at: at.toISOString(),
  // From our own row.
  videoId: videoId as VideoId,
});
