import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AuditEntity, type AuditType, audit, type UserId } from '@virgil/contract';
import { call } from './call.ts';
import { downloadAddress } from './download.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export interface AuditFilter {
  readonly q?: string | undefined;
  readonly type?: AuditType | undefined;
  readonly entity?: AuditEntity | undefined;
  readonly entityId?: string | undefined;
  readonly actorId?: UserId | undefined;
  /** Instants. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const given = (filter: AuditFilter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

export function useAuditLog(filter: AuditFilter) {
  return useInfiniteQuery({
    ...pagesOf(audit.listAudit, { query: { limit: 50, ...given(filter) } }),
    placeholderData: keepPreviousData,
  });
}

export const useAuditState = () => useQuery({ ...queryOf(audit.getAuditLog, {}), refetchInterval: 20_000 });

/** With the proof; `since` is the size of a checkpoint seen before. */
export function useAuditEntry(eventId: string, since: number | undefined) {
  return useQuery(queryOf(audit.getAuditEntry, { params: { eventId }, query: since === undefined ? {} : { since } }));
}

export const auditFile = (filter: AuditFilter, format: 'csv' | 'json'): string =>
  downloadAddress(audit.exportAudit, { query: { ...given(filter), format } });

export const receiptFile = (eventId: string): string => downloadAddress(audit.getReceipt, { params: { eventId } });

async function changed(state: audit.AuditLogState): Promise<void> {
  queryClient.setQueryData(queryOf(audit.getAuditLog, {}).queryKey, state);
  await refresh(audit.listAudit);
}

export const addAuditKey = async () => changed(await call(audit.addAuditKey, {}));
export const retireAuditKey = async () => changed(await call(audit.retireAuditKey, {}));
export const restartAuditLog = async (reason: string) =>
  changed(await call(audit.restartAuditLog, { body: { reason } }));
