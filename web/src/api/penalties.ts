/** Penalties as admins list, issue and lift them. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { accounts, dossiers, type OutputOf, penalties, type QueryInputOf } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, refresh } from './queries.ts';

export interface PenaltyFilter {
  readonly q?: string | undefined;
  readonly state?: 'active' | 'ended' | undefined;
}

export function usePenalties({ q, state }: PenaltyFilter) {
  return useInfiniteQuery({
    ...pagesOf(penalties.listPenalties, { query: { limit: 50, ...(q ? { q } : {}), ...(state ? { state } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

export async function liftPenalty(id: string, reason: string): Promise<void> {
  try {
    await call(penalties.deactivatePenalty, { params: { id }, body: { reason } });
  } finally {
    await refresh(penalties.listPenalties, accounts.listUsers, dossiers.getDossier, dossiers.getUserHistory);
  }
}

type Listed = OutputOf<typeof penalties.listPenalties>['items'];

/** Everything that fits, page by page. */
export async function allPenalties({ q, state }: PenaltyFilter): Promise<Listed> {
  const all: Listed = [];
  let cursor: string | null = null;
  do {
    const query: QueryInputOf<typeof penalties.listPenalties> = {
      limit: 100,
      ...(q ? { q } : {}),
      ...(state ? { state } : {}),
      ...(cursor === null ? {} : { cursor }),
    };
    const page: OutputOf<typeof penalties.listPenalties> = await call(penalties.listPenalties, { query });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}
