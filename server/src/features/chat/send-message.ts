/** A chat message, end to end: admitted, allowed, scored, decided, stored. Sending it out follows the commit. */
import { type CommandAck, type CommandInput, type chat, livestreamRoom, type MessageId } from '@virgil/contract';
import { v7 as uuid } from 'uuid';
import type { Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { BucketsByKey, RoomSocket } from '../../realtime/index.ts';
import { badgesOf } from '../channels/index.ts';
import { comparableText } from '../classification/index.ts';
import type { TextModeration } from '../moderation/index.ts';
import { isEmotesOnly } from './emotes.ts';
import type { GroupCommit } from './group-commit.ts';
import { mayWrite, UNIQUE_WINDOW_MS, type Verdict } from './policy.ts';
import type { KnownPerson, Room, SentMessage } from './room.ts';
import type { Rooms } from './rooms.ts';

export interface SendMessage {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly moderation: TextModeration;
  readonly groupCommit: GroupCommit;
  /** Null: limits are off. */
  readonly limits: { readonly perPersonAndRoom: BucketsByKey; readonly perRoom: BucketsByKey } | null;
}

type Input = CommandInput<typeof chat.sendChatMessage>;
type Ack = CommandAck<typeof chat.sendChatMessage>;

export async function sendMessage(deps: SendMessage, actor: Person, input: Input, socket: RoomSocket): Promise<Ack> {
  if (!socket.isIn(livestreamRoom(input.streamId))) {
    throw new AppError('not_joined', { detail: 'Join the livestream first.' });
  }
  const room = await deps.rooms.open(input.streamId);
  const { clientId } = input;
  if (clientId === undefined) return attempt(deps, room, actor, input);

  // The acknowledgement was lost and the client asks again: the answer is the first attempt's.
  const earlier = room.sent(actor.userId, clientId);
  if (earlier) return asAck(await earlier);
  const sending = attempt(deps, room, actor, input);
  room.noteSend(actor.userId, clientId, sending);
  return asAck(await sending);
}

async function attempt(deps: SendMessage, room: Room, actor: Person, input: Input): Promise<SentMessage> {
  const receivedAtMs = performance.now();
  admit(deps, room, actor);
  const author = await deps.rooms.person(room, actor);

  const now = deps.clock.now();
  const words = comparableText(input.message);
  requireAllowed(mayWrite(room.stream, author, messageFacts(room, author, input.message, words, now), now));
  const forget = room.noteMessage(author.userId, words, now);

  try {
    const judging = deps.moderation.moderateMessage({ text: input.message, channelId: room.stream.channelId });
    const enqueued = await room.inOrder(author.userId, async () => {
      const judgement = await judging;
      const stored = deps.groupCommit.store({
        id: uuid() as MessageId,
        room,
        stream: room.stream,
        author,
        badges: badgesOf(author.standing),
        text: input.message,
        judgement,
        status: STATUS[judgement.decision],
        clientId: input.clientId ?? null,
        createdAt: now,
        receivedAtMs,
      });
      // Wrapped, because the next message waits for its turn, not for this one's commit.
      return { stored };
    });
    return asAck(await enqueued.stored);
  } catch (error) {
    forget();
    throw error;
  }
}

const STATUS = { publish: 'published', hold: 'held', block: 'blocked' } as const;

function admit(deps: SendMessage, room: Room, actor: Person): void {
  if (!deps.limits) return;
  const byPerson = deps.limits.perPersonAndRoom.take(`${room.streamId} ${actor.userId}`);
  const verdict = byPerson.admitted ? deps.limits.perRoom.take(room.streamId) : byPerson;
  if (!verdict.admitted) {
    throw new AppError('rate_limited', { detail: 'Too many messages.', retryAfterMs: verdict.retryAfterMs });
  }
}

function messageFacts(room: Room, author: KnownPerson, text: string, words: string, now: Date) {
  const saidAt = room.saidAt(words);
  return {
    lastMessageAt: room.lastMessageAt(author.userId),
    isEmotesOnly: isEmotesOnly(text),
    isRepetition: saidAt !== null && now.getTime() - saidAt < UNIQUE_WINDOW_MS,
  };
}

export function requireAllowed(verdict: Verdict): void {
  if (verdict.allowed) return;
  const { code, detail, retryAfterMs } = verdict;
  throw new AppError(code, { detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

function asAck({ id, status }: SentMessage): SentMessage {
  return { id, status };
}
