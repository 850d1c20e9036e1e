/** A tip as a room sees it. Apart from `tips.ts` because the room of a livestream carries it too. */
import { z } from 'zod';
import { badge, instant, money, streamId, userId } from './primitives.ts';

export const tipId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .brand<'TipId'>();
export type TipId = z.infer<typeof tipId>;

export const tip = z.object({
  id: tipId,
  streamId,
  /** Null once that account is gone. */
  userId: userId.nullable(),
  displayName: z.string(),
  badges: z.array(badge),
  amount: money,
  /** Null without one, and while it is withheld from the reader. */
  message: z.string().nullable(),
  /**
   * `held`: the author and the channel's moderators read it, to everybody else there is none; `blocked`: told to the
   * author alone, and shown to nobody.
   */
  messageStatus: z.enum(['none', 'published', 'held', 'blocked']),
  /** When it was paid, and with that shown. */
  createdAt: instant,
});
export type Tip = z.infer<typeof tip>;
