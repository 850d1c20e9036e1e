/** What removals announce: lines of chat went, or came back. */
import type { MessageId, StreamId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** In order per livestream. */
export interface MessageRemovalChanged extends DomainEvent {
  readonly type: 'removals.messageRemoved' | 'removals.messageRestored';
  readonly streamId: StreamId;
  readonly messageId: MessageId;
}
