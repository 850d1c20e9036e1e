/** What privacy announces. */
import type { UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** Nobody acts as this person any more: their connections end, and whoever remembers them reads them again. */
export interface PersonClosed extends DomainEvent {
  readonly type: 'person.closed';
  readonly userId: UserId;
}

export function personClosed(userId: UserId, at: Date): PersonClosed {
  return { type: 'person.closed', key: userId, at: at.toISOString(), userId };
}
