/** One step in the life of a subscription, with everything that follows from it in the same transaction. */
import type { ChannelId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { setPaidTier } from '../accounts/index.ts';
import { endPaidPatron, startPaidPatron } from '../channels/index.ts';
import { notifyAll } from '../notifications/index.ts';
import { DUE, dueJob } from './job-kinds.ts';
import { noticesOf } from './notices.ts';
import { type Fact, isLive, type LifeEvent, nextLookAt, type Price, step } from './policy.ts';
import {
  type ChargeRow,
  findOffer,
  insertCharge,
  lifeOf,
  nameOf,
  openChargeOf,
  type SubscriptionRow,
  updateSubscription,
} from './store.ts';

export interface Advanced {
  readonly row: SubscriptionRow;
  /** To be charged now, outside of this transaction. */
  readonly chargeId: string | null;
}

/** The row is locked. `tx` is the system's: a subscriber must not write what was paid. `actorId` null: the system. */
export async function advance(
  tx: Tx,
  before: SubscriptionRow,
  event: LifeEvent,
  at: Date,
  actorId: UserId | null = null,
): Promise<Advanced> {
  const isChargeOpen = (await openChargeOf(tx, before.id)) !== null;
  const { charge, fact, life } = step(lifeOf(before), event, at, isChargeOpen);
  const row = await updateSubscription(tx, before.id, life);
  await keepAccess(tx, before, row, at);
  const lookAt = nextLookAt(life);
  if (lookAt === null) await cancel(tx, { kind: DUE, key: row.id });
  else await schedule(tx, dueJob(row.id, lookAt));
  if (fact !== null) await tell(tx, row, fact, at, actorId);
  return { row, chargeId: charge ? await openCharge(tx, row, at) : null };
}

/** Who pays is in, who no longer does is out. What an owner or an admin granted stands beside it, untouched. */
async function keepAccess(tx: Tx, before: SubscriptionRow, row: SubscriptionRow, at: Date): Promise<void> {
  if (row.subscriberId === null) return;
  const userId = row.subscriberId as UserId;
  if (row.kind === 'tier') {
    await setPaidTier(tx, userId, isLive(row) ? (row.tier ?? 'free') : 'free', at);
    return;
  }
  if (row.channelId === null || isLive(before) === isLive(row)) return;
  const patron = { channelId: row.channelId as ChannelId, userId, at };
  await (isLive(row) ? startPaidPatron(tx, patron) : endPaidPatron(tx, patron));
}

/** What a period that begins now costs, and which tier it buys. */
export function priceOfPeriod(row: SubscriptionRow, at: Date): Price & { readonly tier: SubscriptionRow['tier'] } {
  const { nextAmount, nextCurrency, nextFrom, nextTier } = row;
  const isNext = nextFrom !== null && nextFrom <= at && nextAmount !== null && nextCurrency !== null;
  return isNext
    ? { amount: nextAmount, currency: nextCurrency, tier: nextTier ?? row.tier }
    : { amount: row.amount, currency: row.currency, tier: row.tier };
}

export async function openCharge(tx: Tx, row: SubscriptionRow, at: Date): Promise<string> {
  const id = uuidv7();
  const price = priceOfPeriod(row, at);
  await insertCharge(tx, { id, subscriptionId: row.id, payerId: row.subscriberId, ...price, createdAt: at });
  return id;
}

/** What was paid for is what it is from now on. */
export function afterPaying(row: SubscriptionRow, charge: ChargeRow): Partial<SubscriptionRow> {
  const { amount, currency, tier } = charge;
  const isNext = amount === row.nextAmount && currency === row.nextCurrency && (row.nextTier ?? row.tier) === tier;
  const nothingNext = { nextAmount: null, nextCurrency: null, nextTier: null, nextFrom: null };
  return { amount, currency, tier, ...(isNext ? nothingNext : {}) };
}

const AUDIT = {
  started: 'SUBSCRIPTION_STARTED',
  renewed: 'SUBSCRIPTION_RENEWED',
  payment_failed: 'SUBSCRIPTION_PAYMENT_FAILED',
  cancelled: 'SUBSCRIPTION_CANCELLED',
  resumed: 'SUBSCRIPTION_RESUMED',
  ended: 'SUBSCRIPTION_ENDED',
} as const;

async function tell(tx: Tx, row: SubscriptionRow, fact: Fact, at: Date, actorId: UserId | null): Promise<void> {
  const { amount, channelId, currency, kind, periodEnd, subscriberId, tier } = row;
  const of = kind === 'patronage' ? { channelId } : { tier };
  const period = { amount, currency, periodEnd: periodEnd?.toISOString() ?? null };
  await recordAudit(tx, {
    type: AUDIT[fact.type],
    entity: 'subscription',
    entityId: row.id,
    actorId: fact.type === 'started' ? subscriberId : actorId,
    at,
    details: { kind, subscriberId, ...of, ...period, ...(fact.type === 'ended' ? { reason: fact.reason } : {}) },
  });
  const channelName = channelId === null ? '' : ((await findOffer(tx, channelId))?.channelName ?? '');
  const subscriberName = subscriberId === null ? '' : await nameOf(tx, subscriberId);
  await notifyAll(tx, noticesOf(row, fact, { channelName, subscriberName }, at));
}
