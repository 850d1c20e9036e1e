/** A price changed: those who pay already are told, and pay the new one from the period that begins after notice. */
import type { ChannelId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { notify } from '../notifications/index.ts';
import { advance } from './advance.ts';
import type { SubscriptionDeps } from './deps.ts';
import { offerEndsNotice, priceChangeNotice } from './notices.ts';
import { type Price, priceFrom } from './policy.ts';
import { findOffer, openAfter, type SubscriptionRow, updateSubscription } from './store.ts';
import { readTierPrices } from './tier-prices.ts';

/** Small enough that a batch is done in a moment; who was told already is passed over when it is done again. */
const BATCH = 100;

type Deps = Pick<SubscriptionDeps, 'clock' | 'database'>;

export async function followPatronPrice(deps: Deps, { channelId }: { readonly channelId: ChannelId }): Promise<void> {
  const at = deps.clock.now();
  await inBatches(deps, { kind: 'patronage', channelId }, async (tx, row) => {
    const offer = await findOffer(tx, channelId);
    if (offer === null) return;
    if (offer.price === null) await endWithPeriod(tx, row, offer.channelName, at);
    else await changePrice(tx, row, offer.price, offer.channelName, at);
  });
}

export async function followTierPrices(deps: Deps): Promise<void> {
  const at = deps.clock.now();
  await inBatches(deps, { kind: 'tier' }, async (tx, row) => {
    const tier = row.nextTier ?? row.tier;
    if (tier !== null) await changePrice(tx, row, (await readTierPrices(tx))[tier], '', at);
  });
}

async function inBatches(
  { database }: Deps,
  of: Parameters<typeof openAfter>[1],
  change: (tx: Tx, row: SubscriptionRow) => Promise<void>,
): Promise<void> {
  for (let after = ''; ; ) {
    const last = await database.asSystem('follow a price that changed', async (tx) => {
      const rows = await openAfter(tx, of, after, BATCH);
      for (const row of rows) await change(tx, row);
      return rows.length === BATCH ? rows.at(-1)?.id : undefined;
    });
    if (last === undefined) return;
    after = last;
  }
}

async function changePrice(tx: Tx, row: SubscriptionRow, price: Price, channelName: string, at: Date): Promise<void> {
  const agreed = { amount: row.nextAmount ?? row.amount, currency: row.nextCurrency ?? row.currency };
  if (agreed.amount === price.amount && agreed.currency === price.currency) return;
  const isBack = row.nextTier === null && price.amount === row.amount && price.currency === row.currency;
  const from = isBack ? null : later(priceFrom(row, price, at), row.nextTier === null ? null : row.nextFrom);
  await updateSubscription(tx, row.id, {
    nextAmount: isBack ? null : price.amount,
    nextCurrency: isBack ? null : price.currency,
    nextFrom: from,
  });
  if (row.status !== 'pending') await notify(tx, priceChangeNotice(row, price, from, channelName, at));
}

const later = (a: Date, b: Date | null) => (b !== null && b > a ? b : a);

async function endWithPeriod(tx: Tx, row: SubscriptionRow, channelName: string, at: Date): Promise<void> {
  if (row.cancelledAt !== null || row.status === 'pending') return;
  const { row: after } = await advance(tx, row, { type: 'cancel', reason: 'offer_ended' }, at);
  if (after.status !== 'ended') await notify(tx, offerEndsNotice(after, channelName, at));
}
