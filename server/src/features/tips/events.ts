/** What tips announce in the transaction that settles the payment. */
import type { Category, ChannelId, StreamId, TipId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

export interface TipPaid extends DomainEvent {
  readonly type: 'tip.paid';
  readonly tipId: TipId;
  readonly streamId: StreamId;
}

/** As chat announces its own; the words lie with the tip. */
interface JudgedTip extends DomainEvent {
  readonly tipId: TipId;
  readonly streamId: StreamId;
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly score: number;
  readonly category: Category;
  readonly scoredBy: string;
  readonly reason: string;
}
interface TipMessageHeld extends JudgedTip {
  readonly type: 'tip.messageHeld';
}
interface TipMessageBlocked extends JudgedTip {
  readonly type: 'tip.messageBlocked';
}

export type TipEvent = TipPaid | TipMessageHeld | TipMessageBlocked;
