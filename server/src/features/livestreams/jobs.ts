/** Deferred work of livestreams. Jobs run on the product clock and look at the state again before they act. */
import type { StreamId, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { defineJob, type JobHandler, schedule } from '../../jobs/index.ts';
import { followersAfter } from '../channels/index.ts';
import { notifyAll } from '../notifications/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { statsOf } from './describe-livestream.ts';
import { endStream, receivedMsOf } from './end-livestream.ts';
import {
  END_WITHOUT_MEDIA,
  endWithoutMediaJob,
  endWithoutMediaPayload,
  TELL_FOLLOWERS,
  tellFollowersJob,
  tellFollowersPayload,
} from './job-kinds.ts';
import { endsWithoutMediaAt } from './policy.ts';
import { findStream, lockStream } from './store.ts';

/** Small enough that a batch is done in a moment, large enough that 10,000 followers are twenty of them. */
const FOLLOWERS_PER_BATCH = 500;

export function livestreamJobs(deps: LivestreamDeps): JobHandler[] {
  return [
    defineJob({
      kind: END_WITHOUT_MEDIA,
      schema: endWithoutMediaPayload,
      run: (tx, { streamId }) => endWithoutMedia(deps, tx, streamId as StreamId),
    }),
    defineJob({
      kind: TELL_FOLLOWERS,
      schema: tellFollowersPayload,
      run: (tx, { streamId, after }) => tellFollowers(deps, tx, streamId as StreamId, after),
    }),
  ];
}

async function endWithoutMedia(deps: LivestreamDeps, tx: Tx, id: StreamId): Promise<void> {
  const at = deps.clock.now();
  const stream = await lockStream(tx, id);
  const endsAt = stream === null || !stream.isActive ? null : endsWithoutMediaAt(stream);
  if (stream === null || endsAt === null) return;
  if (endsAt > at) return schedule(tx, endWithoutMediaJob(id, endsAt));
  // Media may flow again and only the note of it be on its way: whether it does is a matter of real time.
  const stats = await statsOf(deps, id);
  if (stats?.state === 'live') return schedule(tx, endWithoutMediaJob(id, new Date(at.getTime() + 10_000)));
  const receivedMs = await receivedMsOf(deps, id);
  await endStream(tx, stream, { at, actorId: null, reason: 'no_media', receivedMs });
}

/** One batch of followers, and the next one as a job of its own, so that a crash goes on where it stopped. */
async function tellFollowers(deps: LivestreamDeps, tx: Tx, id: StreamId, after: string): Promise<void> {
  const row = await findStream(tx, id);
  if (row === null || !row.stream.isActive) return;
  const { creator, stream } = row;
  const at = deps.clock.now();
  const followers = await followersAfter(tx, stream.channelId, after, FOLLOWERS_PER_BATCH);
  await notifyAll(
    tx,
    followers.map(({ userId }) => ({
      userId: userId as UserId,
      sentBy: null,
      kind: 'livestream.started',
      text: `${creator.displayName} is live: ${stream.title}`,
      data: { streamId: id, channelId: stream.channelId, channel: creator.displayName, title: stream.title },
      at,
    })),
  );
  const last = followers.at(-1);
  if (last !== undefined && followers.length === FOLLOWERS_PER_BATCH) {
    await schedule(tx, tellFollowersJob(id, last.userId, at));
  }
}
