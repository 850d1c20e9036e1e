/** What removals announce: texts went, or came back. */
import type { DirectMessageId, MessageId, StreamId, TipId, VideoId } from '@virgil/contract';
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

export const TIP_WORDS_CHANGED = 'tip.wordsChanged';

/** The words with a tip went, or came back. In order per livestream. */
export interface TipWordsChanged extends DomainEvent {
  readonly type: typeof TIP_WORDS_CHANGED;
  readonly tipId: TipId;
  readonly streamId: StreamId;
}

export function messageEvent(
  type: MessageRemovalChanged['type'],
  message: { readonly id: string; readonly streamId: string },
  at: Date,
): MessageRemovalChanged {
  // Both ids come from our own row.
  const { id, streamId } = message as { id: MessageId; streamId: StreamId };
  return { type, key: streamId, at: at.toISOString(), streamId, messageId: id };
}
