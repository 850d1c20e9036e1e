/** A creator looks at what they earned. Everything is read with their own rights. */
import type {
  ledger as contract,
  EarningsEntry,
  EarningsOfPeriod,
  Money,
  OutputOf,
  QueryOf,
  StreamId,
} from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { LedgerDeps } from './deps.ts';
import {
  type EntryRow,
  type PeriodRow,
  readBalances,
  readTimeZone,
  type SumRow,
  searchEarningStreams,
  searchEntries,
  sumByPeriod,
  sumByStream,
  todayIn,
} from './earnings-store.ts';
import { moneyOf } from './minor-units.ts';

const DAYS_BACK = 29;
const MONTHS_BACK = 11;

export async function getEarnings(deps: LedgerDeps, actor: Actor): Promise<OutputOf<typeof contract.getEarnings>> {
  const at = deps.clock.now();
  return inOwnZone(deps, actor, async (tx, timeZone) => {
    const today = await todayIn(tx, timeZone, at);
    const balances = await readBalances(tx, personOfActor(actor).userId);
    const days = await sumByPeriod(tx, { unit: 'day', back: DAYS_BACK, timeZone, at });
    const months = await sumByPeriod(tx, { unit: 'month', back: MONTHS_BACK, timeZone, at });
    return {
      timeZone,
      today,
      balances: balances.map(({ available, currency, held, pending }) => ({
        available: moneyOf(available, currency),
        pending: moneyOf(pending, currency),
        held: moneyOf(held, currency),
      })),
      days: days.map(periodOf),
      months: months.map(periodOf),
    };
  });
}

export async function listEarnings(
  deps: LedgerDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listEarnings>,
): Promise<OutputOf<typeof contract.listEarnings>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { kind, limit, q: words } = query;
  const found = await deps.database.asActor(actor, (tx) =>
    searchEntries(tx, { kind, words, after, limit, order: 'newest' }),
  );
  const { rows, nextCursor } = pageOf(found, limit, ({ at, id }) => [at, id]);
  return { items: rows.map(entryOf), nextCursor };
}

export async function listEarningsByStream(
  deps: LedgerDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listEarningsByStream>,
): Promise<OutputOf<typeof contract.listEarningsByStream>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit, q: words } = query;
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchEarningStreams(tx, { words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.started_at, row.id]);
    const sums = await sumByStream(
      tx,
      rows.map(({ id }) => id),
    );
    const items = rows.map(({ id, started_at: startedAt, title }) => ({
      // Our own row.
      stream: { id: id as StreamId, title, startedAt },
      earned: sums.filter((sum) => sum.stream_id === id).map(sumOf),
    }));
    return { items, nextCursor };
  });
}

/** A zone that the browser knew and PostgreSQL does not is no reason to show nothing. */
export async function inOwnZone<T>(
  deps: Pick<LedgerDeps, 'database'>,
  actor: Actor,
  work: (tx: Tx, timeZone: string) => Promise<T>,
): Promise<T> {
  const { userId } = personOfActor(actor);
  const zone = await deps.database.asActor(actor, (tx) => readTimeZone(tx, userId));
  try {
    return await deps.database.asActor(actor, (tx) => work(tx, zone));
  } catch (error) {
    if (zone === 'UTC' || !isUnknownZone(error)) throw error;
    return deps.database.asActor(actor, (tx) => work(tx, 'UTC'));
  }
}

/** invalid_parameter_value, which drizzle wraps. */
function isUnknownZone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '22023') || isUnknownZone(error.cause);
}

const sumOf = ({ count, currency, earned, source }: SumRow) => ({ source, earned: moneyOf(earned, currency), count });
const periodOf = (row: PeriodRow): EarningsOfPeriod => ({ period: row.period, ...sumOf(row) });

/** Nothing was paid by a payer for these. */
const PAYMENTLESS: ReadonlySet<string> = new Set(['payout', 'payout_paid', 'payout_failed', 'dispute', 'dispute_won']);

export function entryOf(row: EntryRow): EarningsEntry {
  const money = (amount: string | null): Money | null => (amount === null ? null : moneyOf(amount, row.currency));
  const isPayment = !PAYMENTLESS.has(row.kind);
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    paid: isPayment ? money(row.paid) : null,
    platform: isPayment && row.kind !== 'bonus' ? money(row.platform) : null,
    yours: moneyOf(row.mine, row.currency),
    held: row.kind === 'dispute' || row.kind === 'dispute_won' ? money(row.held) : null,
    tip:
      row.from === null || row.tipped_at === null
        ? null
        : { from: row.from, message: row.message === '' ? null : row.message, at: row.tipped_at },
    stream:
      row.stream_id === null || row.stream_title === null
        ? null
        : { id: row.stream_id as StreamId, title: row.stream_title },
  };
}
