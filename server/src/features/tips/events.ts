/** What happened to tips. */
import type { StreamId, TipId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

export interface TipPaid extends DomainEvent {
  readonly type: 'tip.paid';
  readonly tipId: TipId;
  readonly streamId: StreamId;
}

/** A decision took the words with a tip away, or gave them back. */
export interface TipWordsChanged extends DomainEvent {
  readonly type: 'tip.wordsChanged';
  readonly tipId: TipId;
  readonly streamId: StreamId;
}

export type TipEvent = TipPaid | TipWordsChanged;
