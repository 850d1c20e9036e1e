/** Deferred work of penalties, by name. */
import { z } from 'zod';

export const END_PENALTY = 'penalty.end';
export const endPenaltyPayload = z.object({ penaltyId: z.string() });
