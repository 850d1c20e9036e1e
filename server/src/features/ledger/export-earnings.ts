/** A creator's entries as a file: read page by page while it is sent, each page with their own rights. */
import { Readable } from 'node:stream';
import type { ledger as contract, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { type CsvCell, csvPages } from '../../csv.ts';
import type { FileAnswer } from '../../http/index.ts';
import type { LedgerDeps } from './deps.ts';
import { type EntrySearch, searchEntries } from './earnings-store.ts';
import { unitsOf } from './minor-units.ts';
import { entryOf, inOwnZone } from './read-earnings.ts';

const PAGE = 1_000;
const COLUMNS = ['time (UTC)', 'kind', 'from', 'stream', 'currency', 'paid', 'platform', 'yours', 'held', 'transfer'];

export async function exportEarnings(
  deps: LedgerDeps,
  actor: Actor,
  { from, to }: QueryOf<typeof contract.exportEarnings>,
): Promise<FileAnswer> {
  // Asked before the file begins: afterwards nothing can be said about a mistake.
  const timeZone = await inOwnZone(deps, actor, async (tx, zone) => {
    await searchEntries(tx, { after: null, limit: 1, order: 'oldest', days: { from, to, timeZone: zone } });
    return zone;
  });
  async function* pages(): AsyncGenerator<CsvCell[][]> {
    let after: readonly [string, string] | null = null;
    do {
      const search: EntrySearch = { after, limit: PAGE, order: 'oldest', days: { from, to, timeZone } };
      const found = await deps.database.asActor(actor, (tx) => searchEntries(tx, search));
      const rows = found.slice(0, PAGE);
      yield rows.map(entryOf).map(cellsOf);
      const last = rows.at(-1);
      after = found.length > PAGE && last !== undefined ? [last.at, last.id] : null;
    } while (after !== null);
  }
  const fileName = `earnings${from === undefined ? '' : `-from-${from}`}${to === undefined ? '' : `-to-${to}`}.csv`;
  return { type: 'text/csv', fileName, body: Readable.from(csvPages(COLUMNS, pages())) };
}

function cellsOf(entry: ReturnType<typeof entryOf>): CsvCell[] {
  const { at, held, id, kind, paid, platform, stream, tip, yours } = entry;
  return [
    at,
    kind,
    tip?.from ?? '',
    stream?.title ?? '',
    yours.currency,
    paid === null ? '' : unitsOf(paid),
    platform === null ? '' : unitsOf(platform),
    unitsOf(yours),
    held === null ? '' : unitsOf(held),
    id,
  ];
}
