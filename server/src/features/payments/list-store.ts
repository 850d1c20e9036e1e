/** SQL of the lists of payments, disputes and payouts: who reads what is row security's. */
import { and, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { paymentDisputes, paymentRefunds, payments, payouts, profiles } from '../../db/schema/index.ts';

export interface Search {
  readonly words: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

const payer = alias(profiles, 'payer');
const payee = alias(profiles, 'payee');
const creator = alias(profiles, 'creator');
const shown = (table: typeof payer | typeof payee | typeof creator) => ({
  id: table.id,
  displayName: table.displayName,
  avatarKey: table.avatarKey,
});

/** Of a left join: Drizzle makes null of it where nobody is joined, as with a tier, which has no payee. */
export type PersonShown = {
  readonly id: string | null;
  readonly displayName: string | null;
  readonly avatarKey: string | null;
} | null;
export interface FoundPayment {
  readonly payment: typeof payments.$inferSelect;
  readonly payer: PersonShown;
  readonly payee: PersonShown;
}

/** One that was just begun is on its way like one that waits. */
const statusIs = (status: 'pending' | 'paid' | 'failed' | undefined): SQL | undefined =>
  status === undefined ? undefined : inArray(payments.status, status === 'pending' ? ['created', 'pending'] : [status]);

export async function searchPayments(
  tx: Tx,
  search: Search & {
    readonly payerId?: string;
    readonly id?: string;
    readonly status?: 'pending' | 'paid' | 'failed' | undefined;
  },
): Promise<FoundPayment[]> {
  const { after, id, limit, payerId, status, words } = search;
  return tx
    .select({ payment: payments, payer: shown(payer), payee: shown(payee) })
    .from(payments)
    .leftJoin(payer, eq(payer.id, payments.payerId))
    .leftJoin(payee, eq(payee.id, payments.payeeId))
    .where(
      and(
        payerId === undefined ? undefined : eq(payments.payerId, payerId),
        id === undefined ? undefined : eq(payments.id, id),
        statusIs(status),
        payerId === undefined
          ? wordsOf(
              words,
              [payments.description, payer.displayName, payee.displayName],
              [payments.id, payments.chargeId, payments.purposeId, payments.payerId, payments.payeeId],
            )
          : holds(words, payments.description, payee.displayName),
        after === null
          ? undefined
          : sql`(${payments.createdAt}, ${payments.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(limit + 1);
}

/** Words within texts, or exactly an id. */
function wordsOf(
  words: string | undefined,
  texts: Parameters<typeof holds>[1][],
  ids: Parameters<typeof holds>[1][],
): SQL | undefined {
  const within = holds(words, ...texts);
  const wanted = words?.trim();
  if (within === undefined || wanted === undefined) return undefined;
  const exact = ids.map((column) => sql`${column} = ${wanted}`);
  return sql`(${sql.join([within, ...exact], sql` or `)})`;
}

export async function countPayments(
  tx: Tx,
  payerId: string | null,
): Promise<{ all: number; pending: number; paid: number; failed: number }> {
  const rows = await tx
    .select({ status: payments.status, n: count() })
    .from(payments)
    .where(payerId === null ? undefined : eq(payments.payerId, payerId))
    .groupBy(payments.status);
  const counts = { all: 0, pending: 0, paid: 0, failed: 0 };
  for (const { n, status } of rows) {
    counts[status === 'created' ? 'pending' : status] += n;
    counts.all += n;
  }
  return counts;
}

/** What a payer may know of refunds, of several payments. */
export async function refundsShown(tx: Tx, paymentIds: readonly string[]) {
  if (paymentIds.length === 0) return [];
  const { amount, createdAt, id, paymentId, status } = paymentRefunds;
  return tx
    .select({ amount, createdAt, id, paymentId, status })
    .from(paymentRefunds)
    .where(inArray(paymentRefunds.paymentId, [...paymentIds]))
    .orderBy(paymentRefunds.createdAt, paymentRefunds.id);
}

export async function refundsForAdmins(tx: Tx, paymentIds: readonly string[]) {
  if (paymentIds.length === 0) return [];
  return tx
    .select({ refund: paymentRefunds, by: shown(creator) })
    .from(paymentRefunds)
    .leftJoin(creator, eq(creator.id, paymentRefunds.requestedBy))
    .where(inArray(paymentRefunds.paymentId, [...paymentIds]))
    .orderBy(paymentRefunds.createdAt, paymentRefunds.id);
}

export async function disputesOfPayments(tx: Tx, paymentIds: readonly string[]) {
  if (paymentIds.length === 0) return [];
  return tx
    .select()
    .from(paymentDisputes)
    .where(inArray(paymentDisputes.paymentId, [...paymentIds]));
}

/** How many payments of each of these people were ever disputed. */
export async function countDisputesOf(tx: Tx, payerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (payerIds.length === 0) return new Map();
  const rows = await tx
    .select({ payerId: payments.payerId, n: sql<number>`count(distinct ${payments.id})::int` })
    .from(paymentDisputes)
    .innerJoin(payments, eq(payments.id, paymentDisputes.paymentId))
    .where(inArray(payments.payerId, [...payerIds]))
    .groupBy(payments.payerId);
  return new Map(rows.map((row) => [row.payerId, row.n]));
}

export async function searchDisputes(
  tx: Tx,
  search: Search & { readonly status?: 'open' | 'won' | 'lost' | undefined },
) {
  const { after, limit, status, words } = search;
  return tx
    .select({ dispute: paymentDisputes, payment: payments, payer: shown(payer), payee: shown(payee) })
    .from(paymentDisputes)
    .innerJoin(payments, eq(payments.id, paymentDisputes.paymentId))
    .leftJoin(payer, eq(payer.id, payments.payerId))
    .leftJoin(payee, eq(payee.id, payments.payeeId))
    .where(
      and(
        status === undefined ? undefined : eq(paymentDisputes.status, status),
        wordsOf(
          words,
          [payments.description, payer.displayName, payee.displayName],
          [payments.id, paymentDisputes.id, paymentDisputes.providerDisputeId],
        ),
        after === null
          ? undefined
          : sql`(${paymentDisputes.openedAt}, ${paymentDisputes.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(paymentDisputes.openedAt), desc(paymentDisputes.id))
    .limit(limit + 1);
}

export async function countDisputes(tx: Tx): Promise<{ all: number; open: number; won: number; lost: number }> {
  const rows = await tx
    .select({ status: paymentDisputes.status, n: count() })
    .from(paymentDisputes)
    .groupBy(paymentDisputes.status);
  const counts = { all: 0, open: 0, won: 0, lost: 0 };
  for (const { n, status } of rows) {
    counts[status] += n;
    counts.all += n;
  }
  return counts;
}

type PayoutStatus = (typeof payouts.$inferSelect)['status'];

export async function searchPayouts(
  tx: Tx,
  search: Search & { readonly creatorId?: string; readonly status?: PayoutStatus | undefined },
) {
  const { after, creatorId, limit, status, words } = search;
  return tx
    .select({ payout: payouts, creator: shown(creator) })
    .from(payouts)
    .leftJoin(creator, eq(creator.id, payouts.creatorId))
    .where(
      and(
        creatorId === undefined ? undefined : eq(payouts.creatorId, creatorId),
        status === undefined ? undefined : eq(payouts.status, status),
        wordsOf(words, [creator.displayName], [payouts.id, payouts.providerPayoutId, payouts.creatorId]),
        after === null
          ? undefined
          : sql`(${payouts.createdAt}, ${payouts.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(payouts.createdAt), desc(payouts.id))
    .limit(limit + 1);
}

export async function countPayouts(tx: Tx): Promise<Record<'all' | PayoutStatus, number>> {
  const rows = await tx.select({ status: payouts.status, n: count() }).from(payouts).groupBy(payouts.status);
  const counts = { all: 0, requested: 0, sent: 0, paid: 0, failed: 0 };
  for (const { n, status } of rows) {
    counts[status] += n;
    counts.all += n;
  }
  return counts;
}
