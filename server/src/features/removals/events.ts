/** What removals announce: texts went, or came back. */
import type { DirectMessageId, MessageId, StreamId, VideoId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** In order per livestream. */
export interface MessageRemovalChanged extends DomainEvent {
  readonly type: 'removals.messageRemoved' | 'removals.messageRestored';
  readonly streamId: StreamId;
  readonly messageId: MessageId;
}

/** In order per recording. */
export interface CommentRemovalChanged extends DomainEvent {
  readonly type: 'removals.commentRemoved' | 'removals.commentRestored';
  readonly videoId: VideoId;
}

/** In order per message. */
export interface DirectMessageRemovalChanged extends DomainEvent {
  readonly type: 'removals.directMessageRemoved' | 'removals.directMessageRestored';
  readonly messageId: DirectMessageId;
}
