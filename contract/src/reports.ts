/** Anyone signed in can report content or a person; an admin decides, and everybody who reported it is told. */
import { z } from 'zod';
import { operation } from './operations.ts';
import {
  channelId,
  instant,
  listOf,
  paging,
  person,
  reportId,
  statementId,
  streamId,
  text,
  userId,
  videoId,
} from './primitives.ts';
import { report, reportReason, reportSubject } from './report-shapes.ts';
import { restriction, statementCategory } from './statement-shapes.ts';

export const createReport = operation({
  id: 'reports.create',
  method: 'POST',
  path: '/api/v1/reports',
  who: 'signed-in',
  scope: 'account',
  summary:
    'Report a livestream, video, chat message, comment, direct message or person; a repeated report counts as the first.',
  body: z.strictObject({ subject: reportSubject, reason: reportReason, description: text(0, 2000).optional() }),
  output: report,
  status: 201,
  audit: 'REPORT_CREATED',
  errors: ['sign_in_required', 'not_found', 'patron_required', 'own_content'],
});

const reportStatus = z.enum(['pending', 'approved', 'rejected']);

/** One line of the queue: what was reported, by how many, and what came of it. */
export const adminReport = z.object({
  id: reportId,
  subject: reportSubject,
  /** A title, a name, or the words of a message; null when it is gone. */
  title: z.string().nullable(),
  /** Whose it is; null when that account is gone. */
  owner: person.nullable(),
  /** The first voice's, or `minors` as soon as one says so. */
  reason: reportReason,
  voices: z.int().min(1),
  status: reportStatus,
  createdAt: instant,
  /** Shown only when asked for: the preview may show what nobody should see unprepared. */
  hidePreview: z.boolean(),
  resolution: z.object({ reason: z.string(), by: person.nullable(), at: instant, abusive: z.boolean() }).nullable(),
});
export type AdminReport = z.infer<typeof adminReport>;

