/**
 * A line was decided on: the room in memory and everybody in it follow what is stored. Called for an event after its
 * commit, on the node that follows the outbox, and on the others by a signal; late or twice does no harm, because only
 * what differs from the room is told.
 */
import { type ChatMessage, chat, type MessageId, type StreamId } from '@virgil/contract';
import type { Database } from '../../db/index.ts';
import type { NodeSignal } from '../../db/node-signals.ts';
import { AppError } from '../../errors.ts';
import type { Realtime } from '../../realtime/index.ts';
import { spreadAgain } from './fan-out.ts';
import type { GroupCommit } from './group-commit.ts';
import { type LineRef, lineOf } from './line-signal.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { placeAfterEnd, readLine, type StoredLine } from './store.ts';

export interface LineChanges {
  readonly database: Database;
  readonly rooms: Rooms;
  readonly realtime: Realtime;
  readonly groupCommit: GroupCommit;
}

/** The event: a line that is shown again gets its place in the order of what this room tells. */
export async function lineChanged(deps: LineChanges, { messageId, streamId }: LineRef): Promise<void> {
  const line = await read(deps, messageId);
  if (line === null) return;
  if (line.status !== 'published' || line.isPlaced) return follow(deps, streamId, line);
  const room = await openOrNull(deps, streamId);
  if (room !== null) return deps.groupCommit.place(room, messageId);
  // Nobody writes into an ended stream: the next number is free.
  await deps.database.asSystem('a line of an ended stream is released', (tx) => placeAfterEnd(tx, streamId, messageId));
  const placed = await read(deps, messageId);
  // Its page may be open still.
  if (placed?.status === 'published') deps.realtime.toStream(streamId, chat.chatMessageSent, placed.line);
}

/** The word of another node, or of this one. */
export async function hearLine(deps: LineChanges, word: NodeSignal): Promise<void> {
  const ref = lineOf(word);
  if (ref === null || deps.rooms.held(ref.streamId) === undefined) return;
  const { messageId, streamId } = ref;
  const line = await read(deps, messageId);
  if (line?.isPlaced) await follow(deps, streamId, line);
}

const read = ({ database }: LineChanges, id: MessageId) =>
  database.asSystem('a line of chat was decided on', (tx) => readLine(tx, id));

async function openOrNull({ rooms }: LineChanges, streamId: StreamId): Promise<Room | null> {
  try {
    return await rooms.open(streamId);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'stream_ended' || error.code === 'not_found')) return null;
    throw error;
  }
}

async function follow({ realtime, rooms }: LineChanges, streamId: StreamId, { line, status }: StoredLine) {
  // A room that is being opened may have read what was before.
  const room = await rooms.opened(streamId);
  if (room === undefined) {
    if (status !== 'published') realtime.toStream(streamId, chat.messageRemoved, { streamId, ids: [line.id] });
    return;
  }
  const shown = room.shows(line.id);
  if (shown?.status === line.status && shown.seq === line.seq && (status === 'published' || status === 'held')) return;
  switch (status) {
    case 'published':
      return spreadAgain(realtime, room, line);
    case 'held':
      room.remove(new Set([line.id]));
      if (shown?.status === 'published') tellGone(realtime, room, line, 'everybody');
      room.hold(line);
      realtime.toModerators(room.stream.channelId, chat.chatMessageSent, line, { exceptUser: line.userId });
      return realtime.toUser(line.userId, chat.chatMessageSent, line, { inStream: streamId });
    case 'removed':
    case 'rejected':
    case 'blocked':
      room.remove(new Set([line.id]));
      // Of what was only held, the others never knew.
      return tellGone(realtime, room, line, isUnknown(status, shown) ? 'those who saw it' : 'everybody');
  }
}

const isUnknown = (status: StoredLine['status'], shown: ChatMessage | undefined): boolean =>
  shown === undefined ? status === 'rejected' : shown.status === 'held';

function tellGone(realtime: Realtime, room: Room, line: ChatMessage, whom: 'everybody' | 'those who saw it'): void {
  const { channelId, streamId } = room.stream;
  const gone = { streamId, ids: [line.id] };
  if (whom === 'everybody') {
    realtime.toStream(streamId, chat.messageRemoved, gone);
    return;
  }
  realtime.toModerators(channelId, chat.messageRemoved, gone, { exceptUser: line.userId });
  realtime.toUser(line.userId, chat.messageRemoved, gone, { inStream: streamId });
}
