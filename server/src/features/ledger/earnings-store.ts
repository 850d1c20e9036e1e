/** SQL of what one creator earned, with their own rights: row security shows them their accounts and no others. */
import type { EarningsKind, EarningsSource, TransferKind } from '@virgil/contract';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { livestreams, profiles, tips } from '../../db/schema/index.ts';

const myAccounts = sql`(select id from ledger_accounts where owner_id = app_me())`;

/** Kinds of transfer behind each word that a creator can look for. */
const KINDS: Readonly<Record<EarningsKind, readonly TransferKind[]>> = {
  tips: ['tip'],
  patrons: ['patronage'],
  bonus: ['bonus'],
  returned: ['refund', 'dispute_lost', 'dispute_fee', 'reversal'],
  disputes: ['dispute', 'dispute_won', 'dispute_lost'],
  payouts: ['payout', 'payout_paid', 'payout_failed'],
};
const listed = (kinds: readonly string[]): SQL =>
  sql`(${sql.join(
    kinds.map((kind) => sql`${kind}`),
    sql`, `,
  )})`;

const SOURCE = sql`case t.kind when 'tip' then 'tips' when 'patronage' then 'patrons' when 'bonus' then 'bonus' else 'returned' end`;
/** Neither a payout nor what only moved between one's own accounts. */
const isEarning = sql`t.kind not in ('release', 'payout', 'payout_paid', 'payout_failed')`;

export async function readTimeZone(tx: Tx, userId: string): Promise<string> {
  const [row] = await tx.select({ zone: profiles.timeZone }).from(profiles).where(eq(profiles.id, userId));
  return row?.zone ?? 'UTC';
}

/** Throws when PostgreSQL does not know the zone. */
export async function todayIn(tx: Tx, timeZone: string, at: Date): Promise<string> {
  const { rows } = await tx.execute<{ day: string }>(
    sql`select to_char(${at.toISOString()}::timestamptz at time zone ${timeZone}, 'YYYY-MM-DD') as day`,
  );
  return rows[0]?.day ?? '';
}

export interface BalanceRow extends Record<string, unknown> {
  readonly currency: string;
  readonly available: string;
  readonly pending: string;
  readonly held: string;
}

/** In the currencies in which anything was ever posted for them. */
export async function readBalances(tx: Tx, userId: string): Promise<BalanceRow[]> {
  const balance = (purpose: string) => sql`ledger_balance(${`creator:${userId}:${purpose}`}, c.code)`;
  const { rows } = await tx.execute<BalanceRow>(sql`
    select c.code as currency, ${balance('available')} as available, ${balance('pending')} as pending,
      ${balance('held')} as held
    from (values ('USD'), ('EUR'), ('GBP')) as c (code)
    where exists (select from ledger_entries e where e.account_id in ${myAccounts} and e.currency = c.code)`);
  return rows;
}

export interface SumRow extends Record<string, unknown> {
  readonly source: EarningsSource;
  readonly currency: string;
  readonly earned: string;
  readonly count: number;
}
export interface PeriodRow extends SumRow {
  readonly period: string;
}

/** `unit` by `unit` from the `back`th before the current one on, in the zone. */
export async function sumByPeriod(
  tx: Tx,
  { unit, back, timeZone, at }: { unit: 'day' | 'month'; back: number; timeZone: string; at: Date },
): Promise<PeriodRow[]> {
  const format = unit === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM';
  const { rows } = await tx.execute<PeriodRow>(sql`
    with since as materialized (
      select (date_trunc(${unit}, ${at.toISOString()}::timestamptz at time zone ${timeZone})
        - make_interval(${sql.raw(`${unit}s`)} => ${back})) at time zone ${timeZone} as moment
    )
    select to_char(t.at at time zone ${timeZone}, ${format}) as period, ${SOURCE} as source, e.currency,
      sum(e.amount) as earned, count(distinct t.id)::int as count
    from ledger_entries e join ledger_transfers t on t.id = e.transfer_id
    where e.account_id in ${myAccounts} and ${isEarning} and t.at >= (select moment from since)
    group by 1, 2, 3 having sum(e.amount) <> 0 order by 1, 2, 3`);
  return rows;
}

export interface EntryRow extends Record<string, unknown> {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly kind: TransferKind;
  readonly currency: string;
  readonly mine: string;
  readonly held: string | null;
  readonly paid: string | null;
  readonly platform: string | null;
  readonly from: string | null;
  readonly message: string | null;
  readonly tipped_at: string | null;
  readonly stream_id: string | null;
  readonly stream_title: string | null;
}

