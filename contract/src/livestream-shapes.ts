/** A livestream as lists show it. Apart from `livestreams.ts` because channels show it too. */
import { z } from 'zod';
import { channelId, instant, person, realm, streamId } from './primitives.ts';

/** `waiting`: started, no video yet; `interrupted`: video stopped, may come back within 5 minutes. */
export const mediaState = z.enum(['waiting', 'live', 'interrupted', 'ended']);
export type MediaState = z.infer<typeof mediaState>;

export const livestreamSummary = z.object({
  id: streamId,
  channelId,
  creator: person,
  title: z.string(),
  category: z.string(),
  danteRealm: realm,
  patronOnly: z.boolean(),
  isActive: z.boolean(),
  mediaState,
  viewers: z.int().nonnegative(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /**
   * A still no older than a few seconds; null for patron-only streams (lock instead) and before video. Its name is
   * `5.webp`; `0.webp` to `4.webp` beside it are the ones before, oldest first.
   */
  thumbnailUrl: z.string().nullable(),
});
export type LivestreamSummary = z.infer<typeof livestreamSummary>;
