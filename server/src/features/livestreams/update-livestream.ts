/** The creator changes title, words, category or realm while the stream runs. */
import type { BodyOf, livestreams as contract, StreamId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import { differing } from '../../differing.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor, readStanding } from '../channels/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { describeLivestream } from './describe-livestream.ts';
import { livestreamEvent } from './events.ts';
import { mayDirect } from './policy.ts';
import { findStream, lockStream, updateStream } from './store.ts';

export async function updateLivestream(
  deps: LivestreamDeps,
  actor: Actor,
  id: StreamId,
  body: BodyOf<typeof contract.updateLivestream>,
): Promise<contract.Livestream> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const seen = await findStream(tx, id);
    if (seen === null) throw new AppError('not_found');
    const standing = await readStanding(tx, seen.stream.channelId, actor);
    enforce(mayDirect(seen.stream, standing));
    if ((await lockStream(tx, id))?.isActive !== true) throw new AppError('stream_ended');
    const change = differing(seen.stream, body);
    if (Object.keys(change).length > 0) {
      await updateStream(tx, id, { ...change, updatedAt: at });
      const entry = { entity: 'livestream', entityId: id, actorId: userId, at } as const;
      await recordAudit(tx, { ...entry, type: 'LIVESTREAM_UPDATED', details: { fields: Object.keys(change) } });
      await announce(tx, livestreamEvent('livestream.updated', seen.stream, at));
    }
    const row = await findStream(tx, id);
    if (row === null) throw new Error('a livestream vanished in the transaction that changed it');
    return describeLivestream(deps, tx, row, actor, standing);
  });
}
