/** Deferred work of subscriptions, by name. */
import { z } from 'zod';
import type { JobRequest } from '../../jobs/index.ts';

export const DUE = 'subscription.due';
export const duePayload = z.object({ subscriptionId: z.string() });

/** One a subscription: a later moment replaces an earlier one. */
export function dueJob(subscriptionId: string, runAt: Date): JobRequest {
  return { kind: DUE, key: subscriptionId, runAt, payload: { subscriptionId } };
}
