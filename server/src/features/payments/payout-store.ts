/** SQL of payouts and the accounts they go to. */
import type { UserId } from '@virgil/contract';
import { and, eq, exists, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { paymentDisputes, paymentRefunds, payments, payoutAccounts, payouts } from '../../db/schema/index.ts';

export type PayoutRow = typeof payouts.$inferSelect;
export type PayoutAccountRow = typeof payoutAccounts.$inferSelect;

export async function findAccount(tx: Tx, userId: UserId): Promise<PayoutAccountRow | null> {
  const [row] = await tx.select().from(payoutAccounts).where(eq(payoutAccounts.userId, userId));
  return row ?? null;
}

export async function lockAccountOf(tx: Tx, provider: string, accountId: string): Promise<PayoutAccountRow | null> {
  const [row] = await tx
    .select()
    .from(payoutAccounts)
    .where(and(eq(payoutAccounts.provider, provider), eq(payoutAccounts.accountId, accountId)))
    .for('update');
  return row ?? null;
}

export async function saveAccount(tx: Tx, row: typeof payoutAccounts.$inferInsert): Promise<void> {
  const { createdAt: _createdAt, userId: _userId, ...set } = row;
  await tx.insert(payoutAccounts).values(row).onConflictDoUpdate({ target: payoutAccounts.userId, set });
}

/** Null when this creator used the key before. */
export async function insertPayout(tx: Tx, row: typeof payouts.$inferInsert): Promise<PayoutRow | null> {
  const [made] = await tx
    .insert(payouts)
    .values(row)
    .onConflictDoNothing({ target: [payouts.creatorId, payouts.idempotencyKey] })
    .returning();
  return made ?? null;
}

export async function findPayoutByKey(tx: Tx, creatorId: UserId, key: string): Promise<PayoutRow | null> {
  const [row] = await tx
    .select()
    .from(payouts)
    .where(and(eq(payouts.creatorId, creatorId), eq(payouts.idempotencyKey, key)));
  return row ?? null;
}

export async function lockPayout(tx: Tx, id: string): Promise<PayoutRow | null> {
  const [row] = await tx.select().from(payouts).where(eq(payouts.id, id)).for('update');
  return row ?? null;
}

/** By the provider's name for it. */
export async function lockPayoutOf(tx: Tx, provider: string, providerPayoutId: string): Promise<PayoutRow | null> {
  const [row] = await tx
    .select()
    .from(payouts)
    .where(and(eq(payouts.provider, provider), eq(payouts.providerPayoutId, providerPayoutId)))
    .for('update');
  return row ?? null;
}

export async function updatePayout(tx: Tx, id: string, set: Partial<typeof payouts.$inferInsert>): Promise<PayoutRow> {
  const [row] = await tx.update(payouts).set(set).where(eq(payouts.id, id)).returning();
  if (row === undefined) throw new Error(`there is no payout ${id}`);
  return row;
}

/** Whether a bank is deciding about a payment to this creator. `tx` must be the system's. */
export async function hasOpenDispute(tx: Tx, creatorId: UserId): Promise<boolean> {
  const [row] = await tx
    .select({
      open: exists(
        tx
          .select({ one: sql`1` })
          .from(paymentDisputes)
          .innerJoin(payments, eq(payments.id, paymentDisputes.paymentId))
          .where(and(eq(payments.payeeId, creatorId), eq(paymentDisputes.status, 'open'))),
      ),
    })
    .from(sql`(select 1) as one`);
  return row?.open === true;
}

/** Accounts to which a payout is on its way. */
export async function accountsAwaiting(tx: Tx, provider: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ accountId: payouts.accountId })
    .from(payouts)
    .where(and(eq(payouts.provider, provider), eq(payouts.status, 'sent')));
  return rows.map(({ accountId }) => accountId);
}

/** Payouts and refunds that were asked for before `since` and that the provider has not taken. */
export async function stillRequested(
  tx: Tx,
  provider: string,
  since: Date,
): Promise<readonly { readonly id: string; readonly kind: 'payout' | 'refund' }[]> {
  const waiting = await tx
    .select({ id: payouts.id })
    .from(payouts)
    .where(and(eq(payouts.provider, provider), eq(payouts.status, 'requested'), lt(payouts.createdAt, since)));
  const refunds = await tx
    .select({ id: paymentRefunds.id })
    .from(paymentRefunds)
    .innerJoin(payments, eq(payments.id, paymentRefunds.paymentId))
    .where(
      and(eq(payments.provider, provider), eq(paymentRefunds.status, 'requested'), lt(paymentRefunds.createdAt, since)),
    );
  return [
    ...waiting.map(({ id }) => ({ id, kind: 'payout' as const })),
    ...refunds.map(({ id }) => ({ id, kind: 'refund' as const })),
  ];
}
