/** Everything about one person on one page, for admins. */
import { z } from 'zod';
import { adminUser } from './accounts.ts';
import { appealSubject } from './appeals.ts';
import { category } from './categories.ts';
import { operation } from './operations.ts';
import { instant, listOf, money, paging, userId } from './primitives.ts';
import { adminPenalty, adminStrike, appealStatus } from './standing-shapes.ts';

const verdicts = z.object({ pending: z.int(), approved: z.int(), rejected: z.int() });

const dossier = z.object({
  user: adminUser.extend({ bio: z.string() }),
  streams: z.object({ all: z.int(), lastStartedAt: instant.nullable(), videos: z.int(), removed: z.int() }),
  followers: z.int(),
  messages: z.object({ all: z.int(), held: z.int(), blocked: z.int(), removed: z.int() }),
  reports: z.object({ about: verdicts, by: verdicts }),
  /** All of them, newest first. */
  strikes: z.array(adminStrike),
  penalties: z.array(adminPenalty),
  appeals: z.array(
    z.object({
      id: z.string(),
      subject: appealSubject,
      reason: z.string(),
      status: appealStatus,
      createdAt: instant,
      reviewedAt: instant.nullable(),
      resolution: z.string().nullable(),
    }),
  ),
  /** In channels: by their owners and moderators. */
  channels: z.object({ timeouts: z.int(), bans: z.int() }),
  /** One entry a currency in which anything was earned or given. */
  money: z.array(z.object({ available: money, pending: money, held: money, tipsReceived: money, tipsGiven: money })),
  notices: z.int(),
  /** Whether it may be decided by whoever asks: nobody decides about themselves. */
  mayDecide: z.boolean(),
});
export type Dossier = z.infer<typeof dossier>;

export const getDossier = operation({
  id: 'admin.users.get',
  method: 'GET',
  path: '/api/admin/users/:id',
  who: 'admin',
  scope: 'admin',
  summary: 'Everything about one person: standing, decisions, appeals, streams, reports, money.',
  params: z.strictObject({ id: userId }),
  output: dossier,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const historyKind = z.enum([
  'joined',
  'stream_started',
  'stream_ended',
  'report_about',
  'report_by',
  'strike',
  'strike_lifted',
  'strike_expired',
  'penalty',
  'penalty_ended',
  'appeal',
  'appeal_decided',
  'timeout',
  'timeout_lifted',
  'channel_ban',
  'channel_ban_lifted',
  'warning',
  'review_decision',
  'notice',
  'message',
]);
export type HistoryKind = z.infer<typeof historyKind>;

/** What was decided about somebody, and what they answered. */
export const DECISION_KINDS = [
  'strike',
  'strike_lifted',
  'strike_expired',
  'penalty',
  'penalty_ended',
  'appeal',
  'appeal_decided',
  'timeout',
  'timeout_lifted',
  'channel_ban',
  'channel_ban_lifted',
  'warning',
  'review_decision',
] as const satisfies readonly z.infer<typeof historyKind>[];

const historyEntry = z.object({
  at: instant,
  kind: historyKind,
  /** Of the thing itself: the stream, the strike, the notice. */
  id: z.string(),
  /** What people wrote: a reason, a title, a letter. */
  words: z.string().nullable(),
  /** A word of a closed list that tells more: a status, a cause, a severity. */
  note: z.string().nullable(),
  /** Who acted, when it was a person whom admins may know of; `byId` leads to their own dossier. */
  by: z.string().nullable(),
  byId: userId.nullable(),
  /** 0–1 and what of; null for what no classifier judged. */
  score: z.object({ riskScore: z.number(), category: category.nullable() }).nullable(),
  /** Where the decision, or the thing itself, can be read in full. */
  goal: z
    .object({
      type: z.enum(['statement', 'report', 'dmca', 'appeal', 'item', 'escalation', 'stream', 'video']),
      id: z.string(),
    })
    .nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const getUserHistory = operation({
  id: 'admin.users.history',
  method: 'GET',
  path: '/api/admin/users/:id/history',
  who: 'admin',
  scope: 'admin',
  summary: 'What happened to and through one person, newest first; what they wrote only when it is asked for.',
  params: z.strictObject({ id: userId }),
  /** `of`: what they wrote with scores and what became of it, or what was decided; without either everything but texts. */
  query: z.strictObject({
    ...paging(),
    kind: historyKind.optional(),
    of: z.enum(['messages', 'decisions']).optional(),
  }),
  output: listOf(historyEntry),
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const exportDossier = operation({
  id: 'admin.users.export',
  method: 'GET',
  path: '/api/admin/users/:id/export',
  who: 'admin',
  scope: 'admin',
  summary: 'The dossier with the whole history as one JSON file.',
  params: z.strictObject({ id: userId }),
  download: { types: ['application/json'] },
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});
