/** A person pays for a tier, takes a cancellation back, or changes to the other tier with the next period. */
import type { BodyOf, subscriptions as contract, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { personOfActor } from '../channels/index.ts';
import { type Advanced, advance } from './advance.ts';
import { payOn } from './become-patron.ts';
import type { SubscriptionDeps } from './deps.ts';
import type { Price } from './policy.ts';
import { begin, finish, refuseOtherPrice, refuseWithoutPayments } from './purchase.ts';
import { findOpen, type SubscriptionRow, updateSubscription } from './store.ts';
import { readTierPrices } from './tier-prices.ts';

type Body = BodyOf<typeof contract.buyTier>;

export async function buyTier(deps: SubscriptionDeps, actor: Actor, body: Body): Promise<contract.Purchase> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const { row, chargeId } = await deps.database.asSystem('a subscriber must not write what was paid', async (tx) => {
    const price = (await readTierPrices(tx))[body.tier];
    const of = { kind: 'tier', subscriberId: userId } as const;
    const open = await findOpen(tx, of, true);
    if (open !== null) return goOn(tx, open, { ...body, userId }, price, at);
    refuseOtherPrice(price, body);
    refuseWithoutPayments(deps);
    return begin(tx, { ...of, tier: body.tier }, price, at);
  });
  return finish(deps, row.id, chargeId);
}

async function goOn(
  tx: Tx,
  open: SubscriptionRow,
  body: Body & { readonly userId: UserId },
  price: Price,
  at: Date,
): Promise<Advanced> {
  const isResumed = open.cancelledAt !== null;
  const resumed = isResumed ? (await advance(tx, open, { type: 'resume' }, at, body.userId)).row : open;
  if (open.status !== 'active' || open.attempts > 0) return payOn(tx, resumed, at);
  if ((open.nextTier ?? open.tier) === body.tier) return { row: resumed, chargeId: null };
  refuseOtherPrice(body.tier === open.tier ? open : price, body);
  const row = await changeTo(tx, resumed, body.tier, price, at);
  if (!isResumed) await recordChange(tx, row, body.tier, at);
  return { row, chargeId: null };
}

/** Back to the tier that runs: nothing changes after all. */
async function changeTo(tx: Tx, open: SubscriptionRow, tier: Body['tier'], price: Price, at: Date) {
  const next =
    tier === open.tier
      ? { nextTier: null, nextAmount: null, nextCurrency: null, nextFrom: null }
      : { nextTier: tier, nextAmount: price.amount, nextCurrency: price.currency, nextFrom: at };
  return updateSubscription(tx, open.id, next);
}

async function recordChange(tx: Tx, row: SubscriptionRow, tier: Body['tier'], at: Date): Promise<void> {
  await recordAudit(tx, {
    type: 'SUBSCRIPTION_CHANGED',
    entity: 'subscription',
    entityId: row.id,
    actorId: row.subscriberId,
    at,
    details: { from: row.tier, to: tier, periodEnd: row.periodEnd?.toISOString() ?? null },
  });
}
