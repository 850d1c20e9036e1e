/** After a start of the server: the rooms of what was live are opened again, and their jobs decide what becomes of them. */

import type { LivestreamDeps } from './deps.ts';
import { interrupt } from './media-watch.ts';
import { lockStream, readActive } from './store.ts';

export async function resumeStreams(deps: LivestreamDeps): Promise<void> {
  const { active, clock, database, logger } = deps;
  const streams = await database.asSystem('open the rooms of running livestreams', readActive);
  for (const stream of streams) {
    try {
      await active.open(stream);
    } catch (error) {
      logger.warn({ err: error, streamId: stream.id }, 'no room for a livestream yet');
    }
    // A publisher has the usual time to come back, from now on: the server was away, not the publisher.
    if (stream.mediaState === 'live') {
      await database.asSystem('a restart interrupts what was live', async (tx) => {
        const row = await lockStream(tx, stream.id);
        if (row?.isActive && row.mediaState === 'live') await interrupt(tx, row, row.mediaMs, clock.now());
      });
    }
  }
}
