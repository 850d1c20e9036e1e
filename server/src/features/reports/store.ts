/** SQL of reports: one open report a subject, one voice a person. */
import type { Report, ReportId, ReportReason, ReportSubject, UserId } from '@virgil/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { reports, reportVoices } from '../../db/schema/index.ts';

type Row = typeof reports.$inferSelect;

/** Makes the open report on this subject, or finds it; locked either way, so that voices are counted one by one. */
export async function openReport(
  tx: Tx,
  report: { id: string; subject: ReportSubject; ownerId: string | null; reason: ReportReason; at: Date },
): Promise<{ row: Row; isNew: boolean }> {
  const { subject } = report;
  const [inserted] = await tx
    .insert(reports)
    .values({
      id: report.id,
      subjectType: subject.type,
      subjectId: subject.id,
      subjectOwnerId: report.ownerId,
      reason: report.reason,
      createdAt: report.at,
    })
    .onConflictDoNothing({ target: [reports.subjectType, reports.subjectId], where: sql`status = 'pending'` })
    .returning();
  if (inserted !== undefined) return { row: inserted, isNew: true };
  const [found] = await tx
    .select()
    .from(reports)
    .where(and(eq(reports.subjectType, subject.type), eq(reports.subjectId, subject.id), eq(reports.status, 'pending')))
    .for('update');
  // Resolved between the two statements: the next attempt makes a new one.
  return found === undefined ? openReport(tx, report) : { row: found, isNew: false };
}

/** False when this person said so before. */
export async function addVoice(tx: Tx, voice: typeof reportVoices.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(reportVoices)
    .values(voice)
    .onConflictDoNothing({ target: [reportVoices.reportId, reportVoices.reporterId] })
    .returning({ id: reportVoices.id });
  return rows.length > 0;
}

export async function countVoice(tx: Tx, reportId: string): Promise<void> {
  await tx
    .update(reports)
    .set({ voices: sql`${reports.voices} + 1` })
    .where(eq(reports.id, reportId));
}

export async function findVoice(tx: Tx, reportId: string, reporterId: UserId) {
  const [row] = await tx
    .select()
    .from(reportVoices)
    .where(and(eq(reportVoices.reportId, reportId), eq(reportVoices.reporterId, reporterId)));
  return row ?? null;
}

/** As its author sees it: their own reason, whatever others said. */
export function reportOf(row: Row, own: { readonly reason: ReportReason; readonly createdAt: Date }): Report {
  return {
    id: row.id as ReportId,
    subject: { type: row.subjectType, id: row.subjectId },
    reason: own.reason,
    status: row.status,
    createdAt: own.createdAt.toISOString(),
  };
}
