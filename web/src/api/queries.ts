/** React Query over the contract: one cache entry per operation and input, lists by cursor. */
import { type InfiniteData, infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import type { Operation, OutputOf } from '@virgil/contract';
import { type CallInput, call } from './call.ts';
import { ApiProblem } from './problem.ts';

const FINAL = new Set([400, 401, 403, 404, 405, 409, 413, 415, 422]);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && FINAL.has(error.status)),
      retryDelay: (failures, error) =>
        (error instanceof ApiProblem && error.retryAfterMs) || Math.min(1000 * 2 ** failures, 8000),
    },
    mutations: { retry: false },
  },
});

type Input<O extends Operation> = Omit<CallInput<O>, 'signal' | 'file' | 'body'>;

function keyOf(operation: Operation, input: object): readonly unknown[] {
  const { params = null, query = null } = input as { params?: unknown; query?: unknown };
  return [operation.id, params, query];
}

/** `useQuery(queryOf(livestreams.getLivestream, { params: { id } }))` */
export function queryOf<O extends Operation>(operation: O, input: Input<O>) {
  return queryOptions({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }): Promise<OutputOf<O>> => call(operation, { ...input, signal } as unknown as CallInput<O>),
  });
}

interface Page {
  readonly nextCursor: string | null;
}

/** `useInfiniteQuery(pagesOf(videos.listVideos, { query: { q } }))`; `itemsOf(query.data)` joins the pages. */
export function pagesOf<O extends Operation>(operation: O, input: Input<O>) {
  return infiniteQueryOptions({
    queryKey: [...keyOf(operation, input), 'pages'],
    queryFn: ({ signal, pageParam }): Promise<OutputOf<O>> => {
      const { query, ...rest } = input as { query?: object };
      const paged = pageParam === null ? { ...query } : { ...query, cursor: pageParam };
      return call(operation, { ...rest, query: paged, signal } as unknown as CallInput<O>);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last): string | null => (last as Page).nextCursor,
  });
}

export function itemsOf<T>(data: InfiniteData<{ items: T[] }> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** Everything cached of these operations is asked for again. */
export function refresh(...operations: readonly Operation[]): Promise<unknown> {
  return Promise.all(operations.map((operation) => queryClient.invalidateQueries({ queryKey: [operation.id] })));
}
