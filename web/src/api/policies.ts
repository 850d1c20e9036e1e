import { useQuery } from '@tanstack/react-query';
import { policies } from '@virgil/contract';
import { queryOf } from './queries.ts';

export function usePolicies() {
  return useQuery({ ...queryOf(policies.listPolicies, {}), staleTime: 300_000 });
}
