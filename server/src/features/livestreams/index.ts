/** The door of livestreams. */
import type { LivestreamSummary } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import type { MediaEngine } from '../../media/engine.ts';
import { summaryOf } from './describe-livestream.ts';
import { activeOfChannels } from './store.ts';

export { ActiveStreams } from './active-streams.ts';
export type { LivestreamDeps } from './deps.ts';
export { endStream } from './end-livestream.ts';
export { endLivestreamOf } from './end-livestream-of.ts';
export { enterStream } from './enter-stream.ts';
export type { LivestreamEvent } from './events.ts';
export { type LivestreamReactions, livestreamReactions } from './follow-events.ts';
export { livestreamJobs } from './jobs.ts';
export { streamGate } from './media-gate.ts';
export { MediaWatch } from './media-watch.ts';
export { resumeStreams } from './resume-streams.ts';
export { livestreamRoutes } from './routes.ts';
export { findStream, lockStream } from './store.ts';

/** For channels: what each of them broadcasts now. */
export function liveOf(engine: MediaEngine) {
  return async (tx: Tx, channelIds: readonly string[]): Promise<Map<string, LivestreamSummary>> => {
    const rows = await activeOfChannels(tx, channelIds);
    return new Map(rows.map((row) => [row.stream.channelId, summaryOf(row, engine)]));
  };
}
