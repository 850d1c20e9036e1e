/** Appeals as admins review them. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AppealStatus, appealDesk, appeals, dossiers, strikes } from '@virgil/contract';
import { useEffect } from 'react';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';
import { on, onConnect, useSocket } from './socket.ts';

export function useAppeals(filter: { status: AppealStatus; q?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(appealDesk.getPendingAppeals, {
      query: { limit: 50, status: filter.status, ...(filter.q ? { q: filter.q } : {}) },
    }),
    placeholderData: keepPreviousData,
  });
}

export function useAppealContext(id: string | undefined) {
  return useQuery({
    ...queryOf(appealDesk.getAppealWithContext, { params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });
}

/** Follows the queue while the page is open: what was handed in, answered, or decided by somebody else. */
export function useAppealDesk(): void {
  useSocket();
  useEffect(() => {
    const look = (): void => void refresh(appealDesk.getPendingAppeals, appealDesk.getAppealWithContext);
    const stop = [on(appeals.appealChanged, look), onConnect(look)];
    return () => {
      for (const end of stop) end();
    };
  }, []);
}

export interface Words {
  readonly resolution: string;
  readonly notes: string;
}

export async function decideAppeal(id: string, decision: 'accepted' | 'denied', words: Words): Promise<void> {
  const operation = decision === 'accepted' ? appealDesk.acceptAppeal : appealDesk.denyAppeal;
  const { notes, resolution } = words;
  await call(operation, { params: { id }, body: { resolution, ...(notes === '' ? {} : { notes }) } });
  await refresh(
    appealDesk.getPendingAppeals,
    appealDesk.getAppealWithContext,
    strikes.listStrikes,
    dossiers.getDossier,
    dossiers.getUserHistory,
  );
}

export async function askInAppeal(id: string, message: string): Promise<void> {
  await call(appealDesk.askInAppeal, { params: { id }, body: { message } });
  await refresh(appealDesk.getAppealWithContext);
}

export async function readAppealAnswers(id: string): Promise<void> {
  const { read } = await call(appealDesk.readAppealAnswers, { params: { id } });
  if (read > 0) await refresh(appealDesk.getPendingAppeals, appealDesk.getAppealWithContext);
}

export async function noteOnAppeal(id: string, note: string): Promise<void> {
  await call(appealDesk.noteOnAppeal, { params: { id }, body: { note } });
  await refresh(appealDesk.getAppealWithContext);
}

/** From a moment on; without: the server's usual 90 days. */
export function useOverturnRates(from: string | undefined) {
  return useQuery({
    ...queryOf(appealDesk.getOverturnRates, { query: from === undefined ? {} : { from } }),
    placeholderData: keepPreviousData,
  });
}

export const overturnRatesFile = (from: string | undefined): string =>
  downloadAddress(appealDesk.exportOverturnRates, { query: from === undefined ? {} : { from } });
