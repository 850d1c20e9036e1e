import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  type AppealStatus,
  appealDesk,
  appeals,
  audit,
  type BodyInputOf,
  dossiers,
  penalties,
  statements,
  strikes,
} from '@virgil/contract';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';

/** Decisions about oneself. */
export const useOwnPenalties = () => useQuery(queryOf(penalties.listOwnPenalties, {}));

/** One’s own appeals; nobody has more than a page of them. */
export const useOwnAppeals = () => useQuery(queryOf(appeals.getUserAppeals, { query: { limit: 100 } }));

/** The reasons of a decision, in full. */
export function useStatement(id: string | undefined) {
  return useQuery({ ...queryOf(statements.getStatement, { params: { id: id ?? '' } }), enabled: id !== undefined });
}

/** The proof that a decision is in the audit log. */
export const receiptFile = (eventId: string): string => downloadAddress(audit.getReceipt, { params: { eventId } });

export async function sendAppeal(body: BodyInputOf<typeof appeals.submitAppeal>): Promise<void> {
  await call(appeals.submitAppeal, { body });
  await refresh(penalties.listOwnPenalties, appeals.getUserAppeals);
}

export function useAppeals(filter: { status: AppealStatus; q?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(appealDesk.getPendingAppeals, {
      query: { limit: 50, status: filter.status, ...(filter.q ? { q: filter.q } : {}) },
    }),
    placeholderData: keepPreviousData,
  });
}

export async function decideAppeal(id: string, decision: 'accepted' | 'denied', resolution: string): Promise<void> {
  const operation = decision === 'accepted' ? appealDesk.acceptAppeal : appealDesk.denyAppeal;
  await call(operation, { params: { id }, body: { resolution } });
  await refresh(appealDesk.getPendingAppeals, strikes.listStrikes, dossiers.getDossier, dossiers.getUserHistory);
}
