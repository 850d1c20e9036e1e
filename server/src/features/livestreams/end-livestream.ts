/** A livestream ends: by its creator, because no media came, or because staff decided so. */
import type { livestreams as contract, Money, OutputOf, StreamId, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { cancel } from '../../jobs/index.ts';
import { enforce, personOfActor, readStanding } from '../channels/index.ts';
import { creditBonus } from '../ledger/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { describeLivestream, statsOf } from './describe-livestream.ts';
import { livestreamEvent } from './events.ts';
import { END_WITHOUT_MEDIA } from './job-kinds.ts';
import { mayDirect } from './policy.ts';
import { findStream, lockStream, type Stream, updateStream } from './store.ts';

type EndReason = 'creator' | 'no_media' | 'decision';

export async function endLivestream(
  deps: LivestreamDeps,
  actor: Actor,
  id: StreamId,
): Promise<OutputOf<typeof contract.endLivestream>> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const receivedMs = await receivedMsOf(deps, id);
  const standing = await deps.database.asActor(actor, async (tx) => {
    const seen = await findStream(tx, id);
    if (seen === null) throw new AppError('not_found');
    const standing = await readStanding(tx, seen.stream.channelId, actor);
    enforce(mayDirect(seen.stream, standing));
    return standing;
  });
  // Beyond row security, because the bonus is credited in the same transaction, and nobody writes in the ledger.
  const ended = await deps.database.asSystem('end a livestream and credit its bonus', async (tx) => {
    const stream = await lockStream(tx, id);
    if (stream === null || !stream.isActive) throw new AppError('stream_ended');
    const bonus = await endStream(tx, stream, { at, actorId: userId, reason: 'creator', receivedMs });
    const row = await findStream(tx, id);
    if (row === null) throw new Error('a livestream vanished in the transaction that ended it');
    return { livestream: await describeLivestream(deps, tx, row, actor, standing), bonus };
  });
  await closeRoom(deps, id);
  return ended;
}

/**
 * The end itself with its completion bonus, in the system's transaction of whatever decided on it; `stream` is locked
 * there. The room closes when the announcement is delivered, or at once by `closeRoom`.
 */
export async function endStream(
  tx: Tx,
  stream: Stream,
  end: { readonly at: Date; readonly actorId: string | null; readonly reason: EndReason; readonly receivedMs: number },
): Promise<Money | null> {
  const { at, actorId, reason } = end;
  const mediaMs = Math.max(stream.mediaMs, end.receivedMs);
  await updateStream(tx, stream.id, {
    isActive: false,
    mediaState: 'ended',
    viewers: 0,
    mediaMs,
    endedAt: at,
    endReason: reason,
    updatedAt: at,
  });
  const details = { reason, mediaSeconds: Math.floor(mediaMs / 1000), peakViewers: stream.peakViewers };
  await recordAudit(tx, { type: 'LIVESTREAM_ENDED', entity: 'livestream', entityId: stream.id, actorId, at, details });
  await announce(tx, livestreamEvent('livestream.ended', stream, at));
  await cancel(tx, { kind: END_WITHOUT_MEDIA, key: stream.id });
  // Both ids come from our own row.
  const earned = { id: stream.id as StreamId, creatorId: stream.channelId as string as UserId, receivedMs: mediaMs };
  return creditBonus(tx, earned, at);
}

/** Media received in all: before this room was opened, and since. Zero when the engine cannot say. */
export async function receivedMsOf(deps: LivestreamDeps, id: StreamId): Promise<number> {
  const stream = deps.active.get(id);
  if (stream === null) return 0;
  const stats = await statsOf(deps, id);
  return stats === null ? 0 : stream.mediaMs + Math.floor(stats.receivedMs);
}

export async function closeRoom(deps: LivestreamDeps, id: StreamId): Promise<void> {
  try {
    await deps.active.close(id);
  } catch (error) {
    // The announcement closes it again until it is closed.
    deps.logger.warn({ err: error, streamId: id }, 'the room of an ended livestream is still open');
  }
}
