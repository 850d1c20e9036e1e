import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { livestreams, type Realm } from '@virgil/contract';
import { pagesOf, queryOf } from './queries.ts';

/** Everything live, most watched first; asked again every ten seconds while the page is looked at. */
export function useActiveLivestreams(filter: { realm?: Realm | undefined; q?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(livestreams.listActive, {
      query: { limit: 49, ...(filter.realm ? { realm: filter.realm } : {}), ...(filter.q ? { q: filter.q } : {}) },
    }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
}

export const livestreamQuery = (id: string) => queryOf(livestreams.getLivestream, { params: { id } });

export function useLivestream(id: string) {
  return useQuery(livestreamQuery(id));
}

export function useLivestreamsOf(creatorId: string) {
  return useInfiniteQuery(pagesOf(livestreams.listByCreator, { params: { creatorId }, query: { limit: 24 } }));
}
