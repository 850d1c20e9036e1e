/** What becomes of a subscription when a payment for it does. Runs in the transaction in which the money is posted. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import type { SettledPayment, Settlement } from '../payments/index.ts';
import { advance, afterPaying } from './advance.ts';
import {
  type ChargeRow,
  findCharge,
  findOpen,
  lastPaidCharge,
  lockSubscription,
  type SubscriptionRow,
  updateCharge,
  updateSubscription,
} from './store.ts';

export const subscriptionSettlement: Settlement = {
  async paid(tx, payment) {
    const { charge, row } = await lockBoth(tx, payment);
    if (charge.status === 'paid' || charge.status === 'refunded') return;
    const paidFor = await whatItPaysFor(tx, row);
    // The charge goes along, so that a refund of it ends what it paid for.
    const settled = { status: 'paid', paymentId: payment.id, settledAt: payment.at } as const;
    await updateCharge(tx, charge.id, { ...settled, subscriptionId: paidFor.id });
    // Another subscription's price is its own, whatever an older checkout asked for.
    const isOwn = paidFor.id === row.id;
    const after = isOwn ? await updateSubscription(tx, row.id, afterPaying(row, charge)) : paidFor;
    await advance(tx, after, { type: 'paid' }, payment.at);
  },

  async failed(tx, payment) {
    const { charge, row } = await lockBoth(tx, payment);
    if (charge.status !== 'pending') return;
    await updateCharge(tx, charge.id, { status: 'failed', paymentId: payment.id, settledAt: payment.at });
    await advance(tx, row, { type: 'failed' }, payment.at);
  },

  async refunded(tx, { isFull, payment }) {
    const { charge, row } = await lockBoth(tx, payment);
    if (!isFull || charge.status !== 'paid') return;
    const last = await lastPaidCharge(tx, row.id);
    await updateCharge(tx, charge.id, { status: 'refunded' });
    // An earlier month that is given back takes nothing from the one that runs.
    if (last?.id === charge.id) await advance(tx, row, { type: 'refunded' }, payment.at);
  },
};

/** The subscription first, always, so that two events of one never wait for each other. */
async function lockBoth(tx: Tx, { purpose }: SettledPayment): Promise<{ charge: ChargeRow; row: SubscriptionRow }> {
  const found = await findCharge(tx, purpose.id);
  const row = found === null ? null : await lockSubscription(tx, found.subscriptionId);
  const charge = await findCharge(tx, purpose.id);
  if (row === null || charge === null) throw new Error(`a payment for a charge that is not there: ${purpose.id}`);
  return { charge, row };
}

/** Paid after it had ended, while the subscriber began another one: the month goes to that. */
async function whatItPaysFor(tx: Tx, row: SubscriptionRow): Promise<SubscriptionRow> {
  if (row.status !== 'ended' || row.subscriberId === null) return row;
  const subscriberId = row.subscriberId as UserId;
  const open =
    row.kind === 'tier'
      ? await findOpen(tx, { kind: 'tier', subscriberId }, true)
      : row.channelId === null
        ? null
        : await findOpen(tx, { kind: 'patronage', subscriberId, channelId: row.channelId }, true);
  return open ?? row;
}
