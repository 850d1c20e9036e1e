/** What the inbox announces: notices were written. */
import type { DomainEvent } from '../../db/outbox.ts';

/** Keyed by the first notice: the order among persons means nothing, and one slow delivery holds up no other. */
export interface NoticesSent extends DomainEvent {
  readonly type: 'notifications.sent';
  readonly ids: readonly string[];
}
