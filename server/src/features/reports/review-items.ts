/** What people report of texts waits in the queue of moderators too, and is decided once: there, or with the report. */
import type { Category, ChannelId, ReportId, ReportReason, ReportSubject, StreamId, UserId } from '@virgil/contract';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { directMessages, reports, reportVoices, videoComments } from '../../db/schema/index.ts';
import { escalateToModerator, type NewReviewItem, type ReportsOfItems } from '../review/index.ts';
import { reportersOf } from './mute-store.ts';
import { categoryForReview } from './policy.ts';
import { lockReport, storeResolution } from './queue-store.ts';
import { tellReporters } from './tell-reporters.ts';
import { findWords } from './words-store.ts';

/** A text that others can read, or that waits already, becomes an item; anything else is the admins' alone. */
export async function openItemOf(
  tx: Tx,
  report: { readonly subject: ReportSubject; readonly reason: ReportReason; readonly at: Date },
): Promise<void> {
  const text = await textOf(tx, report.subject);
  if (text === null || (text.status !== 'published' && text.status !== 'held')) return;
  await escalateToModerator(tx, {
    violationId: null,
    userId: text.authorId,
    reportedByAi: false,
    source: text.source,
    preview: text.text,
    riskScore: text.riskScore,
    category: categoryForReview(report.reason, text.category),
    at: report.at,
  });
}

/** The source of a text that can be reported; null for everything else. */
export function sourceOf(type: ReportSubject['type']): NewReviewItem['source']['type'] | null {
  switch (type) {
    case 'message':
      return 'live';
    case 'comment':
      return 'comment';
    case 'direct_message':
      return 'inboxMessage';
    case 'livestream':
    case 'video':
    case 'user':
      return null;
  }
}

interface ReportedText {
  readonly source: NewReviewItem['source'];
  readonly authorId: UserId;
  readonly text: string;
  readonly status: string;
  readonly riskScore: number;
  readonly category: Category | null;
}

/** Ids come from our own rows. */
async function textOf(tx: Tx, { id, type }: ReportSubject): Promise<ReportedText | null> {
  const nowhere = { contentId: id, streamId: null, channelId: null, videoId: null };
  switch (type) {
    case 'message': {
      const row = await findWords(tx, id);
      if (row === null) return null;
      const streamId = row.streamId as StreamId;
      const place = { ...nowhere, streamId, channelId: row.channelId as ChannelId };
      return {
        source: { ...place, type: 'live', createdAt: row.createdAt },
        authorId: row.userId as UserId,
        text: row.message,
        status: row.status,
        riskScore: row.riskScore,
        category: row.category as Category | null,
      };
    }
    case 'comment': {
      const [row] = await tx.select().from(videoComments).where(eq(videoComments.id, id));
      if (row === undefined) return null;
      const { category, createdAt, message, riskScore, status, userId, videoId } = row;
      const source = { ...nowhere, type: 'comment', videoId, createdAt } as const;
      const scored = { riskScore, category: category as Category | null };
      return { source, authorId: userId as UserId, text: message, status, ...scored };
    }
    case 'direct_message': {
      const [row] = await tx.select().from(directMessages).where(eq(directMessages.id, id));
      if (row === undefined) return null;
      const { category, createdAt, fromUserId, message, riskScore, status } = row;
      const source = { ...nowhere, type: 'inboxMessage', createdAt } as const;
      const scored = { riskScore, category: category as Category | null };
      return { source, authorId: fromUserId as UserId, text: message, status, ...scored };
    }
    default:
      return null;
  }
}

/** What the queue asks of reports. */
export const reportsOfItems: ReportsOfItems = {
  async resolve(tx, reportId, { at, by, decision, deliverAt, reason, strikeId }) {
    const report = await lockReport(tx, reportId);
    if (report?.status !== 'pending') return [];
    await storeResolution(tx, reportId, { decision, reason, isAbusive: false, strikeId, by, at });
    const subject = { type: report.subjectType, id: report.subjectId };
    const restriction = decision === 'approved' ? ('message_removed' as const) : null;
    const outcome = { reportId, subject, restriction, decidedBy: 'moderator', by, at, deliverAt } as const;
    return tellReporters(tx, await reportersOf(tx, reportId), outcome, new Map());
  },
  reopen,
};

/** Who reported the same in the seconds between began another report; then the voices of both are one again. */
async function reopen(tx: Tx, reportId: ReportId): Promise<void> {
  const report = await lockReport(tx, reportId);
  if (report === null) return;
  const [newer] = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(
      and(
        eq(reports.subjectType, report.subjectType),
        eq(reports.subjectId, report.subjectId),
        eq(reports.status, 'pending'),
        eq(reports.setAside, false),
      ),
    )
    .for('update');
  if (newer !== undefined) await joinVoices(tx, newer.id, reportId);
  await tx
    .update(reports)
    .set({ status: 'pending', resolution: null, strikeId: null, resolvedBy: null, resolvedAt: null })
    .where(eq(reports.id, reportId));
}

async function joinVoices(tx: Tx, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    update report_voices set report_id = ${to} where report_id = ${from}
      and reporter_id not in (select reporter_id from report_voices where report_id = ${to})`);
  await tx.delete(reportVoices).where(eq(reportVoices.reportId, from));
  await tx.delete(reports).where(eq(reports.id, from));
  await tx.execute(sql`
    update reports set voices = (select count(*) from report_voices where report_id = ${to}) where id = ${to}`);
}
