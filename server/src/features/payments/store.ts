/** SQL of payments, refunds, disputes and the provider's events. */
import type { StreamId, UserId } from '@virgil/contract';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  paymentDisputes,
  paymentEvents,
  paymentRefunds,
  payments,
  profiles,
  savedPayers,
} from '../../db/schema/index.ts';
import type { Currency, ProviderEvent } from '../../payments/provider.ts';
import type { PurposeKind, SettledPayment } from './deps.ts';

export type PaymentRow = typeof payments.$inferSelect;
export type RefundRow = typeof paymentRefunds.$inferSelect;
export type DisputeRow = typeof paymentDisputes.$inferSelect;

/** Null when this payer used the key for this purpose before. */
export async function insertPayment(tx: Tx, row: typeof payments.$inferInsert): Promise<PaymentRow | null> {
  const [made] = await tx
    .insert(payments)
    .values(row)
    .onConflictDoNothing({ target: [payments.payerId, payments.purposeKind, payments.idempotencyKey] })
    .returning();
  return made ?? null;
}

export async function findByIdempotencyKey(
  tx: Tx,
  payerId: UserId,
  kind: PurposeKind,
  key: string,
): Promise<PaymentRow | null> {
  const [row] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.payerId, payerId), eq(payments.purposeKind, kind), eq(payments.idempotencyKey, key)));
  return row ?? null;
}

export async function findPayment(tx: Tx, id: string): Promise<PaymentRow | null> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id));
  return row ?? null;
}

/** Everything that changes a payment holds its row first. */
export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow | null> {
  const [row] = await tx.select().from(payments).where(eq(payments.id, id)).for('update');
  return row ?? null;
}

export async function lockPaymentOfCharge(tx: Tx, provider: string, chargeId: string): Promise<PaymentRow | null> {
  const [row] = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.provider, provider), eq(payments.chargeId, chargeId)))
    .for('update');
  return row ?? null;
}

/**
 * News about a charge and the payment that brings the charge's name exclude each other, so that none of them looks for
 * the other just before it is there.
 */
export async function holdCharge(tx: Tx, chargeId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`charge:${chargeId}`}, 0))`);
}

export async function updatePayment(
  tx: Tx,
  id: string,
  set: Partial<typeof payments.$inferInsert>,
): Promise<PaymentRow> {
  const [row] = await tx.update(payments).set(set).where(eq(payments.id, id)).returning();
  if (row === undefined) throw new Error(`there is no payment ${id}`);
  return row;
}

export async function refundsOf(tx: Tx, paymentId: string): Promise<RefundRow[]> {
  return tx
    .select()
    .from(paymentRefunds)
    .where(eq(paymentRefunds.paymentId, paymentId))
    .orderBy(asc(paymentRefunds.id));
}

export async function disputesOf(tx: Tx, paymentId: string): Promise<DisputeRow[]> {
  return tx
    .select()
    .from(paymentDisputes)
    .where(eq(paymentDisputes.paymentId, paymentId))
    .orderBy(asc(paymentDisputes.id));
}

export async function saveRefund(tx: Tx, row: typeof paymentRefunds.$inferInsert): Promise<void> {
  const { id: _id, ...set } = row;
  await tx.insert(paymentRefunds).values(row).onConflictDoUpdate({ target: paymentRefunds.id, set });
}

export async function saveDispute(tx: Tx, row: typeof paymentDisputes.$inferInsert): Promise<void> {
  const { id: _id, ...set } = row;
  await tx.insert(paymentDisputes).values(row).onConflictDoUpdate({ target: paymentDisputes.id, set });
}

/** False when this event was told before. */
export async function noteEvent(tx: Tx, provider: string, event: ProviderEvent, receivedAt: Date): Promise<boolean> {
  const rows = await tx
    .insert(paymentEvents)
    .values({
      provider,
      eventId: event.id,
      kind: event.kind,
      at: new Date(event.at),
      receivedAt,
      appliedAt: receivedAt,
      body: JSON.parse(JSON.stringify(event, (_key, value) => (typeof value === 'bigint' ? String(value) : value))),
    })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.eventId });
  return rows.length > 0;
}

/** The payment it is about is not known yet. */
export async function letEventWait(tx: Tx, provider: string, eventId: string, chargeId: string): Promise<void> {
  await tx
    .update(paymentEvents)
    .set({ chargeId, appliedAt: null })
    .where(and(eq(paymentEvents.provider, provider), eq(paymentEvents.eventId, eventId)));
}

/** Those that waited for this charge, as they were stored; none of them waits any more. */
export async function takeWaiting(tx: Tx, provider: string, chargeId: string, at: Date): Promise<readonly unknown[]> {
  const rows = await tx
    .update(paymentEvents)
    .set({ appliedAt: at })
    .where(
      and(eq(paymentEvents.provider, provider), eq(paymentEvents.chargeId, chargeId), isNull(paymentEvents.appliedAt)),
    )
    .returning({ body: paymentEvents.body, at: paymentEvents.at });
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ body }) => body);
}

/** Begun before `since`, and never brought to the provider: whoever asked is gone. */
export async function abandonedPayments(tx: Tx, since: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.status, 'created'), lt(payments.createdAt, since)))
    .limit(100);
  return rows.map(({ id }) => id);
}

/** Whom this provider knows the payer as. */
export async function findCustomer(tx: Tx, userId: UserId, provider: string): Promise<string | null> {
  const [row] = await tx
    .select({ customerId: savedPayers.customerId })
    .from(savedPayers)
    .where(and(eq(savedPayers.userId, userId), eq(savedPayers.provider, provider)));
  return row?.customerId ?? null;
}

export async function saveCustomer(tx: Tx, row: typeof savedPayers.$inferInsert): Promise<void> {
  const { userId: _userId, ...set } = row;
  const isThere = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, row.userId));
  if (isThere.length === 0) return;
  await tx.insert(savedPayers).values(row).onConflictDoUpdate({ target: savedPayers.userId, set });
}

export function settledOf(row: PaymentRow, at: Date): SettledPayment {
  return {
    id: row.id,
    purpose: { kind: row.purposeKind, id: row.purposeId },
    payerId: row.payerId as UserId,
    payeeId: row.payeeId as UserId | null,
    streamId: row.streamId as StreamId | null,
    amount: row.amount,
    // Only what `charge` was given is there.
    currency: row.currency as Currency,
    description: row.description,
    at,
  };
}
