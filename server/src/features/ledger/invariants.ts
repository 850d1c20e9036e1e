/**
 * What must be true of the books at any time. Each is one statement that returns what breaks it, so that anybody with
 * SQL can ask the same; a trigger or a lock keeps each of them in the first place.
 */
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

/** No more findings of one invariant than a person reads. */
const AT_MOST = 20;

export const INVARIANTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8'] as const;
export type InvariantId = (typeof INVARIANTS)[number];

export interface InvariantResult {
  readonly id: InvariantId;
  readonly state: 'holds' | 'broken' | 'unchecked';
  /** What breaks it: the first twenty, each in plain words with the ids it is about. Why, when it is unchecked. */
  readonly findings: readonly string[];
}

/** What the payment provider says it holds for us, in minor units by currency. Rejects when it does not answer. */
export type ProviderBalances = () => Promise<ReadonlyMap<string, bigint>>;

/** In English, for the terminal and the log; the pages have their own words under the same names. */
export const STATEMENTS: Readonly<Record<InvariantId, string>> = {
  I1: 'The entries of every transfer sum to zero in its currency.',
  I2: 'The whole ledger sums to zero in every currency.',
  I3: 'No creator’s account went below zero, except by what was taken back.',
  I4: 'No entry was changed, removed or slipped in after its day was closed, and the guards are in place.',
  I5: 'Nothing was given back beyond what was paid.',
  I6: 'Of every tip and patronage the platform has a tenth rounded down, and the creator the rest.',
  I7: 'The clearing account says what the payment provider says.',
  I8: 'Every stored balance is the sum of its entries.',
};

type FindingRow = { readonly finding: string };

const QUERIES: Readonly<Record<Exclude<InvariantId, 'I7'>, ReturnType<typeof sql>>> = {
  I1: sql`
    select 'transfer ' || t.id || ': ' || case
        when count(e.id) < 2 then 'it has ' || count(e.id) || ' entries'
        when not bool_and(e.currency = t.currency) then 'an entry is in another currency'
        else 'its entries sum to ' || sum(e.amount)
      end as finding
    from ledger_transfers t left join ledger_entries e on e.transfer_id = t.id
    group by t.id having count(e.id) < 2 or not bool_and(e.currency = t.currency) or sum(e.amount) <> 0
    union all
    select 'entry ' || e.id || ' belongs to no transfer (' || e.transfer_id || ')'
    from ledger_entries e where not exists (select from ledger_transfers t where t.id = e.transfer_id)`,
  I2: sql`
    select currency || ' sums to ' || sum(amount) as finding from ledger_entries group by currency having sum(amount) <> 0`,
  // Debits of one account wait for each other and ids are given in that order, so the sum up to a debit is at most what
  // it saw: what it could not see with a lower id are credits.
  I3: sql`
    select 'account ' || account_id || ' went to ' || balance || ' ' || currency || ' by transfer ' || transfer_id as finding
    from (
      select e.account_id, e.currency, e.transfer_id, e.amount, t.is_forced,
        sum(e.amount) over (partition by e.account_id, e.currency order by e.id) as balance
      from ledger_entries e
        join ledger_accounts a on a.id = e.account_id and a.is_floored
        join ledger_transfers t on t.id = e.transfer_id
    ) as running
    where amount < 0 and balance < 0 and not is_forced`,
  I4: sql`
    select 'the day ' || d.day || ' was closed with ' || d.entries || ' entries and now has ' || f.entries ||
      case when f.entries = d.entries then ', of which one or more differ' else '' end as finding
    from ledger_digests d, ledger_fingerprint(d.until - interval '1 day', d.until) f
    where f.sha256 <> d.sha256
    union all
    select 'transfer ' || t.id || ' stands in a day that was over before any was closed'
    from ledger_transfers t
    where t.posted_at < (select max(until) from ledger_digests) and not exists (
      select from ledger_digests d where t.posted_at >= d.until - interval '1 day' and t.posted_at < d.until)
    union all
    select 'the guard ' || guard.name || ' on ' || guard.on_table || ' is missing or switched off'
    from (values ('append_only', 'ledger_accounts'), ('append_only', 'ledger_transfers'),
      ('append_only', 'ledger_entries'), ('append_only', 'ledger_digests'), ('append_only', 'currencies'),
      ('zero_sum', 'ledger_entries')) as guard (name, on_table)
    where not exists (
      select from pg_trigger g where g.tgname = guard.name and g.tgrelid = to_regclass('public.' || guard.on_table)
        and g.tgenabled = 'A')`,
  I5: sql`
    select 'transfer ' || o.id || ' moved ' || o.gross || ' and ' || sum(r.gross) || ' of it was given back' as finding
    from (
      select t.reverses, t.currency, sum(e.amount) as gross from ledger_transfers t
        join ledger_entries e on e.transfer_id = t.id and e.amount > 0
      where t.reverses is not null group by t.id
    ) r join (
      select t.id, t.currency, sum(e.amount) as gross from ledger_transfers t
        join ledger_entries e on e.transfer_id = t.id and e.amount > 0
      where exists (select from ledger_transfers b where b.reverses = t.id) group by t.id
    ) o on o.id = r.reverses
    group by o.id, o.gross, o.currency having sum(r.gross) > o.gross or not bool_and(r.currency = o.currency)
    union all
    select 'payment ' || (t.memo ->> 'paymentId') || ': ' || sum(e.amount) || ' ' || t.currency ||
      ' more was given back than was paid' as finding
    from ledger_transfers t join ledger_entries e on e.transfer_id = t.id and e.account_id = 'platform:clearing'
    where t.memo ? 'paymentId' and t.kind not in ('provider_fee', 'dispute_fee')
    group by t.memo ->> 'paymentId', t.currency having sum(e.amount) > 0`,
  I6: sql`
    select kind || ' ' || id || ': of ' || gross || ' the platform has ' || fee || ' and the creator ' || creator as finding
    from (
      select t.id, t.kind,
        coalesce(-sum(e.amount) filter (where e.account_id = 'platform:clearing'), 0) as gross,
        coalesce(sum(e.amount) filter (where e.account_id = 'platform:fees'), 0) as fee,
        coalesce(sum(e.amount) filter (where e.account_id like 'creator:%:pending'), 0) as creator
      from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
      where t.kind in ('tip', 'patronage') group by t.id
    ) as payment
    where gross <= 0 or fee <> div(gross, 10) or creator <> gross - div(gross, 10)`,
  I8: sql`
    select 'account ' || s.account_id || ': ' || s.balance || ' ' || s.currency || ' is stored, and its entries sum to ' ||
      coalesce(sum(e.amount), 0) as finding
    from ledger_snapshots s left join ledger_entries e
      on e.account_id = s.account_id and e.currency = s.currency and e.posted_xid < s.below_xid
    group by s.account_id, s.currency having coalesce(sum(e.amount), 0) <> s.balance or count(e.id) <> s.entries`,
};

