import { useQuery } from '@tanstack/react-query';
import { appeals, audit, type BodyInputOf, penalties, statements } from '@virgil/contract';
import { useEffect } from 'react';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { queryOf, refresh } from './queries.ts';
import { on, onConnect, useSocket } from './socket.ts';

/** Decisions about oneself. */
export const useOwnPenalties = () => useQuery(queryOf(penalties.listOwnPenalties, {}));

/** One’s own appeals; nobody has more than a page of them. */
export const useOwnAppeals = () => useQuery(queryOf(appeals.getUserAppeals, { query: { limit: 100 } }));

/** One of them, with what was asked and answered. */
export function useOwnAppeal(id: string) {
  return useQuery(queryOf(appeals.getUserAppeal, { params: { id } }));
}

/** Follows one’s appeals while the page is open: a question, a decision. */
export function useAppealChanges(): void {
  useSocket();
  useEffect(() => {
    const look = (): void => void refresh(appeals.getUserAppeals, appeals.getUserAppeal, penalties.listOwnPenalties);
    const stop = [on(appeals.appealChanged, look), onConnect(look)];
    return () => {
      for (const end of stop) end();
    };
  }, []);
}

/** The reasons of a decision, in full. */
export function useStatement(id: string | undefined) {
  return useQuery({ ...queryOf(statements.getStatement, { params: { id: id ?? '' } }), enabled: id !== undefined });
}

/** The proof that a decision is in the audit log. */
export const receiptFile = (eventId: string): string => downloadAddress(audit.getReceipt, { params: { eventId } });

export async function sendAppeal(
  body: BodyInputOf<typeof appeals.submitAppeal>,
  screenshot: File | null,
): Promise<void> {
  await call(appeals.submitAppeal, { body, ...(screenshot === null ? {} : { file: screenshot }) });
  await refresh(penalties.listOwnPenalties, appeals.getUserAppeals);
}

export async function answerInAppeal(id: string, message: string): Promise<void> {
  await call(appeals.answerInAppeal, { params: { id }, body: { message } });
  await refresh(appeals.getUserAppeal);
}

export async function readAppealMessages(id: string): Promise<void> {
  const { read } = await call(appeals.readAppealMessages, { params: { id } });
  if (read > 0) await refresh(appeals.getUserAppeal);
}
