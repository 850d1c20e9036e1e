/** A subscription as the contract shows it to its subscriber. */
import { subscriptions as contract } from '@virgil/contract';
import { personOf } from '../channels/index.ts';
import type { Described } from './store.ts';

export function subscriptionOf({ row, channel }: Described): contract.Subscription {
  const { nextAmount, nextCurrency, nextFrom } = row;
  const hasNext = nextAmount !== null && nextCurrency !== null && nextFrom !== null && row.status !== 'ended';
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    channel: channel === null ? null : personOf(channel),
    tier: row.tier,
    price: { amount: row.amount, currency: row.currency },
    next: hasNext
      ? {
          price: { amount: nextAmount, currency: nextCurrency },
          tier: row.nextTier,
          from: (row.periodEnd !== null && row.periodEnd > nextFrom ? row.periodEnd : nextFrom).toISOString(),
        }
      : null,
    startedAt: row.startedAt?.toISOString() ?? null,
    periodEnd: row.periodEnd?.toISOString() ?? null,
    graceUntil: row.status === 'grace' ? (row.graceUntil?.toISOString() ?? null) : null,
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason === null ? null : contract.endReason.parse(row.endReason),
  };
}
