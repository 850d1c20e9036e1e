/** Tells a stream's room what the stream is now. */
import { type ChannelId, livestreams as contract, type StreamId } from '@virgil/contract';
import type { LivestreamDeps } from './deps.ts';
import { findStream, type Stream } from './store.ts';

type Deps = Pick<LivestreamDeps, 'database' | 'realtime'>;

/** The state is read now, not at the event: a late event must not bring an old state back. */
export async function tellViewers(deps: Deps, id: StreamId, reconnectMedia = false): Promise<void> {
  const row = await deps.database.publicRead((db) => findStream(db, id));
  if (row !== null) sendState(deps, row.stream, reconnectMedia);
}

function sendState({ realtime }: Deps, stream: Stream, reconnectMedia: boolean): void {
  const id = stream.id as StreamId;
  realtime.toStream(id, contract.streamState, {
    streamId: id,
    channelId: stream.channelId as ChannelId,
    mediaState: stream.mediaState,
    isActive: stream.isActive,
    title: stream.title,
    danteRealm: stream.danteRealm,
    endedAt: stream.endedAt?.toISOString() ?? null,
    reconnectMedia,
  });
}
