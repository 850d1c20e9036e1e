import { useInfiniteQuery } from '@tanstack/react-query';
import { type BodyInputOf, privacy, type UserId } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

/** Holds in force, or all of one person. */
export function useHolds(userId?: UserId) {
  return useInfiniteQuery(pagesOf(privacy.listHolds, { query: userId === undefined ? {} : { userId } }));
}

export async function placeHold(id: UserId, body: BodyInputOf<typeof privacy.placeHold>): Promise<void> {
  await call(privacy.placeHold, { params: { id }, body });
  await refresh(privacy.listHolds);
}

export async function releaseHold(id: privacy.LegalHold['id'], reason: string): Promise<void> {
  await call(privacy.releaseHold, { params: { id }, body: { reason } });
  await refresh(privacy.listHolds);
}

export async function setRetention(body: privacy.Retention): Promise<void> {
  queryClient.setQueryData(queryOf(privacy.getRetention, {}).queryKey, await call(privacy.setRetention, { body }));
}
