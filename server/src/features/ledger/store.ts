/** SQL of the ledger. Writing is one call: `ledger_post` (migration 0015). */
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { ledgerEntries, ledgerTransfers } from '../../db/schema/index.ts';
import type { LedgerAccount } from './accounts.ts';
import type { Currency } from './post-transfer.ts';
import type { Share } from './split.ts';

export interface PostCall {
  readonly id: string;
  readonly key: string;
  readonly hash: string;
  readonly kind: string;
  readonly currency: string;
  readonly at: Date;
  readonly reverses?: string;
  readonly streamId?: string;
  readonly isForced: boolean;
  readonly memo?: Readonly<Record<string, unknown>>;
  readonly entries: readonly { readonly account: string; readonly amount: bigint }[];
}

type Outcome = 'posted' | 'replayed' | 'conflict' | 'short';

export async function callPost(tx: Tx, call: PostCall): Promise<{ transferId: string; outcome: Outcome }> {
  // Array literals in PostgreSQL's own words: accounts and numbers hold nothing that would need quoting.
  const accounts = `{${call.entries.map(({ account }) => account).join(',')}}`;
  const amounts = `{${call.entries.map(({ amount }) => amount).join(',')}}`;
  const { rows } = await tx.execute<{ transfer_id: string; outcome: Outcome }>(sql`
    select transfer_id, outcome from ledger_post(
      ${call.id}, ${call.key}, ${call.hash}, ${call.kind}, ${call.currency}, ${call.at.toISOString()}::timestamptz,
      ${call.reverses ?? null}, ${call.streamId ?? null}, ${call.isForced}, ${JSON.stringify(call.memo ?? {})}::jsonb,
      ${accounts}::text[], ${amounts}::bigint[])`);
  const [row] = rows;
  if (row === undefined) throw new Error('ledger_post gave no answer');
  return { transferId: row.transfer_id, outcome: row.outcome };
}

/** Minor units. Snapshot and what came since, in one statement. */
export async function balanceOf(tx: Tx, account: LedgerAccount, currency: Currency): Promise<bigint> {
  const { rows } = await tx.execute<{ balance: string }>(
    sql`select ledger_balance(${account}, ${currency}) as balance`,
  );
  return BigInt(rows[0]?.balance ?? 0);
}

export async function lockTransfer(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select ledger_lock_transfer(${id})`);
}

export interface Transfer {
  readonly id: string;
  readonly kind: string;
  readonly currency: Currency;
  readonly streamId: string | null;
  readonly at: Date;
  readonly entries: readonly Share[];
}

export async function findTransfer(tx: Tx, id: string): Promise<Transfer | null> {
  const { kind, currency, streamId, at } = ledgerTransfers;
  const rows = await tx
    .select({ kind, currency, streamId, at, account: ledgerEntries.accountId, amount: ledgerEntries.amount })
    .from(ledgerTransfers)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transferId, ledgerTransfers.id))
    .where(eq(ledgerTransfers.id, id))
    .orderBy(ledgerEntries.id);
  const [first] = rows;
  if (first === undefined) return null;
  // Only what postTransfer was given is there.
  const stored = first.currency as Currency;
  return { id, kind: first.kind, currency: stored, streamId: first.streamId, at: first.at, entries: rows };
}

/** A transfer and how much it moved in all. */
export async function findByKey(
  tx: Tx,
  key: string,
): Promise<{ id: string; kind: string; reverses: string | null; gross: bigint } | null> {
  const [row] = await tx
    .select({
      id: ledgerTransfers.id,
      kind: ledgerTransfers.kind,
      reverses: ledgerTransfers.reverses,
      gross: sql<string>`sum(${ledgerEntries.amount}) filter (where ${ledgerEntries.amount} > 0)`,
    })
    .from(ledgerTransfers)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transferId, ledgerTransfers.id))
    .where(eq(ledgerTransfers.key, key))
    .groupBy(ledgerTransfers.id);
  return row === undefined ? null : { ...row, gross: BigInt(row.gross) };
}

/** Minor units given back of a transfer so far. */
export async function returnedOf(tx: Tx, transferId: string): Promise<bigint> {
  const [row] = await tx
    .select({ amount: sql<string | null>`sum(${ledgerEntries.amount}) filter (where ${ledgerEntries.amount} > 0)` })
    .from(ledgerTransfers)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transferId, ledgerTransfers.id))
    .where(eq(ledgerTransfers.reverses, transferId));
  return BigInt(row?.amount ?? 0);
}
