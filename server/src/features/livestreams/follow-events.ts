/** What follows, after the commit, from what happened to a stream, its key, its channel's people. */
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import type { ChannelMembership } from '../channels/index.ts';
import type { LivestreamDeps } from './deps.ts';
import type { LivestreamChanged } from './events.ts';
import { streamGate } from './media-gate.ts';
import { type ActiveStream, readActive, readStreamKey } from './store.ts';
import { tellViewers } from './tell-viewers.ts';

/** Cuts someone's media at once; media access does it. */
export type RevokeViewer = (identity: string, streamId?: StreamId) => Promise<void>;

export type LivestreamReactions = ReturnType<typeof livestreamReactions>;

export function livestreamReactions(deps: LivestreamDeps, revokeViewer: RevokeViewer) {
  const gate = streamGate(deps);
  /** Whoever may no longer watch a stream is cut now, not at the end of a token. */
  const cutFrom = async (concerns: (stream: ActiveStream) => boolean, userId: UserId): Promise<void> => {
    for (const stream of deps.active.all()) {
      if (!concerns(stream)) continue;
      if (!(await gate.mayPersonWatchStream(userId, stream.id))) await revokeViewer(userId, stream.id);
    }
  };
  return {
    /** Room and memory follow the stream, then its viewers hear of it. Repeating it changes nothing. */
    async streamChanged({ type, streamId }: LivestreamChanged): Promise<void> {
      if (type === 'livestream.started') await openIfRunning(deps, streamId);
      if (type === 'livestream.ended') await deps.active.close(streamId);
      await tellViewers(deps, streamId);
    },

    async streamKeyReset({ channelId }: { readonly channelId: ChannelId }): Promise<void> {
      const key = await deps.database.asSystem('follow a new stream key', (tx) => readStreamKey(tx, channelId));
      await deps.active.changeKey(channelId, key);
    },

    memberRevoked: ({ channelId, userId }: Pick<ChannelMembership, 'channelId' | 'userId'>): Promise<void> =>
      cutFrom((stream) => stream.patronOnly && stream.channelId === channelId, userId),

    /** A channel ban keeps out of every stream of the channel. */
    sanctionChanged: (channelId: ChannelId, userId: UserId): Promise<void> =>
      cutFrom((stream) => stream.channelId === channelId, userId),

    /** The platform role may have ended: staff watch patron-only streams of every channel. */
    profileChanged: ({ userId }: { readonly userId: UserId }): Promise<void> =>
      cutFrom((stream) => stream.patronOnly, userId),
  };
}

async function openIfRunning(deps: LivestreamDeps, id: StreamId): Promise<void> {
  if (deps.active.get(id) !== null) return;
  const running = await deps.database.asSystem('open the room of a started livestream', readActive);
  const stream = running.find((each) => each.id === id);
  if (stream !== undefined) await deps.active.open(stream);
}
