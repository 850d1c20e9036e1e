import { subscriptions } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { becomePatron } from './become-patron.ts';
import { buyTier } from './buy-tier.ts';
import { cancelPatronage, cancelTier } from './cancel-subscription.ts';
import type { SubscriptionDeps } from './deps.ts';
import { getPatronage, getTierSubscription, listSubscriptions } from './list-subscriptions.ts';
import { getTierPrices, setTierPrices } from './tier-prices.ts';

/** Buying and cancelling in a loop is nobody's wish. */
const BUY_LIMIT = { points: 30, seconds: 60 };

export function subscriptionRoutes(deps: SubscriptionDeps): Binding[] {
  return [
    bind(subscriptions.getPatronage, ({ caller, params }) => getPatronage(deps, caller.actor, params.id)),
    bind(
      subscriptions.becomePatron,
      ({ caller, params, query }) => becomePatron(deps, caller.actor, params.id, query),
      { limit: BUY_LIMIT },
    ),
    bind(subscriptions.cancelPatronage, ({ caller, params }) => cancelPatronage(deps, caller.actor, params.id)),
    bind(subscriptions.listSubscriptions, ({ caller, query }) => listSubscriptions(deps, caller.actor, query)),
    bind(subscriptions.getTierSubscription, ({ caller }) => getTierSubscription(deps, caller.actor)),
    bind(subscriptions.buyTier, ({ caller, body }) => buyTier(deps, caller.actor, body), { limit: BUY_LIMIT }),
    bind(subscriptions.cancelTier, ({ caller }) => cancelTier(deps, caller.actor)),
    bind(subscriptions.getTierPrices, () => getTierPrices(deps)),
    bind(subscriptions.setTierPrices, ({ caller, body }) => setTierPrices(deps, caller, body)),
  ];
}
