/** Asks the payment provider for one month. Repeating it answers what the first time did, and charges nothing twice. */
import type { UserId } from '@virgil/contract';
import { notify } from '../notifications/index.ts';
import { advance } from './advance.ts';
import type { SubscriptionDeps } from './deps.ts';
import { paymentDueNotice } from './notices.ts';
import { findCharge, findDescribed, lockSubscription, notePayment } from './store.ts';

export interface Charged {
  readonly status: 'paid' | 'pending' | 'failed';
  /** Where the subscriber pays; null when there is nothing to do there. */
  readonly checkoutUrl: string | null;
}

export async function chargeSubscription(
  deps: SubscriptionDeps,
  chargeId: string,
  options: { readonly isAttended: boolean },
): Promise<Charged> {
  const found = await deps.database.asSystem('read what is to be charged', async (tx) => {
    const charge = await findCharge(tx, chargeId);
    return charge === null ? null : { charge, described: await findDescribed(tx, charge.subscriptionId) };
  });
  if (found === null || found.charge.payerId === null) return { status: 'failed', checkoutUrl: null };
  const { charge, described } = found;
  if (charge.status !== 'pending') {
    return { status: charge.status === 'refunded' ? 'paid' : charge.status, checkoutUrl: null };
  }
  const { row } = described;
  const outcome = await deps.payments.charge({
    purpose: { kind: row.kind, id: charge.id },
    payerId: found.charge.payerId as UserId,
    ...(row.channelId === null ? {} : { payeeId: row.channelId as UserId }),
    amount: charge.amount,
    currency: charge.currency,
    idempotencyKey: charge.id,
    ...(options.isAttended ? {} : { unattended: true }),
    description: row.kind === 'patronage' ? 'Patronage, one month' : `Tier ${charge.tier ?? ''}, one month`,
    returnTo: row.kind === 'patronage' && row.startedAt === null ? `/c/${row.channelId}` : '/settings/subscriptions',
  });
  const { checkoutUrl, paymentId, status } = outcome;
  if (status === 'pending' && checkoutUrl !== null && !options.isAttended) {
    // Nobody is at the screen: the page to pay on waits until they open it.
    const at = deps.clock.now();
    await deps.database.asSystem('tell a subscriber that a payment waits for them', async (tx) => {
      const locked = await lockSubscription(tx, row.id);
      if (locked === null || !(await notePayment(tx, charge.id, paymentId))) return;
      await advance(tx, locked, { type: 'waits' }, at);
      await notify(tx, paymentDueNotice(described, at));
    });
  }
  return { status, checkoutUrl };
}
