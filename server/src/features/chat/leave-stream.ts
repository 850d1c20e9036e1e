import { livestreamRoom, type StreamId } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import type { RoomSocket } from '../../realtime/index.ts';
import type { Presence } from '../presence/index.ts';
import type { JoinedChannels } from './joined-channels.ts';

export interface LeaveStream {
  readonly joined: JoinedChannels;
  readonly presence: Presence;
}

export async function leaveStream({ joined, presence }: LeaveStream, streamId: StreamId, socket: RoomSocket) {
  if (!socket.isIn(livestreamRoom(streamId))) {
    throw new AppError('not_joined', { detail: 'You are not in this livestream.' });
  }
  joined.leave(socket, streamId);
  presence.leave(streamId, socket);
  return {};
}
