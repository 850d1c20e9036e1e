/** Anyone signed in can report content or a person; an admin decides (next to come: the queue). */
import { z } from 'zod';
import { operation } from './operations.ts';
import { text } from './primitives.ts';
import { report, reportReason, reportSubject } from './report-shapes.ts';

export const createReport = operation({
  id: 'reports.create',
  method: 'POST',
  path: '/api/v1/reports',
  who: 'signed-in',
  scope: 'account',
  summary: 'Report a livestream, video, chat message or person; a repeated report counts as the first.',
  body: z.strictObject({ subject: reportSubject, reason: reportReason, description: text(0, 2000).optional() }),
  output: report,
  status: 201,
  audit: 'REPORT_CREATED',
  errors: ['sign_in_required', 'not_found', 'patron_required', 'own_content'],
});
