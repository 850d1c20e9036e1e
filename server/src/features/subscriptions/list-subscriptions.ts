/** What one pays for, what a channel asks, how one stands there. */
import type { ChannelId, subscriptions as contract, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { isGrantedPatron, personOfActor, readAs } from '../channels/index.ts';
import type { SubscriptionDeps } from './deps.ts';
import { subscriptionOf } from './describe-subscription.ts';
import { findDescribed, findOffer, findOpen, readTiers, searchOwn } from './store.ts';
import { getTierPrices } from './tier-prices.ts';

const idAlone = z.tuple([z.string().max(64)]);

export async function listSubscriptions(
  { database }: SubscriptionDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listSubscriptions>,
): Promise<OutputOf<typeof contract.listSubscriptions>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(query.cursor, idAlone);
  const { ended = false, limit } = query;
  const found = await database.asActor(actor, (tx) => searchOwn(tx, userId, { ended, after, limit }));
  const { rows, nextCursor } = pageOf(found, limit, ({ row }) => [row.id]);
  return { items: rows.map(subscriptionOf), nextCursor };
}

export async function getPatronage(
  { database }: SubscriptionDeps,
  actor: Actor,
  channelId: ChannelId,
): Promise<OutputOf<typeof contract.getPatronage>> {
  return readAs(database, actor, async (tx) => {
    const offer = await findOffer(tx, channelId);
    if (offer === null) throw new AppError('not_found');
    if (actor.kind === 'guest') return { price: offer.price, granted: false, mine: null };
    const { userId } = actor;
    const open = await findOpen(tx, { kind: 'patronage', subscriberId: userId, channelId });
    return {
      price: offer.price,
      granted: await isGrantedPatron(tx, channelId, userId),
      mine: open === null ? null : subscriptionOf(await findDescribed(tx, open.id)),
    };
  });
}

export async function getTierSubscription(
  deps: SubscriptionDeps,
  actor: Actor,
): Promise<OutputOf<typeof contract.getTierSubscription>> {
  const { userId } = personOfActor(actor);
  const prices = await getTierPrices(deps);
  return deps.database.asActor(actor, async (tx) => {
    const tiers = await readTiers(tx, userId);
    if (tiers === null) throw new AppError('sign_in_required');
    const open = await findOpen(tx, { kind: 'tier', subscriberId: userId });
    const subscription = open === null ? null : subscriptionOf(await findDescribed(tx, open.id));
    return { ...tiers, prices, subscription };
  });
}
