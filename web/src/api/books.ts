import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type BooksCheck, ledger, type Money, type TransferKind } from '@virgil/contract';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { pagesOf, refresh } from './queries.ts';

export interface BooksFilter {
  readonly q?: string | undefined;
  readonly kind?: TransferKind | undefined;
  readonly currency?: Money['currency'] | undefined;
  /** Days in UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const given = (filter: BooksFilter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

export function useBooks(filter: BooksFilter) {
  return useInfiniteQuery({
    ...pagesOf(ledger.getBooks, { query: { limit: 50, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

export const booksFile = (filter: BooksFilter): string => downloadAddress(ledger.exportBooks, { query: given(filter) });

export async function checkBooks(): Promise<BooksCheck> {
  const check = await call(ledger.checkBooks, {});
  await refresh(ledger.getBooks);
  return check;
}

export async function reverseBonus(id: string, reason: string): Promise<void> {
  await call(ledger.reverseTransfer, { params: { id }, body: { reason } });
  await refresh(ledger.getBooks);
}
