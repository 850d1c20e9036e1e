/** Deferred work of strikes, by name. */
import { z } from 'zod';

export const END_STRIKE = 'strike.end';
export const endStrikePayload = z.object({ strikeId: z.string() });
