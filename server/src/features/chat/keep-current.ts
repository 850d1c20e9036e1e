/**
 * Keeps rooms right when something changes elsewhere. Each is called for an event after its commit and reads the
 * database again, so that events may come twice or late without harm.
 */
import { isDeepStrictEqual } from 'node:util';
import { type BroadcastPayload, type ChannelId, chat, type StreamId, type UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Realtime } from '../../realtime/index.ts';
import { channelRoleOf } from '../channels/index.ts';
import type { Presence } from '../presence/index.ts';
import { mayModerate } from './join-stream.ts';
import { mayEnter } from './policy.ts';
import type { KnownPerson, Room } from './room.ts';
import type { Rooms } from './rooms.ts';

export interface KeepCurrent {
  readonly rooms: Rooms;
  readonly presence: Presence;
  readonly realtime: Realtime;
  readonly clock: Clock;
}

/**
 * A role, a follow, a timeout or a ban of this person on this channel changed. They leave the moderation room first:
 * a socket may still be in it when no chat room in memory knows the person any more.
 */
export async function personChanged(deps: KeepCurrent, channelId: ChannelId, userId: UserId): Promise<void> {
  deps.rooms.outdate(userId);
  deps.realtime.removeFromModeration(userId, channelId);
  for (const room of deps.rooms.ofChannel(channelId)) await meetAgain(deps, room, userId);
}

/** Their name or platform role changed. */
export async function profileChanged(deps: KeepCurrent, userId: UserId): Promise<void> {
  deps.rooms.outdate(userId);
  deps.realtime.removeFromAllModeration(userId);
  for (const room of deps.rooms.knowing(userId)) await meetAgain(deps, room, userId);
}

async function meetAgain(deps: KeepCurrent, room: Room, userId: UserId): Promise<void> {
  const known = room.knows(userId);
  if (!known) return;
  const actor: Actor = { kind: 'person', userId, role: known.standing.platformRole };
  const person = await deps.rooms.meet(room, actor);
  if (!person) return;
  tellStanding(deps, room, { before: known, now: person });
  place(deps, room, person);
}

/** Before they are shown out of the room, where nothing reaches them any more. */
function tellStanding(
  { realtime, clock }: KeepCurrent,
  { stream: { streamId } }: Room,
  person: { readonly before: KnownPerson; readonly now: KnownPerson },
): void {
  const me = standingHere(person.now, clock.now());
  if (isDeepStrictEqual(me, standingHere(person.before, new Date(0)))) return;
  realtime.toUser(person.now.userId, chat.chatStanding, { streamId, me }, { inStream: streamId });
}

function standingHere(person: KnownPerson, now: Date): BroadcastPayload<typeof chat.chatStanding>['me'] {
  const { channelBan, standing, timedOutUntil } = person;
  return {
    role: channelRoleOf(standing),
    ...(timedOutUntil !== null && timedOutUntil > now ? { timedOutUntil: timedOutUntil.toISOString() } : {}),
    ...(channelBan === 'forever' || (channelBan !== null && channelBan > now) ? { banned: true as const } : {}),
  };
}

/** Into the rooms that are theirs now, out of those that are not. */
function place({ realtime, presence, clock }: KeepCurrent, room: Room, person: KnownPerson): void {
  const { streamId, channelId } = room.stream;
  if (mayModerate(person.standing)) realtime.addToModeration(person.userId, channelId, streamId);
  else realtime.removeFromModeration(person.userId, channelId);
  const entry = mayEnter(room.stream, person, clock.now());
  if (entry.allowed || entry.code === 'stream_ended') return;
  realtime.removeFromStream(person.userId, streamId);
  presence.expel(streamId, person.userId);
}

/** The stream's title, realm or modes changed. */
export async function streamChanged({ rooms, realtime }: KeepCurrent, streamId: StreamId): Promise<void> {
  const before = rooms.held(streamId)?.stream.modes;
  const room = await rooms.renewStream(streamId);
  if (!room || JSON.stringify(before) === JSON.stringify(room.stream.modes)) return;
  realtime.toStream(streamId, chat.chatModesChanged, { streamId, modes: room.stream.modes });
}

export async function streamEnded({ rooms, presence }: KeepCurrent, streamId: StreamId): Promise<void> {
  await rooms.renewStream(streamId);
  presence.end(streamId);
  await presence.write();
}
