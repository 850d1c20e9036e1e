/** What a running stream showed around a text, cut from the last minute that its engine remembers, or
 * from the recording that is being written. */
import type { desk as contract, StreamId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { FileAnswer } from '../../http/index.ts';
import { MediaRefusal } from '../../media/engine.ts';
import type { DeskDeps } from './deps.ts';
import { readItem } from './get-review-item.ts';
import { streamOf } from './item-store.ts';
import { cutOf } from './moment-policy.ts';

export async function getMomentVideo(
  deps: Pick<DeskDeps, 'clock' | 'database' | 'engine'>,
  actor: Actor,
  id: contract.ReviewItemId,
): Promise<FileAnswer> {
  const { item } = await readItem(deps, actor, id);
  const found = await deps.database.asActor(actor, (tx) => streamOf(tx, item.streamId));
  if (found === null || item.sourceType !== 'live' || !found.stream.isActive) throw new AppError('not_found');
  const { id: streamId, lastMediaAt, mediaState } = found.stream;
  const end = mediaState === 'interrupted' ? (lastMediaAt ?? deps.clock.now()) : deps.clock.now();
  const { endingSecondsAgo, seconds } = cutOf(item.contentCreatedAt, end);
  try {
    const { bytes } = await deps.engine.clip(streamId as StreamId, seconds, endingSecondsAgo);
    return { type: 'video/mp4', fileName: `moment-${item.id}.mp4`, body: bytes };
  } catch (cause) {
    if (!(cause instanceof MediaRefusal)) throw cause;
    const code = cause.code === 'media_unavailable' ? 'media_unavailable' : 'not_found';
    throw new AppError(code, { detail: cause.message, cause });
  }
}
