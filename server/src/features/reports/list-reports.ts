/** The queue of reports, for admins. */
import type { reports as contract, OutputOf, QueryOf, ReportId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { personOf } from '../channels/index.ts';
import type { ReportDeps } from './deps.ts';
import { countReports, type QueuedReport, searchReports } from './queue-store.ts';

const urgency = z.int().min(0).max(1);
const id = z.string().max(64);
const CURSORS = {
  voices: z.tuple([urgency, z.int(), id]),
  oldest: z.tuple([urgency, z.iso.datetime(), id]),
  newest: z.tuple([urgency, z.iso.datetime(), id]),
} as const;

export async function listReports(
  deps: ReportDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listReports>,
): Promise<OutputOf<typeof contract.listReports>> {
  const { cursor, limit, q: words, sort } = query;
  const after = decodeCursor(cursor, CURSORS[sort]);
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchReports(tx, { ...query, words, after });
    const { rows, nextCursor } = pageOf(found, limit, ({ report, urgent }) => [
      urgent,
      sort === 'voices' ? report.voices : report.createdAt.toISOString(),
      report.id,
    ]);
    return { items: rows.map(describeReport), nextCursor, counts: await countReports(tx, { ...query, words }) };
  });
}

export function describeReport({ owner, report, resolver, title }: QueuedReport): contract.AdminReport {
  return {
    id: report.id as ReportId,
    subject: { type: report.subjectType, id: report.subjectId },
    title,
    owner: owner === null ? null : personOf(owner),
    reason: report.reason,
    voices: report.voices,
    status: report.status,
    createdAt: report.createdAt.toISOString(),
    hidePreview: report.reason === 'minors',
    resolution:
      report.resolvedAt === null
        ? null
        : {
            reason: report.resolution ?? '',
            by: resolver === null ? null : personOf(resolver),
            at: report.resolvedAt.toISOString(),
            abusive: report.isAbusive,
          },
  };
}
