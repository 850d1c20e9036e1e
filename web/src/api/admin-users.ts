import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { accounts, dossiers, type PlatformRole, type Standing, type Tier } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, refresh } from './queries.ts';

export interface UserFilter {
  q?: string | undefined;
  tier?: Tier | undefined;
  role?: PlatformRole | undefined;
  standing?: Standing | undefined;
}

export function useUsers(filter: UserFilter) {
  return useInfiniteQuery({
    ...pagesOf(accounts.listUsers, {
      query: {
        limit: 50,
        ...(filter.q ? { q: filter.q } : {}),
        ...(filter.tier ? { tier: filter.tier } : {}),
        ...(filter.role ? { role: filter.role } : {}),
        ...(filter.standing ? { standing: filter.standing } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
}

export async function setTier(id: string, tier: Tier): Promise<void> {
  await call(accounts.setTier, { params: { id }, body: { tier } });
  await refresh(accounts.listUsers, accounts.getMe, dossiers.getDossier);
}

export async function setRole(id: string, role: PlatformRole): Promise<void> {
  await call(accounts.setRole, { params: { id }, body: { role } });
  await refresh(accounts.listUsers, accounts.getMe, dossiers.getDossier);
}

export const issueResetLink = (id: string) => call(accounts.issueResetLink, { params: { id } });
