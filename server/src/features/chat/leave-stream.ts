import { livestreamRoom, moderationRoom, type StreamId } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import type { RoomSocket } from '../../realtime/index.ts';
import type { Presence } from '../presence/index.ts';
import type { Rooms } from './rooms.ts';

export interface LeaveStream {
  readonly rooms: Rooms;
  readonly presence: Presence;
}

export async function leaveStream({ rooms, presence }: LeaveStream, streamId: StreamId, socket: RoomSocket) {
  if (!socket.isIn(livestreamRoom(streamId))) {
    throw new AppError('not_joined', { detail: 'You are not in this livestream.' });
  }
  socket.leave(livestreamRoom(streamId));
  const room = rooms.held(streamId);
  if (room) socket.leave(moderationRoom(room.stream.channelId));
  presence.leave(streamId, socket);
  return {};
}
