/** What decisions about lines announce, in order per livestream. */
import type { MessageId, StreamId } from '@virgil/contract';
import type { DomainEvent } from '../../db/index.ts';

/** A line is no longer what it was: who sees it follows from what is stored of it. */
export interface LineDecided extends DomainEvent {
  readonly type: 'chat.lineDecided';
  readonly streamId: StreamId;
  readonly messageId: MessageId;
}
