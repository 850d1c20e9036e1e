/** Deferred work of livestreams, by name. */
import type { StreamId } from '@virgil/contract';
import { z } from 'zod';
import type { JobRequest } from '../../jobs/index.ts';

export const END_WITHOUT_MEDIA = 'livestream.end-without-media';
export const TELL_FOLLOWERS = 'livestream.tell-followers';

export const endWithoutMediaPayload = z.object({ streamId: z.string() });
export const tellFollowersPayload = z.object({ streamId: z.string(), after: z.string() });

/** One a stream: a later moment replaces an earlier one. */
export function endWithoutMediaJob(streamId: StreamId, runAt: Date): JobRequest {
  return { kind: END_WITHOUT_MEDIA, key: streamId, runAt, payload: { streamId } };
}

/** `after`: the follower that the batch before ended with. */
export function tellFollowersJob(streamId: StreamId, after: string, runAt: Date): JobRequest {
  return { kind: TELL_FOLLOWERS, key: `${streamId}:${after}`, runAt, payload: { streamId, after } };
}
