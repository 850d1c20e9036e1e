/** What direct messages announce: this one was written, let pass or taken away. */
import type { DirectMessageId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** In order per conversation. */
export interface MessageChanged extends DomainEvent {
  readonly type: 'directMessage.changed';
  readonly messageId: DirectMessageId;
}

export const messageChanged = (
  { id, pair }: { readonly id: string; readonly pair: string },
  at: Date,
): MessageChanged => ({
  type: 'directMessage.changed',
  key: pair,
  at: at.toISOString(),
  // From our own row.
  messageId: id as DirectMessageId,
});