/** Asks all eight. `tx` reads everything (the system's, or a superuser's). */
export async function checkInvariants(tx: Tx, providerBalances: ProviderBalances | null): Promise<InvariantResult[]> {
  // Reading every entry there is may take longer than a request may.
  await tx.execute(sql`set local statement_timeout = '10min'`);
  const results: InvariantResult[] = [];
  for (const id of INVARIANTS) {
    results.push(id === 'I7' ? await checkClearing(tx, providerBalances) : await ask(tx, id));
  }
  return results;
}

async function ask(tx: Tx, id: Exclude<InvariantId, 'I7'>): Promise<InvariantResult> {
  const { rows } = await tx.execute<FindingRow>(sql`select finding from (${QUERIES[id]}) as found limit ${AT_MOST}`);
  return { id, state: rows.length === 0 ? 'holds' : 'broken', findings: rows.map(({ finding }) => finding) };
}

async function checkClearing(tx: Tx, providerBalances: ProviderBalances | null): Promise<InvariantResult> {
  const unchecked = (why: string): InvariantResult => ({ id: 'I7', state: 'unchecked', findings: [why] });
  if (providerBalances === null) return unchecked('There is no payment provider to ask.');
  let theirs: ReadonlyMap<string, bigint>;
  try {
    theirs = await providerBalances();
  } catch (error) {
    return unchecked(`The payment provider did not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { rows } = await tx.execute<{ currency: string; held: string }>(sql`
    select currency, -sum(amount) as held from ledger_entries where account_id = 'platform:clearing' group by currency`);
  const ours = new Map(rows.map(({ currency, held }) => [currency, BigInt(held)]));
  const findings = [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((currency) => (ours.get(currency) ?? 0n) !== (theirs.get(currency) ?? 0n))
    .map(
      (currency) =>
        `${currency}: the provider holds ${theirs.get(currency) ?? 0n}, the clearing account says ${ours.get(currency) ?? 0n}`,
    );
  return { id: 'I7', state: findings.length === 0 ? 'holds' : 'broken', findings };
}
