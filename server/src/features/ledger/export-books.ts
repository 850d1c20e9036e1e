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

export async function exportBooks(
  deps: LedgerDeps,
  actor: Actor,
  query: QueryOf<typeof contract.exportBooks>,
): Promise<FileAnswer> {
  const { q: words, ...filter } = query;
  const read = (after: BooksSearch['after']) =>
    deps.database.asActor(actor, async (tx) => {
      const found = await searchTransfers(tx, { ...filter, words, after, limit: PAGE, order: 'oldest' });
      const transfers = await withEntries(tx, found.slice(0, PAGE));
      const last = transfers.at(-1);
      const next: BooksSearch['after'] = found.length > PAGE && last !== undefined ? [last.at, last.id] : null;
      return { transfers, next };
    });
  // The first page is read before the file begins: afterwards nothing can be said about a mistake.
  const first = await read(null);
  async function* pages(): AsyncGenerator<CsvCell[][]> {
    let page = first;
    for (;;) {
      yield page.transfers.flatMap(cellsOf);
      if (page.next === null) return;
      page = await read(page.next);
    }
  }
  return { type: 'text/csv', fileName: 'ledger.csv', body: Readable.from(csvPages(COLUMNS, pages())) };
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
