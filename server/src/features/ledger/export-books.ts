/** The books as a file, one line an entry: read page by page while it is sent. */
import { Readable } from 'node:stream';
import type { BookedTransfer, ledger as contract, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { type CsvCell, csvPages } from '../../csv.ts';
import type { FileAnswer } from '../../http/index.ts';
import { type BooksSearch, searchTransfers } from './books-store.ts';
import type { LedgerDeps } from './deps.ts';
import { unitsOf } from './minor-units.ts';
import { withEntries } from './read-books.ts';

const PAGE = 500;
const COLUMNS = [
  'time (UTC)',
  'transfer',
  'kind',
  'account',
  'owner',
  'owner id',
  'currency',
  'amount',
  'reverses',
  'key',
];

export function exportBooks(
  deps: LedgerDeps,
  actor: Actor,
  query: QueryOf<typeof contract.exportBooks>,
): Promise<FileAnswer> {
  const { q: words, ...filter } = query;
  async function* pages(): AsyncGenerator<CsvCell[][]> {
    let after: readonly [string, string] | null = null;
    do {
      const search: BooksSearch = { ...filter, words, after, limit: PAGE, order: 'oldest' };
      const page = await deps.database.asActor(actor, async (tx) => {
        const found = await searchTransfers(tx, search);
        return { hasMore: found.length > PAGE, transfers: await withEntries(tx, found.slice(0, PAGE)) };
      });
      yield page.transfers.flatMap(cellsOf);
      const last = page.transfers.at(-1);
      after = page.hasMore && last !== undefined ? [last.at, last.id] : null;
    } while (after !== null);
  }
  const body = Readable.from(csvPages(COLUMNS, pages()));
  return Promise.resolve({ type: 'text/csv', fileName: 'ledger.csv', body });
}

function cellsOf({ at, entries, id, key, kind, reverses }: BookedTransfer): CsvCell[][] {
  return entries.map(({ account, amount, owner }) => [
    at,
    id,
    kind,
    account,
    owner?.displayName ?? '',
    owner?.id ?? '',
    amount.currency,
    unitsOf(amount),
    reverses ?? '',
    key,
  ]);
}
