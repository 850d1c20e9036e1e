/** What penalties announce. Events of one person arrive in order. */
import type { UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** The account is closed: whatever this person does on the platform ends now. */
export interface PenaltyIssued extends DomainEvent {
  readonly type: 'penalty.issued';
  readonly userId: UserId;
  readonly penaltyId: string;
}

/**
 * Taken back: by an admin, an appeal, or because one of its strikes was lifted. Or over by the clock: its own time, or
 * that of a strike it stood on.
 */
export interface PenaltyEnded extends DomainEvent {
  readonly type: 'penalty.ended';
  readonly userId: UserId;
  readonly penaltyId: string;
  readonly cause: 'decision' | 'appeal' | 'strikes' | 'time';
}

export type PenaltyEvent = PenaltyIssued | PenaltyEnded;

/** Both ids come from our own row. */
export function ofPenalty(penalty: { readonly id: string; readonly userId: string }, at: Date) {
  return { key: penalty.userId, at: at.toISOString(), userId: penalty.userId as UserId, penaltyId: penalty.id };
}
