/** A report as its author sees it. */
import { z } from 'zod';
import { instant, reportId } from './primitives.ts';

export const reportReason = z.enum(['hate', 'harassment', 'violence', 'sexual', 'minors', 'spam', 'rights', 'other']);
export type ReportReason = z.infer<typeof reportReason>;

export const reportSubject = z.strictObject({
  type: z.enum(['livestream', 'video', 'message', 'comment', 'direct_message', 'user']),
  id: z.string().min(1).max(64),
});
export type ReportSubject = z.infer<typeof reportSubject>;

export const report = z.object({
  id: reportId,
  subject: reportSubject,
  reason: reportReason,
  status: z.enum(['pending', 'approved', 'rejected']),
  createdAt: instant,
});
export type Report = z.infer<typeof report>;
