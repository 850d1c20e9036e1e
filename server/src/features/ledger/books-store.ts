/** SQL of the platform's books, as an admin reads them. */
import type { TransferKind } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { profiles } from '../../db/schema/index.ts';

export interface BooksSearch {
  readonly kind?: TransferKind | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly words?: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
}

export interface TransferRow extends Record<string, unknown> {
  readonly id: string;
  readonly key: string;
  readonly kind: TransferKind;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly currency: string;
  readonly reverses: string | null;
  readonly stream_id: string | null;
  readonly is_reversed: boolean;
}

/** One row more than `limit` when there is more. */
export async function searchTransfers(tx: Tx, search: BooksSearch): Promise<TransferRow[]> {
  const { after, currency, from, kind, limit, order, to } = search;
  const [direction, beyond] = order === 'newest' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const conditions = [
    kind === undefined ? undefined : sql`t.kind = ${kind}`,
    currency === undefined ? undefined : sql`t.currency = ${currency}`,
    from === undefined ? undefined : sql`t.posted_at >= ${from}::date::timestamp at time zone 'UTC'`,
    to === undefined ? undefined : sql`t.posted_at < (${to}::date + 1)::timestamp at time zone 'UTC'`,
    after === null ? undefined : sql`(t.posted_at, t.id) ${beyond} (${after[0]}::timestamptz, ${after[1]})`,
    wordsIn(search.words),
  ].filter((condition) => condition !== undefined);
  const { rows } = await tx.execute<TransferRow>(sql`
    select t.id, t.key, t.kind, t.currency, t.reverses, t.stream_id,
      exists (select from ledger_transfers r where r.reverses = t.id and r.kind = 'reversal') as is_reversed,
      to_char(t.posted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from ledger_transfers t
    ${conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`}
    order by t.posted_at ${direction}, t.id ${direction} limit ${limit + 1}`);
  return rows;
}

/** An id, a key or a part of one, a payment's id in the notes, or whoever's account it touched. */
function wordsIn(words: string | undefined): SQL | undefined {
  const wanted = words?.trim() ?? '';
  if (wanted === '') return undefined;
  const part = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(t.id = ${wanted} or t.stream_id = ${wanted} or t.key ilike ${part} or t.memo ->> 'paymentId' = ${wanted}
    or exists (
      select from ledger_entries e join ledger_accounts a on a.id = e.account_id
        left join profiles on profiles.id = a.owner_id
      where e.transfer_id = t.id and (a.owner_id = ${wanted} or ${holds(wanted, profiles.displayName)})))`;
}

export interface BookEntryRow extends Record<string, unknown> {
  readonly transfer_id: string;
  readonly purpose: string;
  readonly amount: string;
  readonly owner_id: string | null;
  readonly display_name: string | null;
  readonly avatar_key: string | null;
}

/** From what was taken to what was given. */
export async function readEntries(tx: Tx, transfers: readonly string[]): Promise<BookEntryRow[]> {
  if (transfers.length === 0) return [];
  const { rows } = await tx.execute<BookEntryRow>(sql`
    select e.transfer_id, a.purpose, e.amount, p.id as owner_id, p.display_name, p.avatar_key
    from ledger_entries e join ledger_accounts a on a.id = e.account_id left join profiles p on p.id = a.owner_id
    where e.transfer_id in (${sql.join(
      transfers.map((id) => sql`${id}`),
      sql`, `,
    )})
    order by e.transfer_id, e.amount, e.id`);
  return rows;
}

export interface PlatformBalanceRow extends Record<string, unknown> {
  readonly account: string;
  readonly currency: string;
  readonly balance: string;
}

export async function platformBalances(tx: Tx): Promise<PlatformBalanceRow[]> {
  const { rows } = await tx.execute<PlatformBalanceRow>(sql`
    select a.purpose as account, c.code as currency, ledger_balance(a.id, c.code) as balance
    from ledger_accounts a, (values ('USD'), ('EUR'), ('GBP')) as c (code)
    where a.owner_id is null
      and exists (select from ledger_entries e where e.account_id = a.id and e.currency = c.code)
    order by a.purpose, array_position(array['USD', 'EUR', 'GBP'], c.code)`);
  return rows;
}

export interface CreatorTotalsRow extends Record<string, unknown> {
  readonly currency: string;
  readonly available: string;
  readonly pending: string;
  readonly held: string;
}

/** What is owed to all creators together: folded sums and what came since, as in `ledger_balance`. */
export async function creatorTotals(tx: Tx): Promise<CreatorTotalsRow[]> {
  const { rows } = await tx.execute<CreatorTotalsRow>(sql`
    with parts as (
      select a.purpose, s.currency, s.balance as amount
      from ledger_snapshots s join ledger_accounts a on a.id = s.account_id and a.owner_id is not null
      union all
      select a.purpose, e.currency, e.amount
      from ledger_entries e join ledger_accounts a on a.id = e.account_id and a.owner_id is not null
        left join ledger_snapshots s on s.account_id = e.account_id and s.currency = e.currency
      where e.posted_xid >= coalesce(s.below_xid, '0'::xid8)
    )
    select currency, coalesce(sum(amount) filter (where purpose = 'available'), 0) as available,
      coalesce(sum(amount) filter (where purpose = 'pending'), 0) as pending,
      coalesce(sum(amount) filter (where purpose = 'held'), 0) as held
    from parts group by currency order by array_position(array['USD', 'EUR', 'GBP'], currency)`);
  return rows;
}

export interface VolumeRow extends Record<string, unknown> {
  readonly kind: TransferKind;
  readonly currency: string;
  readonly amount: string;
  readonly count: number;
}

export async function volumeSince(tx: Tx, since: Date): Promise<VolumeRow[]> {
  const { rows } = await tx.execute<VolumeRow>(sql`
    select t.kind, t.currency, sum(e.amount) as amount, count(distinct t.id)::int as count
    from ledger_transfers t join ledger_entries e on e.transfer_id = t.id and e.amount > 0
    where t.posted_at >= ${since.toISOString()}::timestamptz
    group by t.kind, t.currency order by t.kind, array_position(array['USD', 'EUR', 'GBP'], t.currency)`);
  return rows;
}
