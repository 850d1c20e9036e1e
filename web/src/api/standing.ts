/** What admins decide about people: strikes, penalties, and the dossier that shows both. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { accounts, appealDesk, type BodyInputOf, dossiers, penalties, strikes } from '@virgil/contract';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';

export interface StrikeFilter {
  readonly step?: 'warned' | 'escalated' | 'banned' | undefined;
  readonly q?: string | undefined;
}

export function useStrikes({ q, step }: StrikeFilter) {
  return useInfiniteQuery({
    ...pagesOf(strikes.listStrikes, { query: { limit: 50, ...(step ? { step } : {}), ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

const decided = () =>
  refresh(
    accounts.listUsers,
    appealDesk.getPendingAppeals,
    dossiers.getDossier,
    dossiers.getUserHistory,
    penalties.listPenalties,
    strikes.listStrikes,
  );

export async function decideOnStrike(id: string, body: BodyInputOf<typeof strikes.decideStrikeAppeal>): Promise<void> {
  await call(strikes.decideStrikeAppeal, { params: { id }, body });
  await decided();
}

export const useDossier = (id: string) => useQuery(queryOf(dossiers.getDossier, { params: { id } }));

export function useHistory(id: string, kind: dossiers.HistoryKind | undefined) {
  return useInfiniteQuery({
    ...pagesOf(dossiers.getUserHistory, { params: { id }, query: { limit: 50, ...(kind ? { kind } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

/** What somebody wrote with its scores, or what was decided about them. */
export const useUserHistory = (id: string, of: 'messages' | 'decisions') =>
  useInfiniteQuery(pagesOf(dossiers.getUserHistory, { params: { id }, query: { limit: 20, of } }));

export const dossierFile = (id: string): string => downloadAddress(dossiers.exportDossier, { params: { id } });

export async function issuePenalty(body: BodyInputOf<typeof penalties.issuePenalty>): Promise<void> {
  await call(penalties.issuePenalty, { body });
  await decided();
}

export async function unbanUser(id: string, reason: string): Promise<void> {
  await call(penalties.unbanUser, { params: { id }, body: { reason } });
  await decided();
}
