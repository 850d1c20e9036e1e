/** What was decided becomes a row, the item's state, and the end of a report of the same text. */
import type { ReportId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import type { ReportsOfItems } from './deps.ts';
import type { Judgement, Outcome } from './judgement.ts';
import { type ActionKind, insertAction, updateItem } from './store.ts';

export interface ReportsToResolve {
  readonly reports: Pick<ReportsOfItems, 'resolve'>;
}

const STATUS = { approve: 'approved', escalate: 'escalated' } as const;
const statusAfter = (kind: ActionKind) =>
  kind === 'approve' || kind === 'escalate' ? STATUS[kind] : ('rejected' as const);

/** The item is decided, and nobody works on it any more; a report of the same text is resolved with it. */
export async function writeDown(
  tx: Tx,
  deps: ReportsToResolve,
  judgement: Judgement,
  outcome: Outcome,
): Promise<{ readonly status: ReturnType<typeof statusAfter>; readonly resolvesReport: boolean }> {
  const { actionId, at, by, item, leavesReport, reportId, undoableUntil } = judgement;
  const { closesAccount: _, strikeNumber: __, timedOutUntil: ___, ...columns } = outcome;
  const status = statusAfter(outcome.kind);
  const unclaimed = { claimedBy: null, claimedAt: null, claimExpiresAt: null, updatedAt: at };
  if (status === 'escalated') {
    await updateItem(tx, item.id, {
      ...unclaimed,
      resolutionStatus: status,
      escalatedBy: by,
      escalatedAt: at,
      escalationTrigger: outcome.escalationTrigger ?? null,
      escalationNote: outcome.reason === '' ? null : outcome.reason,
    });
  } else {
    await updateItem(tx, item.id, {
      ...unclaimed,
      resolutionStatus: status,
      resolutionTimestamp: at,
      resolvedBy: by,
      moderatorNotes: outcome.reason,
    });
  }
  const resolves = reportId !== null && status !== 'escalated' && !leavesReport;
  const reporterNotices = resolves ? await resolveReport(tx, deps, judgement, reportId, outcome) : [];
  await insertAction(tx, {
    ...columns,
    id: actionId,
    itemId: item.id,
    userId: item.userId,
    channelId: item.channelId,
    actorId: by,
    statusBefore: item.resolutionStatus === 'escalated' ? 'escalated' : 'pending',
    reportId: resolves ? reportId : null,
    reporterNotices: [...reporterNotices],
    createdAt: at,
    undoableUntil,
  });
  return { status, resolvesReport: resolves };
}

function resolveReport(
  tx: Tx,
  deps: ReportsToResolve,
  { at, by, undoableUntil }: Judgement,
  reportId: ReportId,
  { kind, reason, strikeId }: Outcome,
): Promise<readonly string[]> {
  return deps.reports.resolve(tx, reportId, {
    decision: kind === 'approve' ? 'rejected' : 'approved',
    reason,
    by,
    at,
    strikeId: strikeId ?? null,
    deliverAt: undoableUntil ?? undefined,
  });
}
