/** What happened to tips. */
import type { StreamId, TipId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';
import type { TipWordsChanged } from '../removals/index.ts';

export interface TipPaid extends DomainEvent {
  readonly type: 'tip.paid';
  readonly tipId: TipId;
  readonly streamId: StreamId;
}

export type TipEvent = TipPaid | TipWordsChanged;
