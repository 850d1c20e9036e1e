/** What appeals announce. Events of one appeal arrive in order. */
import type { UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** Something was handed in, asked, answered or decided: pages that show the appeal look again. */
export interface AppealChanged extends DomainEvent {
  readonly type: 'appeal.changed';
  readonly appealId: string;
  /** Whose appeal it is. */
  readonly userId: UserId;
}

export function appealChanged(row: { readonly id: string; readonly userId: string }, at: Date): AppealChanged {
  // From our own row.
  return { type: 'appeal.changed', key: row.id, at: at.toISOString(), appealId: row.id, userId: row.userId as UserId };
}
