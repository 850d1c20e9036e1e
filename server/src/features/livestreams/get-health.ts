/** What arrives from the encoder, for the creator's studio. */
import type { livestreams as contract, StreamId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { MediaRefusal, type RoomStats } from '../../media/engine.ts';
import { enforce, readStanding } from '../channels/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { maySeeHealth } from './policy.ts';
import { findStream } from './store.ts';

export async function getHealth(deps: LivestreamDeps, actor: Actor, id: StreamId): Promise<contract.LivestreamHealth> {
  const stream = await deps.database.asActor(actor, async (tx) => {
    const row = await findStream(tx, id);
    if (row === null) throw new AppError('not_found');
    enforce(maySeeHealth(await readStanding(tx, row.stream.channelId, actor)));
    return row.stream;
  });
  const stats = stream.isActive ? await figuresOf(deps, id) : null;
  const countedMs = deps.active.get(id)?.mediaMs ?? 0;
  const receivedMs = Math.max(stream.mediaMs, countedMs + (stats?.receivedMs ?? 0));
  return {
    mediaState: stream.mediaState,
    source: stats?.source ?? null,
    videoKbps: stats?.videoKbps ?? 0,
    audioKbps: stats?.audioKbps ?? 0,
    framesPerSecond: stats?.framesPerSecond ?? 0,
    width: stats?.width ?? null,
    height: stats?.height ?? null,
    packetLoss: stats?.packetLoss ?? 0,
    keyframeIntervalMs:
      stats === null || stats.keyframeIntervalMs === null ? null : Math.round(stats.keyframeIntervalMs),
    webrtcViewers: stats?.webrtcViewers ?? 0,
    hlsViewers: stats?.hlsViewers ?? 0,
    receivedSeconds: Math.floor(receivedMs / 1000),
    notice: stats?.notice ?? null,
  };
}

/** Null for a room that is not open yet: nothing arrives there. */
async function figuresOf(deps: LivestreamDeps, id: StreamId): Promise<RoomStats | null> {
  try {
    return await deps.engine.stats(id);
  } catch (error) {
    if (!(error instanceof MediaRefusal)) throw error;
    if (error.code === 'not_found' || error.code === 'stream_not_started') return null;
    throw new AppError('media_unavailable', { detail: error.message, cause: error });
  }
}
