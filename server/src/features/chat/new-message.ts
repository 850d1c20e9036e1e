/** A message on its way from its sender to the disk. */
import type { Badge, MessageId } from '@virgil/contract';
import type { Judgement } from '../moderation/index.ts';
import type { KnownPerson, Room, SentMessage, StreamFacts } from './room.ts';

export interface MessageDraft {
  readonly id: MessageId;
  readonly room: Room;
  /** The stream as it was when the message was judged. */
  readonly stream: StreamFacts;
  readonly author: KnownPerson;
  readonly badges: readonly Badge[];
  readonly text: string;
  readonly judgement: Judgement;
  readonly status: SentMessage['status'];
  readonly clientId: string | null;
  readonly createdAt: Date;
  /** On the monotonic clock, for the time until it left. */
  readonly receivedAtMs: number;
}

/** With its place in the room, given in the order of commits. */
export interface NewMessage extends MessageDraft {
  readonly seq: number;
}
