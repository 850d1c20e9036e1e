/** What recordings announce: their creator no longer takes comments, or takes them again. */
import type { VideoId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** In order per recording. */
export interface VideoCommentsSwitched extends DomainEvent {
  readonly type: 'video.commentsSwitched';
  readonly videoId: VideoId;
}
