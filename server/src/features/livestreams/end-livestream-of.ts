/** A closed account broadcasts no more: its running livestream ends, on whichever node it runs. */
import type { UserId } from '@virgil/contract';
import type { LivestreamDeps } from './deps.ts';
import { closeRoom, endStream, receivedMsOf } from './end-livestream.ts';
import { lockActiveOf } from './store.ts';

/** Repeating it changes nothing. */
export async function endLivestreamOf(deps: LivestreamDeps, userId: UserId): Promise<void> {
  // A creator's channel id is the creator's profile id.
  const here = deps.active.all().filter(({ channelId }) => String(channelId) === String(userId));
  const received = await Promise.all(here.map(({ id }) => receivedMsOf(deps, id)));
  await deps.database.asSystem('a closed account broadcasts no more', async (tx) => {
    const stream = await lockActiveOf(tx, userId);
    if (stream === null) return;
    const at = deps.clock.now();
    await endStream(tx, stream, { at, actorId: null, reason: 'decision', receivedMs: Math.max(0, ...received) });
  });
  for (const { id } of here) await closeRoom(deps, id);
}
