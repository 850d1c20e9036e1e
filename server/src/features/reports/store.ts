/** SQL of reporting: one open report a subject, one voice a person. */
import type { Report, ReportId, ReportReason, ReportSubject, UserId } from '@virgil/contract';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { reportMutes, reports, reportVoices } from '../../db/schema/index.ts';

export type ReportRow = typeof reports.$inferSelect;

interface NewRow {
  readonly id: string;
  readonly subject: ReportSubject;
  readonly ownerId: string | null;
  readonly reason: ReportReason;
  readonly at: Date;
}

const columnsOf = ({ at, id, ownerId, reason, subject }: NewRow) => ({
  id,
  subjectType: subject.type,
  subjectId: subject.id,
  subjectOwnerId: ownerId,
  reason,
  createdAt: at,
});

const pendingOn = (subject: ReportSubject) =>
  and(eq(reports.subjectType, subject.type), eq(reports.subjectId, subject.id), eq(reports.status, 'pending'));

/** Makes the open report on this subject, or finds it; locked either way, so that voices are counted one by one. */
export async function openReport(tx: Tx, report: NewRow): Promise<{ row: ReportRow; isNew: boolean }> {
  const [inserted] = await tx
    .insert(reports)
    .values(columnsOf(report))
    .onConflictDoNothing({
      target: [reports.subjectType, reports.subjectId],
      where: sql`status = 'pending' and not set_aside`,
    })
    .returning();
  if (inserted !== undefined) return { row: inserted, isNew: true };
  const [found] = await tx
    .select()
    .from(reports)
    .where(and(pendingOn(report.subject), eq(reports.setAside, false)))
    .for('update');
  // Resolved between the two statements: the next attempt makes a new one.
  return found === undefined ? openReport(tx, report) : { row: found, isNew: false };
}

/** One that is in no queue, for someone whose reports do not count. */
export async function setReportAside(tx: Tx, report: NewRow): Promise<ReportRow> {
  const [row] = await tx
    .insert(reports)
    .values({ ...columnsOf(report), setAside: true })
    .returning();
  if (row === undefined) throw new Error('a report was not written');
  return row;
}

/** Their pending report of this subject, whichever kind it is. */
export async function findOwnPending(tx: Tx, subject: ReportSubject, reporterId: UserId): Promise<ReportRow | null> {
  const [row] = await tx
    .select({ report: reports })
    .from(reports)
    .innerJoin(reportVoices, eq(reportVoices.reportId, reports.id))
    .where(and(pendingOn(subject), eq(reportVoices.reporterId, reporterId)))
    .limit(1);
  return row?.report ?? null;
}

export async function isMuted(tx: Tx, userId: UserId, at: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: reportMutes.id })
    .from(reportMutes)
    .where(and(eq(reportMutes.userId, userId), isNull(reportMutes.liftedAt), gt(reportMutes.endsAt, at)))
    .limit(1);
  return rows.length > 0;
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

/** What concerns minors heads the queue, whoever says it first. */
export async function countVoice(tx: Tx, reportId: string, reason: ReportReason): Promise<void> {
  await tx
    .update(reports)
    .set({ voices: sql`${reports.voices} + 1`, ...(reason === 'minors' ? { reason } : {}) })
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
export function reportOf(row: ReportRow, own: { readonly reason: ReportReason; readonly createdAt: Date }): Report {
  return {
    id: row.id as ReportId,
    subject: { type: row.subjectType, id: row.subjectId },
    reason: own.reason,
    status: row.status,
    createdAt: own.createdAt.toISOString(),
  };
}
