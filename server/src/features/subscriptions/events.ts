/** What subscriptions announce. */
import type { DomainEvent } from '../../db/outbox.ts';

/** A renewal is to be charged, outside of the transaction that decided it: it speaks to the payment provider. */
export interface ChargeDue extends DomainEvent {
  readonly type: 'subscription.chargeDue';
  readonly chargeId: string;
}

/** An admin changed what tiers cost. */
export interface TierPricesChanged extends DomainEvent {
  readonly type: 'subscription.tierPricesChanged';
}

export type SubscriptionEvent = ChargeDue | TierPricesChanged;

export function chargeDue(subscriptionId: string, chargeId: string, at: Date): ChargeDue {
  return { type: 'subscription.chargeDue', key: subscriptionId, at: at.toISOString(), chargeId };
}
