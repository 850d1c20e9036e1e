/**
 * What media asks of the features behind it: which stream or recording, and may this person see it. The features that
 * own those facts implement it; `app.ts` puts them together.
 */
import type { ChannelId, ProblemCode, StreamId, UserId, VideoId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';

export interface StreamFacts {
  readonly id: StreamId;
  readonly channelId: ChannelId;
  readonly patronOnly: boolean;
  readonly isActive: boolean;
}

export interface VideoFacts {
  readonly id: VideoId;
  readonly channelId: ChannelId;
  /** Anyone may watch: no token is asked for. */
  readonly isOpen: boolean;
  /** By a decision: a token given out before it opens nothing by itself. */
  readonly isRemoved: boolean;
  /** Absolute paths. */
  readonly path: string;
  readonly thumbnailPath: string | null;
}

/** Null: allowed. */
export type Refusal = ProblemCode | null;

export interface MediaGate {
  /** Cheap: asked for every segment. */
  stream(id: StreamId): Promise<StreamFacts | null>;
  mayWatchStream(stream: StreamFacts, actor: Actor): Promise<Refusal>;
  /** The same for someone known by a token alone. */
  mayPersonWatch(
    userId: UserId,
    resource: { readonly kind: 'stream' | 'video'; readonly id: string },
  ): Promise<boolean>;
  /** Reopens the room of a running stream that the engine does not know (it was out of order when the stream started). */
  ensureRoom(id: StreamId): Promise<void>;
  /** Null for an unknown key; a channel without a running stream has `streamId` null. */
  channelOfKey(
    streamKey: string,
  ): Promise<{ readonly channelId: ChannelId; readonly streamId: StreamId | null } | null>;
  video(id: VideoId): Promise<VideoFacts | null>;
  mayWatchVideo(video: VideoFacts, actor: Actor): Promise<Refusal>;
}
