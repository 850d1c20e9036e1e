/** The port by which features speak to connected clients. Rooms hold sockets; a person may have several. */
import type { Broadcast, BroadcastPayload, ChannelId, StreamId, UserId, VideoId } from '@virgil/contract';

/** Why the server ended a connection; the client is told just before. */
export type SessionEnd = 'banned' | 'signed_out' | 'rate_limited';

export interface Realtime {
  /** To everybody in the livestream's room, in the order of the calls. */
  toStream<B extends Broadcast>(
    streamId: StreamId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options?: { readonly exceptUser?: UserId },
  ): void;
  /** To every socket of one person; with `inStream` only to those that are in that livestream's room. */
  toUser<B extends Broadcast>(
    userId: UserId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options?: { readonly inStream?: StreamId },
  ): void;
  /** To the owner and the moderators of a channel, wherever they watch or moderate. */
  toModerators<B extends Broadcast>(
    channelId: ChannelId,
    broadcast: B,
    payload: BroadcastPayload<B>,
    options?: { readonly exceptUser?: UserId },
  ): void;
  /** To everybody who has this recording's page open. */
  toVideo<B extends Broadcast>(videoId: VideoId, broadcast: B, payload: BroadcastPayload<B>): void;
  /**
   * Ends every connection of a person: a platform ban, or all sessions revoked. After a ban a new connection is for
   * the inbox alone, knows it, and stays.
   */
  disconnectUser(userId: UserId, reason: SessionEnd): void;
  /** Takes one person out of a livestream's room on every socket (a channel ban, a lapsed patron). */
  removeFromStream(userId: UserId, streamId: StreamId): void;
  /** Lets someone who just became a moderator into the channel's moderation room, on the sockets that watch its stream. */
  addToModeration(userId: UserId, channelId: ChannelId, watching: StreamId): void;
  /** Takes one person out of a channel's moderation room (the role was revoked). */
  removeFromModeration(userId: UserId, channelId: ChannelId): void;
  /** The same for every channel (the platform role may have ended). */
  removeFromAllModeration(userId: UserId): void;
}
