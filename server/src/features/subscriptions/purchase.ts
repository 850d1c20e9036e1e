/** The end of every purchase: charge what is to be charged while the buyer waits, and say how it stands. */
import type { subscriptions as contract } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { type Advanced, openCharge } from './advance.ts';
import { chargeSubscription } from './charge-subscription.ts';
import type { SubscriptionDeps } from './deps.ts';
import { subscriptionOf } from './describe-subscription.ts';
import { dueJob } from './job-kinds.ts';
import { nextLookAt, type Price } from './policy.ts';
import { findDescribed, findOpen, insertSubscription, lifeOf, type Of } from './store.ts';

/** Of several clicks at once one begins it; the others find that one. */
export async function begin(
  tx: Tx,
  of: Of & { readonly tier: contract.PaidTier | null },
  price: Price,
  at: Date,
): Promise<Advanced> {
  const { kind, subscriberId, tier } = of;
  const channelId = of.kind === 'patronage' ? of.channelId : null;
  const { amount, currency } = price;
  const row = { id: uuidv7(), kind, subscriberId, channelId, tier, amount, currency, createdAt: at };
  const isNew = await insertSubscription(tx, row);
  const begun = await findOpen(tx, of, true);
  // It ended between the two statements: whoever asks again begins anew.
  if (begun === null) throw new AppError('storage_unavailable', { retryAfterMs: 500 });
  if (!isNew) return { row: begun, chargeId: null };
  const lookAt = nextLookAt(lifeOf(begun));
  if (lookAt !== null) await schedule(tx, dueJob(begun.id, lookAt));
  return { row: begun, chargeId: await openCharge(tx, begun, at) };
}

/** The buyer saw another price than the one that would be charged. */
export function refuseOtherPrice(
  price: Price,
  agreed: { readonly amount?: number | undefined; readonly currency?: string | undefined },
): void {
  const isOther =
    (agreed.amount !== undefined && agreed.amount !== price.amount) ||
    (agreed.currency !== undefined && agreed.currency !== price.currency);
  if (!isOther) return;
  const message = `the price is ${price.amount} ${price.currency} now`;
  throw new AppError('invalid', { detail: 'The price has changed.', errors: [{ path: 'amount', message }] });
}

export function refuseWithoutPayments({ payments }: SubscriptionDeps): void {
  if (!payments.isAvailable()) {
    throw new AppError('payments_unavailable', { detail: 'This instance takes no payments.' });
  }
}

export async function finish(
  deps: SubscriptionDeps,
  subscriptionId: string,
  chargeId: string | null,
): Promise<contract.Purchase> {
  const charged = chargeId === null ? null : await chargeSubscription(deps, chargeId, { isAttended: true });
  const subscription = subscriptionOf(
    await deps.database.asSystem('show a buyer what they bought', (tx) => findDescribed(tx, subscriptionId)),
  );
  const standing = { pending: 'pending', active: 'paid', grace: 'failed', ended: 'failed' } as const;
  return {
    subscription,
    status: charged?.status ?? standing[subscription.status],
    checkoutUrl: charged?.checkoutUrl ?? null,
  };
}
