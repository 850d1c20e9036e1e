/** The door of subscriptions. */
export { chargeSubscription } from './charge-subscription.ts';
export type { SubscriptionDeps } from './deps.ts';
export { endSubscriptionsOf } from './end-subscriptions.ts';
export type { SubscriptionEvent } from './events.ts';
export { followPatronPrice, followTierPrices } from './follow-price.ts';
export { subscriptionJobs } from './jobs.ts';
export { subscriptionRoutes } from './routes.ts';
export { subscriptionSettlement } from './settle-charge.ts';
