/** What is paid for every month: being a patron of a channel, and a tier of the platform. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { channelId, currency, instant, listOf, money, paging, person, tier } from './primitives.ts';

/** Minor units a month. */
export const PATRON_PRICE_MIN = 100;
export const PATRON_PRICE_MAX = 10_000;
export const TIER_PRICE_MAX = 100_000;

export const paidTier = z.enum(['pro', 'premium']);
export type PaidTier = z.infer<typeof paidTier>;

export const endReason = z.enum([
  /** By the subscriber; it ran to the end of what was paid. */
  'cancelled',
  /** No renewal was paid within the grace period. */
  'lapsed',
  /** The first payment failed, or was never made. */
  'not_paid',
  /** The channel stopped offering it. */
  'offer_ended',
  /** The subscriber was banned from the channel or the platform, or the creator from the platform. */
  'banned',
  /** What was paid was given back. */
  'refunded',
  'account_gone',
]);
export type EndReason = z.infer<typeof endReason>;

export const subscription = z.object({
  id: z.string(),
  kind: z.enum(['patronage', 'tier']),
  /**
   * `pending`: the first payment is on its way. `active`: paid until `periodEnd`. `grace`: a renewal failed and is
   * tried again until `graceUntil`; everything stays open until then. `ended`: over.
   */
  status: z.enum(['pending', 'active', 'grace', 'ended']),
  /** Of a patronage; null once that account is gone. */
  channel: person.nullable(),
  tier: paidTier.nullable(),
  price: money,
  /** What the periods from `from` on will be; null: the same. */
  next: z.object({ price: money, tier: paidTier.nullable(), from: instant }).nullable(),
  startedAt: instant.nullable(),
  /** The next payment is due, or with `cancelledAt` the subscription ends. */
  periodEnd: instant.nullable(),
  graceUntil: instant.nullable(),
  cancelledAt: instant.nullable(),
  endedAt: instant.nullable(),
  endReason: endReason.nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** `failed`: nothing was charged. */
const purchase = z.object({
  status: z.enum(['paid', 'pending', 'failed']),
  subscription,
  /** Where to pay; null when there is nothing to do there. */
  checkoutUrl: z.string().nullable(),
});
export type Purchase = z.infer<typeof purchase>;

const channelParams = z.strictObject({ id: channelId });

export const getPatronage = operation({
  id: 'channels.getPatronage',
  method: 'GET',
  path: '/api/v1/channels/:id/patronage',
  who: 'anyone',
  scope: 'read',
  summary: 'What being a patron of a channel costs a month, and whether the caller is one.',
  params: channelParams,
  output: z.object({
    /** Null: the channel offers none. */
    price: money.nullable(),
    /** Made a patron by the owner, without payment. */
    granted: z.boolean(),
    mine: subscription.nullable(),
  }),
  errors: ['not_found'],
});

export const becomePatron = operation({
  id: 'channels.becomePatron',
  method: 'POST',
  path: '/api/v1/channels/:id/patronage',
  who: 'signed-in',
  scope: 'account',
  summary:
    'Become a paying patron, or take a cancellation back. Repeating it answers the subscription there is. With `amount` and `currency` another price than this one is refused.',
  params: channelParams,
  query: z.strictObject({
    amount: z.coerce.number().int().min(PATRON_PRICE_MIN).max(PATRON_PRICE_MAX).optional(),
    currency: currency.optional(),
  }),
  output: purchase,
  status: 201,
  audit: ['SUBSCRIPTION_STARTED', 'SUBSCRIPTION_RESUMED', 'SUBSCRIPTION_RENEWED'],
  errors: ['sign_in_required', 'not_found', 'own_content', 'not_allowed', 'banned', 'payments_unavailable'],
});

export const cancelPatronage = operation({
  id: 'channels.cancelPatronage',
  method: 'DELETE',
  path: '/api/v1/channels/:id/patronage',
  who: 'signed-in',
  scope: 'account',
  summary: 'Stop paying as a patron; what is paid for runs to its end. Repeating it changes nothing.',
  params: channelParams,
  output: subscription,
  audit: ['SUBSCRIPTION_CANCELLED', 'SUBSCRIPTION_ENDED'],
  errors: ['sign_in_required', 'not_found'],
});

export const listSubscriptions = operation({
  id: 'me.subscriptions.list',
  method: 'GET',
  path: '/api/v1/me/subscriptions',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s own patronages and tier subscriptions, newest first; ended ones with `ended=true`.',
  query: z.strictObject({ ...paging(), ended: z.stringbool().optional() }),
  output: listOf(subscription),
  errors: ['sign_in_required'],
});

export const tierPrices = z.object({ pro: money, premium: money });
export type TierPrices = z.infer<typeof tierPrices>;

export const getTierSubscription = operation({
  id: 'me.subscription.get',
  method: 'GET',
  path: '/api/v1/me/subscription',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s tier, what an admin granted of it, what is paid for, and what tiers cost a month.',
  output: z.object({ tier, grantedTier: tier, prices: tierPrices, subscription: subscription.nullable() }),
  errors: ['sign_in_required'],
});

export const buyTier = operation({
  id: 'me.subscription.buy',
  method: 'POST',
  path: '/api/v1/me/subscription',
  who: 'signed-in',
  scope: 'account',
  summary:
    'Pay for a tier every month, or take a cancellation back. While one is paid for, the other takes its place with the next period.',
  body: z.strictObject({
    tier: paidTier,
    /** The price that was agreed to: another one is refused. */
    amount: z.int().min(100).max(TIER_PRICE_MAX).optional(),
    currency: currency.optional(),
  }),
  output: purchase,
  status: 201,
  audit: ['SUBSCRIPTION_STARTED', 'SUBSCRIPTION_RESUMED', 'SUBSCRIPTION_CHANGED', 'SUBSCRIPTION_RENEWED'],
  errors: ['sign_in_required', 'payments_unavailable'],
});

export const cancelTier = operation({
  id: 'me.subscription.cancel',
  method: 'DELETE',
  path: '/api/v1/me/subscription',
  who: 'signed-in',
  scope: 'account',
  summary: 'Stop paying for a tier; what is paid for runs to its end. Repeating it changes nothing.',
  output: subscription,
  audit: ['SUBSCRIPTION_CANCELLED', 'SUBSCRIPTION_ENDED'],
  errors: ['sign_in_required', 'not_found'],
});

export const getTierPrices = operation({
  id: 'admin.tierPrices.get',
  method: 'GET',
  path: '/api/admin/tier-prices',
  who: 'admin',
  scope: 'admin',
  summary: 'What tiers cost a month.',
  output: tierPrices,
  errors: ['sign_in_required', 'not_allowed'],
});

const tierPrice = z.int().min(100).max(TIER_PRICE_MAX);

export const setTierPrices = operation({
  id: 'admin.tierPrices.set',
  method: 'PUT',
  path: '/api/admin/tier-prices',
  who: 'admin',
  scope: 'admin',
  summary: 'Set what tiers cost a month, in minor units. Who pays already is told, and pays more only 14 days later.',
  body: z.strictObject({ currency, pro: tierPrice, premium: tierPrice }),
  output: tierPrices,
  audit: 'TIER_PRICES_CHANGED',
  errors: ['sign_in_required', 'not_allowed'],
});
