/** What strikes announce. Events of one person arrive in order. */
import type { UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';
import type { StrikeRow } from './store.ts';

interface OfStrike extends DomainEvent {
  readonly userId: UserId;
  readonly strikeId: string;
  /** The decision it came from: whoever owns that kind puts back what was removed for it, or reviews it. */
  readonly source: { readonly kind: StrikeRow['sourceKind']; readonly id: string };
}

export interface StrikeIssued extends OfStrike {
  readonly type: 'strike.issued';
}

/** Before its time: by an appeal, a retracted or answered notice, or because the decision behind it was undone. */
export interface StrikeLifted extends OfStrike {
  readonly type: 'strike.lifted';
  readonly cause: NonNullable<StrikeRow['liftedCause']>;
  readonly reason: string;
  readonly liftedBy: UserId | null;
}

export type StrikeEvent = StrikeIssued | StrikeLifted;

export function ofStrike(row: StrikeRow, at: Date) {
  return {
    key: row.userId,
    at: at.toISOString(),
    // Both come from our own row.
    userId: row.userId as UserId,
    strikeId: row.id,
    source: { kind: row.sourceKind, id: row.sourceId },
  };
}
