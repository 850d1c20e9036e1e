/** SQL of subscriptions and of the attempts at charging them. */
import { subscriptions as contract, type UserId } from '@virgil/contract';
import { and, asc, desc, eq, gt, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { channels, profiles, subscriptionCharges, subscriptions } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';
import type { Life, Price } from './policy.ts';

export type SubscriptionRow = typeof subscriptions.$inferSelect;
export type ChargeRow = typeof subscriptionCharges.$inferSelect;

/** False when there is a live one already. */
export async function insertSubscription(tx: Tx, row: typeof subscriptions.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(subscriptions).values(row).onConflictDoNothing().returning({ id: subscriptions.id });
  return inserted.length > 0;
}

export async function lockSubscription(tx: Tx, id: string): Promise<SubscriptionRow | null> {
  const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id)).for('update');
  return row ?? null;
}

export type Of =
  | { readonly kind: 'patronage'; readonly subscriberId: UserId; readonly channelId: string }
  | { readonly kind: 'tier'; readonly subscriberId: UserId };

/** The one that has not ended; locked when it is about to change. */
export async function findOpen(tx: Tx, of: Of, forUpdate = false): Promise<SubscriptionRow | null> {
  const query = tx
    .select()
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.kind, of.kind),
        eq(subscriptions.subscriberId, of.subscriberId),
        of.kind === 'patronage' ? eq(subscriptions.channelId, of.channelId) : undefined,
        ne(subscriptions.status, 'ended'),
      ),
    );
  const [row] = await (forUpdate ? query.for('update') : query);
  return row ?? null;
}

export function lifeOf(row: SubscriptionRow): Life {
  const { status, createdAt, anchorDay, periodStart, periodEnd, attempts, graceUntil } = row;
  const { cancelledAt, startedAt, endedAt } = row;
  const endReason = row.endReason === null ? null : contract.endReason.parse(row.endReason);
  const times = { createdAt, periodStart, periodEnd, graceUntil, cancelledAt, startedAt, endedAt };
  return { status, anchorDay, attempts, endReason, ...times };
}

export async function updateSubscription(
  tx: Tx,
  id: string,
  change: Partial<typeof subscriptions.$inferInsert>,
): Promise<SubscriptionRow> {
  const [row] = await tx.update(subscriptions).set(change).where(eq(subscriptions.id, id)).returning();
  if (row === undefined) throw new Error(`a subscription vanished while it was locked: ${id}`);
  return row;
}

export async function insertCharge(tx: Tx, row: typeof subscriptionCharges.$inferInsert): Promise<void> {
  await tx.insert(subscriptionCharges).values(row);
}

export async function openChargeOf(tx: Tx, subscriptionId: string): Promise<ChargeRow | null> {
  const [row] = await tx
    .select()
    .from(subscriptionCharges)
    .where(and(eq(subscriptionCharges.subscriptionId, subscriptionId), eq(subscriptionCharges.status, 'pending')));
  return row ?? null;
}

export async function findCharge(tx: Tx, id: string): Promise<ChargeRow | null> {
  const [row] = await tx.select().from(subscriptionCharges).where(eq(subscriptionCharges.id, id));
  return row ?? null;
}

/** The month that was paid last. */
export async function lastPaidCharge(tx: Tx, subscriptionId: string): Promise<ChargeRow | null> {
  const [row] = await tx
    .select()
    .from(subscriptionCharges)
    .where(
      and(
        eq(subscriptionCharges.subscriptionId, subscriptionId),
        inArray(subscriptionCharges.status, ['paid', 'refunded']),
      ),
    )
    .orderBy(desc(subscriptionCharges.settledAt), desc(subscriptionCharges.id))
    .limit(1);
  return row ?? null;
}

export async function updateCharge(
  tx: Tx,
  id: string,
  change: Partial<typeof subscriptionCharges.$inferInsert>,
): Promise<void> {
  await tx.update(subscriptionCharges).set(change).where(eq(subscriptionCharges.id, id));
}

