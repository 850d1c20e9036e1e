/** Someone reports content or a person. Reports of one thing are one report with several voices, while it is open. */
import type { Report, ReportReason, ReportSubject } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { enforce, personOfActor } from '../channels/index.ts';
import type { ReportDeps } from './deps.ts';
import { mayReport } from './policy.ts';
import { ownerOfSubject } from './report-subjects.ts';
import { addVoice, countVoice, findVoice, openReport, reportOf } from './store.ts';

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
    const { row, isNew } = await openReport(tx, { id: uuidv7(), subject, ownerId, reason, at });
    const reporterId = reporter.userId;
    const voice = { id: uuidv7(), reportId: row.id, reporterId, reason, description: body.description ?? '' };
    if (await addVoice(tx, { ...voice, createdAt: at })) {
      if (!isNew) await countVoice(tx, row.id);
      await recordAudit(tx, {
        type: 'REPORT_CREATED',
        entity: 'report',
        entityId: row.id,
        actorId: reporterId,
        at,
        details: { subject, reason },
      });
    }
    const own = await findVoice(tx, row.id, reporterId);
    return reportOf(row, own ?? { reason, createdAt: at });
  });
}
