/** What privacy announces. */
import type { UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** Nobody acts as this person any more: their connections end, and whoever remembers them reads them again. */
export interface PersonClosed extends DomainEvent {
  readonly type: 'person.closed';
  readonly userId: UserId;
}

/** The same, said to every node: each forgets the person and cuts what they have open there. */
export const PERSON_CLOSED = 'person.closed';

export function personClosed(userId: UserId, at: Date): PersonClosed {
  return { type: PERSON_CLOSED, key: userId, at: at.toISOString(), userId };
}
