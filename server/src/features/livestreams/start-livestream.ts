/** A creator goes live: the stream exists from here on, its video may come later. */
import type { BodyOf, ChannelId, livestreams as contract, OutputOf, StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { enforce, personOfActor, readStanding } from '../channels/index.ts';
import { refuseBanned } from '../penalties/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { describeLivestream, playbackOf } from './describe-livestream.ts';
import { livestreamEvent } from './events.ts';
import { endWithoutMediaJob } from './job-kinds.ts';
import { FIRST_MEDIA_LIMIT_MS, mayStart } from './policy.ts';
import { findStream, insertStream, readStarter, type Stream } from './store.ts';

type Body = BodyOf<typeof contract.startLivestream>;

export async function startLivestream(
  deps: LivestreamDeps,
  actor: Actor,
  body: Body,
): Promise<OutputOf<typeof contract.startLivestream>> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const id = uuidv7() as StreamId;

  const { livestream, stream, streamKey } = await deps.database.asActor(actor, async (tx) => {
    const starter = await readStarter(tx, userId);
    if (starter === null) throw new AppError('sign_in_required');
    enforce(mayStart(starter));
    await refuseBanned(tx, userId, at);
    const stream = await insertStream(tx, { ...columnsOf(body, at), id, channelId: userId, record: starter.record });
    if (stream === null) throw new AppError('already_live');
    const streamKey = await deps.ensureStreamKey(tx, userId, at);

    const { danteRealm, patronOnly } = stream;
    const entry = { entity: 'livestream', entityId: id, actorId: userId, at } as const;
    await recordAudit(tx, { ...entry, type: 'LIVESTREAM_STARTED', details: { danteRealm, patronOnly } });
    await announce(tx, livestreamEvent('livestream.started', stream, at));
    await schedule(tx, endWithoutMediaJob(id, new Date(at.getTime() + FIRST_MEDIA_LIMIT_MS)));

    const row = await findStream(tx, id);
    if (row === null) throw new Error('a livestream vanished in the transaction that made it');
    const standing = await readStanding(tx, userId, actor);
    return { livestream: await describeLivestream(deps, tx, row, actor, standing), stream, streamKey };
  });

  await openRoom(deps, stream, streamKey);
  const playback = await playbackOf(deps, stream, actor, 'owner');
  return { livestream, playback, websocketUrl: deps.publicUrl(), ingest: deps.ingestOf(streamKey) };
}

function columnsOf({ title, description, category, patronOnly, danteRealm }: Body, at: Date) {
  return {
    title,
    description: description ?? '',
    category: category ?? '',
    patronOnly,
    danteRealm,
    startedAt: at,
    updatedAt: at,
  };
}

/** The room is there before the answer is, because clients publish at once. Without media the stream still has chat. */
async function openRoom(deps: LivestreamDeps, stream: Stream, streamKey: string): Promise<void> {
  const { patronOnly, record, mediaState, mediaMs } = stream;
  const ids = { id: stream.id as StreamId, channelId: stream.channelId as ChannelId };
  try {
    await deps.active.open({ ...ids, patronOnly, record, mediaState, mediaMs, streamKey });
  } catch (error) {
    // The first publisher or viewer asks again (`ensureRoom`).
    deps.logger.warn({ err: error, streamId: stream.id }, 'no room for a livestream yet');
  }
}
