/** What the sandbox owes the platform: payments less what went back, was taken, kept or transferred on. */
import type { Currency, EventOf, ProviderEvent } from '../provider.ts';
import type { SandboxObject } from './memory.ts';

export function balanceIn(
  currency: Currency,
  known: {
    readonly transfers: readonly SandboxObject<'transfer'>[];
    /** In the order in which they happened. */
    readonly events: readonly ProviderEvent[];
  },
): bigint {
  const charges = new Map<string, EventOf<'payment.succeeded'>>();
  const refunds = new Map<string, EventOf<'refund.updated'>>();
  const disputes = new Map<string, EventOf<'dispute.updated'>>();
  for (const event of known.events) {
    if (event.kind === 'payment.succeeded' && event.currency === currency) charges.set(event.chargeId, event);
    if (event.kind === 'refund.updated') refunds.set(event.refundId, event);
    if (event.kind === 'dispute.updated') disputes.set(event.disputeId, event);
  }
  let balance = 0n;
  for (const { amount, fee } of charges.values()) balance += amount - (fee ?? 0n);
  for (const { amount, chargeId, status } of refunds.values()) {
    if (charges.has(chargeId) && status !== 'failed') balance -= amount;
  }
  for (const { amount, chargeId, fee, status } of disputes.values()) {
    if (!charges.has(chargeId) || status === 'won') continue;
    balance -= status === 'lost' ? amount + fee : amount;
  }
  for (const { body } of known.transfers) {
    if (body.currency === currency && !body.reversed) balance -= body.amount;
  }
  return balance;
}
