import { useQuery } from '@tanstack/react-query';
import { instance } from '@virgil/contract';
import { queryOf } from './queries.ts';

export const instanceQuery = { ...queryOf(instance.getInstance, {}), staleTime: 60_000 };

/** What this instance offers; undefined until it has answered. */
export function useInstance() {
  return useQuery(instanceQuery).data;
}
