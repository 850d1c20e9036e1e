import { useQuery } from '@tanstack/react-query';
import { privacy } from '@virgil/contract';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { queryClient, queryOf, refresh } from './queries.ts';

/** While one is being made it is looked at again every two seconds. */
export function useExports() {
  return useQuery({
    ...queryOf(privacy.listExports, {}),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'preparing') ? 2_000 : false),
  });
}

export async function requestExport(): Promise<void> {
  await call(privacy.requestExport, {});
  await refresh(privacy.listExports);
}

export const exportAddress = (id: privacy.DataExport['id']): string =>
  downloadAddress(privacy.downloadExport, { params: { id } });

export function useErasurePlan(enabled = true) {
  return useQuery({ ...queryOf(privacy.getErasurePlan, {}), enabled });
}

function keepPlan(plan: privacy.ErasurePlan): void {
  queryClient.setQueryData(queryOf(privacy.getErasurePlan, {}).queryKey, plan);
}

export async function eraseMe(password: string): Promise<void> {
  keepPlan(await call(privacy.eraseMe, { body: { password } }));
}

export async function cancelErasure(): Promise<void> {
  keepPlan(await call(privacy.cancelErasure, {}));
}

export function useRetention() {
  return useQuery(queryOf(privacy.getRetention, {}));
}
