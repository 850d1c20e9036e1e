/** Renewals, retries and lapses, on the product clock. The job decides; the charge itself follows its commit. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import { isBannedFrom } from '../channels/index.ts';
import { advance } from './advance.ts';
import { chargeDue } from './events.ts';
import { DUE, duePayload } from './job-kinds.ts';
import { isLive, type LifeEvent } from './policy.ts';
import { findOffer, isBannedFromPlatform, lockSubscription, openChargeOf, type SubscriptionRow } from './store.ts';

export const subscriptionJobs: readonly JobHandler[] = [
  defineJob({
    kind: DUE,
    schema: duePayload,
    async run(tx, { subscriptionId }, { now }) {
      const row = await lockSubscription(tx, subscriptionId);
      if (row === null) return;
      const { chargeId, row: after } = await advance(
        tx,
        row,
        { type: 'due', stop: await reasonToStop(tx, row, now) },
        now,
      );
      // One that never reached the provider is sent again; one that did answers what it answered.
      const open = chargeId ?? (isLive(after) ? (await openChargeOf(tx, row.id))?.id : undefined);
      if (open !== undefined) await announce(tx, chargeDue(row.id, open, now));
    },
  }),
];

type Stop = Extract<LifeEvent, { type: 'due' }>['stop'];

/** Nobody is charged for a month that is closed to them. */
async function reasonToStop(tx: Tx, row: SubscriptionRow, at: Date): Promise<Stop> {
  if (row.subscriberId === null) return 'account_gone';
  if (await isBannedFromPlatform(tx, row.subscriberId, at)) return 'banned';
  if (row.kind === 'tier') return null;
  if (row.channelId === null) return 'account_gone';
  if ((await findOffer(tx, row.channelId))?.price == null) return 'offer_ended';
  const isShutOut =
    (await isBannedFrom(tx, row.channelId, row.subscriberId as UserId, at)) ||
    (await isBannedFromPlatform(tx, row.channelId, at));
  return isShutOut ? 'banned' : null;
}
