/** Someone reports content or a person. Reports of one thing are one report with several voices, while it is open. */
import type { Report, ReportReason, ReportSubject } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { enforce, personOfActor } from '../channels/index.ts';
import type { ReportDeps } from './deps.ts';
import { mayReport } from './policy.ts';
import { ownerOfSubject } from './report-subjects.ts';
import { openItemOf } from './review-items.ts';
import {
  addVoice,
  countVoice,
  findOwnPending,
  findVoice,
  isMuted,
  openReport,
  type ReportRow,
  reportOf,
  setReportAside,
} from './store.ts';

export interface NewReport {
  readonly subject: ReportSubject;
  readonly reason: ReportReason;
  readonly description?: string | undefined;
}

export async function createReport(deps: ReportDeps, actor: Actor, body: NewReport): Promise<Report> {
  const reporter = personOfActor(actor);
  const { reason, subject } = body;
  const ownerId = await ownerOfSubject(deps, reporter, subject);
  enforce(mayReport(reporter.userId, ownerId));
  const at = deps.clock.now();

  // Beyond row security: a report that others began is not the reporter's to read, and voices are counted on it.
  return deps.database.asSystem('add a voice to the open report of a subject', async (tx) => {
    const reporterId = reporter.userId;
    const wanted = { id: uuidv7(), subject, ownerId, reason, at };
    const setAside = await isMuted(tx, reporterId, at);
    const { row, isNew } = setAside ? await asideReport(tx, wanted, reporterId) : await openReport(tx, wanted);
    const voice = { id: uuidv7(), reportId: row.id, reporterId, reason, description: body.description ?? '' };
    if (await addVoice(tx, { ...voice, createdAt: at })) {
      if (!isNew) await countVoice(tx, row.id, reason);
      if (!setAside) await openItemOf(tx, { subject, reason, at });
      await recordAudit(tx, {
        type: 'REPORT_CREATED',
        entity: 'report',
        entityId: row.id,
        actorId: reporterId,
        at,
        details: { subject, reason, ...(setAside ? { setAside } : {}) },
      });
    }
    const own = await findVoice(tx, row.id, reporterId);
    return reportOf(row, own ?? { reason, createdAt: at });
  });
}

/** A muted person is answered like everybody: what they reported before counts as the first here too. */
async function asideReport(
  tx: Tx,
  wanted: Parameters<typeof setReportAside>[1],
  reporterId: Parameters<typeof findOwnPending>[2],
): Promise<{ row: ReportRow; isNew: boolean }> {
  const own = await findOwnPending(tx, wanted.subject, reporterId);
  return own === null ? { row: await setReportAside(tx, wanted), isNew: true } : { row: own, isNew: false };
}
