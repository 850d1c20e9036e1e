/**
 * Whose streams a socket has joined. A livestream's room may be forgotten while sockets are still in it, so leaving
 * must not need it to know the channel.
 */
import { type ChannelId, livestreamRoom, moderationRoom, type StreamId } from '@virgil/contract';
import type { RoomSocket } from '../../realtime/index.ts';

export class JoinedChannels {
  readonly #bySocket = new WeakMap<RoomSocket, Map<StreamId, ChannelId>>();

  note(socket: RoomSocket, streamId: StreamId, channelId: ChannelId): void {
    const joined = this.#bySocket.get(socket);
    if (joined) joined.set(streamId, channelId);
    else this.#bySocket.set(socket, new Map([[streamId, channelId]]));
  }

  /** Leaves the livestream's room, and the moderation room unless another stream of the channel is watched. */
  leave(socket: RoomSocket, streamId: StreamId): void {
    socket.leave(livestreamRoom(streamId));
    const joined = this.#bySocket.get(socket);
    const channelId = joined?.get(streamId);
    if (joined === undefined || channelId === undefined) return;
    joined.delete(streamId);
    const stillThere = [...joined].some(([id, channel]) => channel === channelId && socket.isIn(livestreamRoom(id)));
    if (!stillThere) socket.leave(moderationRoom(channelId));
  }
}
