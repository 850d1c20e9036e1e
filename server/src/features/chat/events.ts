/** What chat announces in the transaction that stores the message. */
import type { Category, ChannelId, MessageId, StreamId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/index.ts';

interface JudgedMessage extends DomainEvent {
  readonly messageId: MessageId;
  readonly streamId: StreamId;
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly score: number;
  readonly category: Category;
  /** Which classifier judged. */
  readonly scoredBy: string;
  readonly reason: string;
}

interface MessageHeld extends JudgedMessage {
  readonly type: 'chat.messageHeld';
}

interface MessageBlocked extends JudgedMessage {
  readonly type: 'chat.messageBlocked';
}

export type ChatEvent = MessageHeld | MessageBlocked;
