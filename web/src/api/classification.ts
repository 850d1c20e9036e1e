import { useQuery } from '@tanstack/react-query';
import { type BodyOf, instance, moderation } from '@virgil/contract';
import { call } from './call.ts';
import { queryClient, queryOf, refresh } from './queries.ts';

/** How the second opinion fares is looked at again while the page is open. */
export function useClassification() {
  return useQuery({ ...queryOf(moderation.getClassification, {}), refetchInterval: 15_000 });
}

export function useScoreDistribution() {
  return useQuery({ ...queryOf(moderation.getScoreDistribution, {}), staleTime: 60_000 });
}

async function keep(state: moderation.ClassificationState): Promise<void> {
  queryClient.setQueryData(queryOf(moderation.getClassification, {}).queryKey, state);
  await refresh(instance.getInstance);
}

export async function saveThresholds(body: BodyOf<typeof moderation.setThresholds>): Promise<void> {
  await keep(await call(moderation.setThresholds, { body }));
}

export async function switchSecondOpinion(isOn: boolean): Promise<void> {
  await keep(await call(moderation.setSecondOpinion, { body: { isOn } }));
}
