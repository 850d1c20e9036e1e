/** How often decisions were overturned on appeal: by category, by rule, by whoever decided. For admins. */
import type { appealDesk as contract, OutputOf, QueryOf } from '@virgil/contract';
import { inArray } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { csvOf } from '../../csv.ts';
import { profiles } from '../../db/schema/index.ts';
import type { FileAnswer } from '../../http/index.ts';
import { personColumns, personOf } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { wilson } from './overturn-policy.ts';
import { type Tally, tallies } from './rates-store.ts';

type Deps = Pick<AppealDeps, 'clock' | 'database'>;
type Rate = contract.OverturnRate;

const USUAL_MS = 90 * 86_400_000;

export async function getOverturnRates(
  { clock, database }: Deps,
  actor: Actor,
  query: QueryOf<typeof contract.getOverturnRates>,
): Promise<OutputOf<typeof contract.getOverturnRates>> {
  const to = query.to === undefined ? clock.now() : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - USUAL_MS) : new Date(query.from);
  return database.asActor(actor, async (tx) => {
    const counted = await tallies(tx, { from, to });
    const ids = [...new Set(counted.flatMap(({ by }) => by ?? []))];
    const people =
      ids.length === 0 ? [] : await tx.select(personColumns).from(profiles).where(inArray(profiles.id, ids));
    const named = new Map(people.map((row) => [row.id as string, personOf(row)]));
    const byPerson = grouped(counted, ({ automatic, by }) => (automatic ? null : (by ?? 'gone')));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      all: rateOf('all', counted),
      byCategory: grouped(counted, ({ category }) => category ?? 'other'),
      byModerator: byPerson.map((rate) => ({ ...rate, person: named.get(rate.key) ?? null })),
      byRule: grouped(counted, ({ automatic, rule }) => (automatic ? (rule ?? 'unknown') : null)),
      byKind: grouped(counted, ({ automatic }) => (automatic ? 'automatic' : 'person')),
    };
  });
}

/** What was overturned most often first, then what was decided most often. */
function grouped(counted: readonly Tally[], keyOf: (tally: Tally) => string | null): Rate[] {
  const groups = new Map<string, Tally[]>();
  for (const tally of counted) {
    const key = keyOf(tally);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), tally]);
  }
  return [...groups]
    .map(([key, tally]) => rateOf(key, tally))
    .sort(
      (one, other) =>
        other.overturned - one.overturned || other.decisions - one.decisions || (one.key < other.key ? -1 : 1),
    );
}

function rateOf(key: string, counted: readonly Tally[]): Rate {
  const sum = (column: 'decisions' | 'heard' | 'overturned') => counted.reduce((all, tally) => all + tally[column], 0);
  const [decisions, heard, overturned] = [sum('decisions'), sum('heard'), sum('overturned')];
  return { key, person: null, decisions, heard, overturned, ...wilson(overturned, heard) };
}

const COLUMNS = ['by', 'key', 'name', 'decisions', 'appeals heard', 'overturned', 'rate', 'from', 'to'];

export async function exportOverturnRates(
  deps: Deps,
  actor: Actor,
  query: QueryOf<typeof contract.exportOverturnRates>,
): Promise<FileAnswer> {
  const { all, byCategory, byKind, byModerator, byRule } = await getOverturnRates(deps, actor, query);
  const lines = (by: string, rates: readonly Rate[]) =>
    rates.map(({ decisions, heard, high, key, low, overturned, person, rate }) => [
      by,
      key,
      person?.displayName ?? '',
      decisions,
      heard,
      overturned,
      share(rate),
      share(low),
      share(high),
    ]);
  const body = csvOf(COLUMNS, [
    ...lines('all', [all]),
    ...lines('kind', byKind),
    ...lines('category', byCategory),
    ...lines('moderator', byModerator),
    ...lines('rule', byRule),
  ]);
  return { type: 'text/csv', fileName: 'overturned-decisions.csv', body };
}

const share = (value: number | null): string => (value === null ? '' : value.toFixed(4));
