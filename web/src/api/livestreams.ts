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

/** The socket tells of changes; what it said between this answer and joining the room is made up for by asking again. */
export function useLivestream(id: string) {
  return useQuery({
    ...livestreamQuery(id),
    refetchInterval: ({ state: { data } }) => {
      if (!data?.isActive) return false;
      return data.mediaState === 'live' ? 30_000 : 2000;
    },
  });
}

export function useLivestreamsOf(creatorId: string) {
  return useInfiniteQuery(pagesOf(livestreams.listByCreator, { params: { creatorId }, query: { limit: 24 } }));
}