/** True once: for whoever notes first that a payment page waits for the subscriber. */
export async function notePayment(tx: Tx, id: string, paymentId: string): Promise<boolean> {
  const rows = await tx
    .update(subscriptionCharges)
    .set({ paymentId })
    .where(
      and(
        eq(subscriptionCharges.id, id),
        eq(subscriptionCharges.status, 'pending'),
        sql`${subscriptionCharges.paymentId} is null`,
      ),
    )
    .returning({ id: subscriptionCharges.id });
  return rows.length > 0;
}

const described = { row: subscriptions, channel: personColumns };
export type Described = Awaited<ReturnType<typeof findDescribed>>;

export async function findDescribed(tx: Tx, id: string) {
  const [row] = await tx
    .select(described)
    .from(subscriptions)
    .leftJoin(profiles, eq(profiles.id, subscriptions.channelId))
    .where(eq(subscriptions.id, id));
  if (row === undefined) throw new Error(`there is no subscription ${id}`);
  return row;
}

/** Of one person, newest first. What was never paid is listed while it may still be. */
export async function searchOwn(
  tx: Tx,
  userId: UserId,
  query: { readonly ended: boolean; readonly after: readonly [string] | null; readonly limit: number },
) {
  return tx
    .select(described)
    .from(subscriptions)
    .leftJoin(profiles, eq(profiles.id, subscriptions.channelId))
    .where(
      and(
        eq(subscriptions.subscriberId, userId),
        query.ended
          ? and(eq(subscriptions.status, 'ended'), isNotNull(subscriptions.startedAt))
          : ne(subscriptions.status, 'ended'),
        query.after === null ? undefined : lt(subscriptions.id, query.after[0]),
      ),
    )
    .orderBy(desc(subscriptions.id))
    .limit(query.limit + 1);
}

/** Those that go on, in order of their ids: a batch that can go on where it stopped. */
export async function openAfter(
  tx: Tx,
  of: { readonly kind: 'patronage'; readonly channelId: string } | { readonly kind: 'tier' },
  afterId: string,
  limit: number,
): Promise<SubscriptionRow[]> {
  return tx
    .select()
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.kind, of.kind),
        of.kind === 'patronage' ? eq(subscriptions.channelId, of.channelId) : undefined,
        ne(subscriptions.status, 'ended'),
        gt(subscriptions.id, afterId),
      ),
    )
    .orderBy(asc(subscriptions.id))
    .limit(limit)
    .for('update');
}

/** What this person pays for, and what is paid to their channel. */
export async function openAround(tx: Tx, userId: UserId): Promise<SubscriptionRow[]> {
  return tx
    .select()
    .from(subscriptions)
    .where(
      and(
        or(eq(subscriptions.subscriberId, userId), eq(subscriptions.channelId, userId)),
        ne(subscriptions.status, 'ended'),
      ),
    )
    .orderBy(asc(subscriptions.id))
    .for('update');
}

export interface Offer {
  readonly channelName: string;
  /** Null: the channel offers none. */
  readonly price: Price | null;
}

/** Null: there is no such channel. */
export async function findOffer(tx: Tx, channelId: string): Promise<Offer | null> {
  const [row] = await tx
    .select({ name: profiles.displayName, amount: channels.patronAmount, currency: channels.patronCurrency })
    .from(channels)
    .innerJoin(profiles, eq(profiles.id, channels.id))
    .where(eq(channels.id, channelId));
  if (row === undefined) return null;
  const { amount, currency, name } = row;
  return { channelName: name, price: amount === null || currency === null ? null : { amount, currency } };
}

export async function nameOf(tx: Tx, userId: string): Promise<string> {
  const [row] = await tx.select({ name: profiles.displayName }).from(profiles).where(eq(profiles.id, userId));
  return row?.name ?? '';
}

export async function isBannedFromPlatform(tx: Tx, userId: string, at: Date): Promise<boolean> {
  const { rows } = await tx.execute<{ is_banned: boolean }>(
    sql`select is_banned from app_standing(${userId}, ${at.toISOString()}::timestamptz)`,
  );
  return rows[0]?.is_banned ?? false;
}

export async function readTiers(tx: Tx, userId: UserId) {
  const [row] = await tx
    .select({ tier: profiles.tier, grantedTier: profiles.grantedTier })
    .from(profiles)
    .where(eq(profiles.id, userId));
  return row ?? null;
}
