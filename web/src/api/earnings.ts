import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type EarningsKind, ledger } from '@virgil/contract';
import { downloadAddress } from './download.ts';
import { pagesOf, queryOf } from './queries.ts';

export interface EntryFilter {
  readonly q?: string | undefined;
  readonly kind?: EarningsKind | undefined;
}

export function useEarnings() {
  return useQuery(queryOf(ledger.getEarnings, {}));
}

export function useEarningsEntries({ kind, q }: EntryFilter) {
  return useInfiniteQuery({
    ...pagesOf(ledger.listEarnings, { query: { limit: 30, ...(q ? { q } : {}), ...(kind ? { kind } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

export function useEarningsByStream() {
  return useInfiniteQuery(pagesOf(ledger.listEarningsByStream, { query: { limit: 5 } }));
}

export const earningsFile = (): string => downloadAddress(ledger.exportEarnings, { query: {} });
