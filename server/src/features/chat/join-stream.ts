/** Entering a room: may they, who are they here, what have they missed. */
import {
  type CommandAck,
  type CommandInput,
  type chat,
  livestreamRoom,
  moderationRoom,
  type StreamId,
  type Tip,
  type UserId,
} from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { RoomSocket } from '../../realtime/index.ts';
import { channelRoleOf, GUEST_STANDING, type Standing } from '../channels/index.ts';
import type { Presence } from '../presence/index.ts';
import type { JoinedChannels } from './joined-channels.ts';
import { mayEnter, type PersonFacts } from './policy.ts';
import type { Rooms } from './rooms.ts';
import { requireAllowed } from './send-message.ts';

/** More open players than anybody watches at once. */
const MAX_STREAMS_PER_SOCKET = 20;

/** The tips a room shows; the slice that takes them keeps them. Tips of a stream are there once it was loaded. */
export interface RoomTips {
  load(streamId: StreamId): Promise<void>;
  recent(streamId: StreamId, reader: { readonly userId: UserId | null; readonly moderates: boolean }): Tip[];
}

export interface JoinStream {
  readonly rooms: Rooms;
  readonly joined: JoinedChannels;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly tips: RoomTips;
}

const GUEST: PersonFacts = {
  standing: GUEST_STANDING,
  followingSince: null,
  timedOutUntil: null,
  channelBan: null,
};

export async function joinStream(
  { rooms, joined, presence, clock, tips }: JoinStream,
  actor: Actor,
  { streamId, lastSeq }: CommandInput<typeof chat.joinStream>,
  socket: RoomSocket,
): Promise<CommandAck<typeof chat.joinStream>> {
  const room = await rooms.open(streamId);
  // Before the person is looked at: no pause may come between that and their being in the room.
  await tips.load(streamId);
  const known = await rooms.meet(room, actor);
  const person = known ?? GUEST;

  requireAllowed(mayEnter(room.stream, person, clock.now()));
  if (!socket.isIn(livestreamRoom(streamId)) && presence.streamsOf(socket) >= MAX_STREAMS_PER_SOCKET) {
    throw new AppError('rate_limited', { detail: 'Leave a livestream before joining another.', retryAfterMs: 0 });
  }

  // From here on without a pause: a message is either in this history or comes after it.
  socket.join(livestreamRoom(streamId));
  joined.note(socket, streamId, room.stream.channelId);
  const moderates = mayModerate(person.standing);
  if (moderates) socket.join(moderationRoom(room.stream.channelId));
  const viewers = presence.enter(streamId, socket, known?.displayName ?? null);
  const { messages, gap } = room.history({ userId: known?.userId ?? null, seesHeld: moderates }, lastSeq);
  const { timedOutUntil } = person;
  return {
    viewers,
    seq: room.seq,
    history: messages,
    tips: tips.recent(streamId, { userId: known?.userId ?? null, moderates }),
    ...(gap ? { gap } : {}),
    modes: room.stream.modes,
    me: {
      role: channelRoleOf(person.standing),
      ...(timedOutUntil !== null && timedOutUntil > clock.now() ? { timedOutUntil: timedOutUntil.toISOString() } : {}),
    },
  };
}

export function mayModerate(standing: Standing): boolean {
  return standing.isOwner || standing.granted.has('moderator') || standing.platformRole === 'admin';
}
