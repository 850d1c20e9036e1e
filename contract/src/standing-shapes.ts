/** What decisions about people share: what they can be for, where they came from, how someone stands. */
import { z } from 'zod';
import { instant } from './primitives.ts';

/** Which kind of decision gave a strike. */
export const strikeSource = z.enum(['report', 'dmca', 'review', 'admin']);

/** `active`: nothing stands against them. `warned`: strikes are in force. `banned`: a penalty is. */
export const standing = z.enum(['active', 'warned', 'banned']);
export type Standing = z.infer<typeof standing>;

/** A decision about oneself, or about someone as an admin reads it. `expiresAt` is absent when it has no end. */
export const penaltyItem = z.object({
  kind: z.enum(['penalty', 'strike']),
  id: z.string(),
  reason: z.string(),
  issuedAt: instant,
  expiresAt: instant.optional(),
  /** In force now. */
  active: z.boolean(),
  /** Whether an appeal may be handed in now. */
  appealable: z.boolean(),
  /** The newest appeal against it. */
  appealId: z.string().optional(),
});
