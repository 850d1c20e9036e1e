/** A chat line as clients receive it, over HTTP and over the socket. */
import { z } from 'zod';
import { badge, instant, messageId, realm, streamId, userId } from './primitives.ts';

export const chatMessage = z.object({
  id: messageId,
  /** Grows by at least one per message of a room; a client that comes back names the last it has. */
  seq: z.int().nonnegative(),
  streamId,
  userId,
  displayName: z.string(),
  message: z.string(),
  danteRealm: realm,
  badges: z.array(badge),
  createdAt: instant,
  status: z.enum(['published', 'held']),
  approvedAt: instant.optional(),
  /** Only to the author: what the author’s client called it. */
  clientId: z.string().optional(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const chatModes = z.object({
  slowSeconds: z.int().nonnegative().nullable(),
  followersMinutes: z.int().nonnegative().nullable(),
  patronsOnly: z.boolean(),
  emoteOnly: z.boolean(),
  uniqueChat: z.boolean(),
  shield: z.boolean(),
});
export type ChatModes = z.infer<typeof chatModes>;
