/** The subscriber stops paying. What is paid for runs to its end; a renewal that failed ends now. */
import type { ChannelId, subscriptions as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { advance } from './advance.ts';
import type { SubscriptionDeps } from './deps.ts';
import { subscriptionOf } from './describe-subscription.ts';
import { findDescribed, findOpen, type Of } from './store.ts';

export function cancelPatronage(deps: SubscriptionDeps, actor: Actor, channelId: ChannelId) {
  return cancel(deps, actor, { kind: 'patronage', channelId });
}

export function cancelTier(deps: SubscriptionDeps, actor: Actor) {
  return cancel(deps, actor, { kind: 'tier' });
}

type Which = { readonly kind: 'tier' } | { readonly kind: 'patronage'; readonly channelId: ChannelId };

async function cancel(deps: SubscriptionDeps, actor: Actor, which: Which): Promise<contract.Subscription> {
  const { userId } = personOfActor(actor);
  const of: Of = { ...which, subscriberId: userId };
  return deps.database.asSystem('a subscriber must not write what was paid', async (tx) => {
    const open = await findOpen(tx, of, true);
    if (open === null) throw new AppError('not_found');
    const { row } = await advance(tx, open, { type: 'cancel', reason: 'cancelled' }, deps.clock.now(), userId);
    return subscriptionOf(await findDescribed(tx, row.id));
  });
}