export interface EntrySearch {
  readonly kind?: EarningsKind | undefined;
  readonly words?: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
  /** Newest first is the page, oldest first the file. */
  readonly order: 'newest' | 'oldest';
  /** Days in the zone, both included. */
  readonly days?: { readonly from?: string | undefined; readonly to?: string | undefined; readonly timeZone: string };
}

const iso = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One row more than `limit` when there is more. */
export async function searchEntries(tx: Tx, search: EntrySearch): Promise<EntryRow[]> {
  const { after, days, kind, order, words } = search;
  const found = holds(words, tips.displayName, livestreams.title);
  const [direction, beyond] = order === 'newest' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const conditions = [
    sql`t.kind <> 'release'`,
    kind === undefined ? undefined : sql`t.kind in ${listed(KINDS[kind])}`,
    after === null ? undefined : sql`(t.at, t.id) ${beyond} (${after[0]}::timestamptz, ${after[1]})`,
    days?.from === undefined ? undefined : sql`t.at >= ${days.from}::date::timestamp at time zone ${days.timeZone}`,
    days?.to === undefined ? undefined : sql`t.at < (${days.to}::date + 1)::timestamp at time zone ${days.timeZone}`,
    found,
  ].filter((condition) => condition !== undefined);
  const { rows } = await tx.execute<EntryRow>(sql`
    with found as materialized (
      select t.id, t.at, t.kind, t.currency, t.stream_id, t.memo, sum(e.amount) as mine,
        sum(e.amount) filter (where e.account_id like '%:held') as held
      from ledger_entries e join ledger_transfers t on t.id = e.transfer_id
        left join tips on t.memo ->> 'purpose' = 'tip' and tips.id = t.memo ->> 'purposeId'
        left join livestreams on livestreams.id = t.stream_id
      where e.account_id in ${myAccounts} and ${sql.join(conditions, sql` and `)}
      group by t.id, t.at, t.kind, t.currency, t.stream_id, t.memo
      order by t.at ${direction}, t.id ${direction} limit ${search.limit + 1}
    )
    select f.id, ${iso(sql`f.at`)} as at, f.kind, f.currency, f.mine, f.held, s.paid, s.platform,
      tips.display_name as "from", case when tips.message_status = 'published' then tips.message end as message,
      ${iso(sql`tips.paid_at`)} as tipped_at, livestreams.id as stream_id, livestreams.title as stream_title
    from found f
      left join ledger_shares_of(array(select id from found)) s on s.transfer_id = f.id
      left join tips on f.memo ->> 'purpose' = 'tip' and tips.id = f.memo ->> 'purposeId'
      left join livestreams on livestreams.id = f.stream_id
    order by f.at ${direction}, f.id ${direction}`);
  return rows;
}

export interface StreamRow extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly started_at: string;
}

/** Streams with earnings, newest first; one row more than `limit` when there is more. */
export async function searchEarningStreams(
  tx: Tx,
  search: { words: string | undefined; after: readonly [string, string] | null; limit: number },
): Promise<StreamRow[]> {
  const { after, limit, words } = search;
  const found = holds(words, livestreams.title);
  const { rows } = await tx.execute<StreamRow>(sql`
    select livestreams.id, livestreams.title, ${iso(sql`livestreams.started_at`)} as started_at
    from livestreams
    where livestreams.channel_id = app_me()
      and exists (select from ledger_transfers t where t.stream_id = livestreams.id and ${isEarning})
      ${found === undefined ? sql`` : sql`and ${found}`}
      ${after === null ? sql`` : sql`and (livestreams.started_at, livestreams.id) < (${after[0]}::timestamptz, ${after[1]})`}
    order by livestreams.started_at desc, livestreams.id desc limit ${limit + 1}`);
  return rows;
}

export async function sumByStream(
  tx: Tx,
  ids: readonly string[],
): Promise<(SumRow & { readonly stream_id: string })[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.execute<SumRow & { readonly stream_id: string }>(sql`
    select t.stream_id, ${SOURCE} as source, e.currency, sum(e.amount) as earned, count(distinct t.id)::int as count
    from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
    where t.stream_id in ${listed(ids)} and e.account_id in ${myAccounts} and ${isEarning}
    group by 1, 2, 3 having sum(e.amount) <> 0 order by 1, 2, 3`);
  return rows;
}