export const listReports = operation({
  id: 'admin.reports.list',
  method: 'GET',
  path: '/api/admin/reports',
  who: 'admin',
  scope: 'admin',
  summary: 'Reports with their breakdown; among the pending ones those that concern minors come first.',
  query: z.strictObject({
    ...paging(),
    status: reportStatus.optional(),
    type: reportSubject.shape.type.optional(),
    reason: reportReason.optional(),
    /** Within titles, names and messages. */
    q: z.string().max(100).optional(),
    sort: z.enum(['voices', 'oldest', 'newest']).default('voices'),
  }),
  output: listOf(adminReport).extend({
    /** Of what the other filters leave. */
    counts: z.object({ pending: z.int(), approved: z.int(), rejected: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

const contextLine = z.object({
  id: z.string(),
  at: instant,
  author: z.object({ id: userId, displayName: z.string() }),
  text: z.string(),
  status: z.enum(['published', 'held', 'blocked', 'removed', 'rejected', 'cleared', 'deleted']),
  /** The reported one. */
  isSubject: z.boolean(),
});

/** What was reported, in the place where it stands. `gone`: it was deleted since. */
export const reportContext = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('livestream'),
    streamId,
    channelId,
    description: z.string(),
    category: z.string(),
    patronOnly: z.boolean(),
    isActive: z.boolean(),
    startedAt: instant,
    endedAt: instant.nullable(),
    /** Its recording, also one that is removed. */
    videoId: videoId.nullable(),
    /** A still of a running stream, else of its recording. */
    thumbnailUrl: z.string().nullable(),
  }),
  z.object({
    type: z.literal('video'),
    videoId,
    channelId,
    streamId: streamId.nullable(),
    durationSeconds: z.number().nonnegative(),
    isPublic: z.boolean(),
    patronOnly: z.boolean(),
    isRemoved: z.boolean(),
    createdAt: instant,
    thumbnailUrl: z.string().nullable(),
  }),
  z.object({
    type: z.literal('message'),
    streamId,
    channelId,
    streamTitle: z.string(),
    /** In order, a few before and after. */
    lines: z.array(contextLine),
  }),
  z.object({
    type: z.literal('comment'),
    videoId,
    channelId,
    videoTitle: z.string(),
    /** In order, a few before and after. */
    lines: z.array(contextLine),
  }),
  /** Without its neighbours: what the two wrote besides is theirs. */
  z.object({ type: z.literal('direct_message'), line: contextLine }),
  z.object({ type: z.literal('user'), userId, bio: z.string(), memberSince: instant }),
  z.object({ type: z.literal('gone') }),
]);
export type ReportContext = z.infer<typeof reportContext>;

/** What approving would do, worked out now. */
export const reportConsequence = z.object({
  removes: z.boolean(),
  /** Of the three that close an account; null when there is nobody to give it to. */
  strikeNumber: z.int().min(1).nullable(),
  /** A strike of today for the same stream is there already, so there will be no other. */
  sharesStrike: z.boolean(),
  bans: z.boolean(),
});

export const reportDetails = z.object({
  report: adminReport,
  voices: z.array(
    z.object({ reporter: person.nullable(), reason: reportReason, description: z.string(), createdAt: instant }),
  ),
  context: reportContext,
  consequence: reportConsequence,
  /** Decisions about the same person, newest first, twenty at most. */
  earlier: z.array(
    z.object({
      statementId,
      restriction,
      category: statementCategory,
      reason: z.string(),
      at: instant,
      reversedAt: instant.nullable(),
    }),
  ),
  /** Other pending reports about the same stream and what became of it. */
  related: z.array(z.object({ id: reportId, subject: reportSubject, voices: z.int() })),
});
export type ReportDetails = z.infer<typeof reportDetails>;

const reportParams = z.strictObject({ id: reportId });

export const getReport = operation({
  id: 'admin.reports.get',
  method: 'GET',
  path: '/api/admin/reports/:id',
  who: 'admin',
  scope: 'admin',
  summary: 'One report with its subject in context, every voice, and earlier decisions about the same person.',
  params: reportParams,
  output: reportDetails,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const resolveReport = operation({
  id: 'admin.reports.resolve',
  method: 'POST',
  path: '/api/admin/reports/:id/resolve',
  who: 'admin',
  scope: 'admin',
  summary: 'Approve a report: what it is about is removed and its maker gets a strike; or reject it. Once.',
  params: reportParams,
  body: z.strictObject({
    decision: z.enum(['approved', 'rejected']),
    /** The person concerned reads it, to the letter. */
    reason: text(1, 2000),
    /** Which rule was broken; without it, the one the report's reason names. Only with `approved`. */
    category: statementCategory.optional(),
    /** Made to harm, not to help: counts against everybody who made it. Only with `rejected`. */
    abusive: z.boolean().optional(),
  }),
  output: z.object({
    report: adminReport,
    strike: z.object({ id: z.string(), number: z.int() }).nullable(),
    statementId: statementId.nullable(),
    /** The strike was the third: the account is closed. */
    banned: z.boolean(),
    /** People who may not raise reports from now on. */
    muted: z.int(),
  }),
  audit: 'REPORT_RESOLVED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
});

export const reportMute = z.object({
  user: person,
  /** Rejected as abusive when it began. */
  abusiveReports: z.int(),
  since: instant,
  until: instant,
  /** Reports set aside since. */
  setAside: z.int(),
});
export type ReportMute = z.infer<typeof reportMute>;

export const listReportMutes = operation({
  id: 'admin.reportMutes.list',
  method: 'GET',
  path: '/api/admin/report-mutes',
  who: 'admin',
  scope: 'admin',
  summary: 'People whose reports are set aside now, because they kept making abusive ones.',
  query: z.strictObject({ ...paging(), q: z.string().max(100).optional() }),
  output: listOf(reportMute),
  errors: ['sign_in_required', 'not_allowed'],
});

export const liftReportMute = operation({
  id: 'admin.reportMutes.lift',
  method: 'POST',
  path: '/api/admin/report-mutes/:userId/lift',
  who: 'admin',
  scope: 'admin',
  summary: 'Let someone’s reports count again; 409 when they do already.',
  params: z.strictObject({ userId }),
  body: z.strictObject({ reason: text(1, 2000) }),
  output: z.object({ userId }),
  audit: 'REPORTER_UNMUTED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
});
