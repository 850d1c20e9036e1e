import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type BodyInputOf, type OutputOf, type QueryInputOf, reports } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, queryOf, refresh } from './queries.ts';

export type ReportFilter = Omit<QueryInputOf<typeof reports.listReports>, 'limit' | 'cursor'>;
export type Resolution = BodyInputOf<typeof reports.resolveReport>;
export type ResolutionResult = OutputOf<typeof reports.resolveReport>;

export function useReports(filter: ReportFilter) {
  return useInfiniteQuery({
    ...pagesOf(reports.listReports, { query: { limit: 50, ...filter } }),
    placeholderData: keepPreviousData,
    // Somebody else may decide, or report, at any moment.
    refetchInterval: 20_000,
  });
}

export function useReport(id: string | undefined) {
  return useQuery({ ...queryOf(reports.getReport, { params: { id: id ?? '' } }), enabled: id !== undefined });
}

export async function resolveReport(id: string, body: Resolution): Promise<ResolutionResult> {
  try {
    return await call(reports.resolveReport, { params: { id }, body });
  } finally {
    // Also after a refusal: then somebody else has decided, and the page shows what.
    await refresh(reports.listReports, reports.getReport, reports.listReportMutes);
  }
}

export function useReportMutes(q: string | undefined) {
  return useInfiniteQuery({
    ...pagesOf(reports.listReportMutes, { query: { limit: 50, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
}

export async function liftReportMute(userId: string, reason: string): Promise<void> {
  await call(reports.liftReportMute, { params: { userId }, body: { reason } });
  await refresh(reports.listReportMutes);
}
