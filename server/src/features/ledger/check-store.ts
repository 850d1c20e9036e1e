/** SQL of checks and closed days. */
import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { ledgerChecks } from '../../db/schema/index.ts';
import type { BooksCheck } from './check-books.ts';
import { INVARIANTS } from './invariants.ts';

/** Older checks than these say nothing that the audit log does not. */
const KEPT_CHECKS = 400;

const storedFindings = z.object({
  version: z.literal(1),
  results: z.array(
    z.object({
      id: z.enum(INVARIANTS),
      state: z.enum(['holds', 'broken', 'unchecked']),
      findings: z.array(z.string()),
    }),
  ),
});

export async function insertCheck(tx: Tx, check: BooksCheck & { readonly askedBy: string | null }): Promise<void> {
  const { id, at, askedBy, isSound, results } = check;
  await tx.insert(ledgerChecks).values({ id, at, askedBy, isSound, findings: { version: 1, results } });
  await tx.execute(sql`
    delete from ledger_checks where id in (
      select id from ledger_checks order by at desc, id desc offset ${KEPT_CHECKS})`);
}

export async function lastCheck(tx: Tx): Promise<BooksCheck | null> {
  const [row] = await tx.select().from(ledgerChecks).orderBy(desc(ledgerChecks.at), desc(ledgerChecks.id)).limit(1);
  if (row === undefined) return null;
  const { results } = storedFindings.parse(row.findings);
  return { id: row.id, at: row.at, isSound: row.isSound, results };
}

/** Days of UTC with transfers that are over at `before` and not closed, oldest first. */
export async function openDays(tx: Tx, before: Date): Promise<string[]> {
  const { rows } = await tx.execute<{ day: string }>(sql`
    select distinct to_char(posted_at at time zone 'UTC', 'YYYY-MM-DD') as day from ledger_transfers
    where posted_at >= coalesce((select max(until) from ledger_digests), '-infinity')
      and posted_at < date_trunc('day', ${before.toISOString()}::timestamptz, 'UTC')
    order by day`);
  return rows.map(({ day }) => day);
}

/** Null when it was closed before. */
export async function closeDay(
  tx: Tx,
  day: string,
  at: Date,
): Promise<{ readonly entries: number; readonly sha256: string } | null> {
  const { rows } = await tx.execute<{ entries: string; sha256: string }>(sql`
    select entries, sha256 from ledger_close_day(${day}, (${day}::date + 1)::timestamp at time zone 'UTC',
      ${at.toISOString()}::timestamptz)`);
  const [row] = rows;
  return row === undefined ? null : { entries: Number(row.entries), sha256: row.sha256 };
}

/** Returns how many balances were summed up anew. */
export async function takeSnapshots(tx: Tx, tail: number, at: Date): Promise<number> {
  const { rows } = await tx.execute<{ made: number }>(
    sql`select ledger_take_snapshots(${tail}, ${at.toISOString()}::timestamptz) as made`,
  );
  return rows[0]?.made ?? 0;
}
