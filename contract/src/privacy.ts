/**
 * One's own data: a copy of it (GDPR Art. 15 and 20), its erasure (Art. 17), and how long what is kept.
 * An admin can hold a person's data for a case of law; erasure then waits with access closed.
 */
import { z } from 'zod';
import { operation } from './operations.ts';
import { exportId, holdId, instant, paging, person, text, userId } from './primitives.ts';

export const exportStatus = z.enum(['preparing', 'ready', 'failed', 'expired']);
export type ExportStatus = z.infer<typeof exportStatus>;

export const dataExport = z.object({
  id: exportId,
  status: exportStatus,
  /** Whole percent of what is to be packed. */
  progress: z.int().min(0).max(100),
  requestedAt: instant,
  readyAt: instant.nullable(),
  /** The archive is removed then. */
  expiresAt: instant.nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
});
export type DataExport = z.infer<typeof dataExport>;

const exportParams = z.strictObject({ id: exportId });

export const requestExport = operation({
  id: 'me.export.request',
  method: 'POST',
  path: '/api/v1/me/export',
  who: 'signed-in',
  scope: 'account',
  summary: 'Ask for a copy of one’s data; while one is being made, it is the answer to asking again.',
  openToBanned: true,
  output: dataExport,
  status: 202,
  audit: 'EXPORT_REQUESTED',
  errors: ['sign_in_required'],
});

export const listExports = operation({
  id: 'me.export.list',
  method: 'GET',
  path: '/api/v1/me/exports',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s own copies, newest first; at most the last ten.',
  openToBanned: true,
  output: z.object({ items: z.array(dataExport) }),
  errors: ['sign_in_required'],
});

export const getExport = operation({
  id: 'me.export.get',
  method: 'GET',
  path: '/api/v1/me/export/:id',
  who: 'signed-in',
  scope: 'account',
  summary: 'How far a copy is.',
  openToBanned: true,
  params: exportParams,
  output: dataExport,
  errors: ['sign_in_required', 'not_found'],
});

export const downloadExport = operation({
  id: 'me.export.download',
  method: 'GET',
  path: '/api/v1/me/export/:id/file',
  who: 'signed-in',
  scope: 'account',
  summary: 'The archive: JSON of every kind of data with its schema, the media, and an index to read.',
  openToBanned: true,
  params: exportParams,
  download: { types: ['application/zip'] },
  errors: ['sign_in_required', 'not_found'],
});

/** Kinds of data, each a file of a copy; a client has words for them. */
export const dataKind = z.enum([
  'account',
  'sign_in_methods',
  'sessions',
  'passkeys',
  'second_factor',
  'api_keys',
  'profile',
  'channel',
  'stream_key',
  'channel_roles',
  'follows',
  'livestreams',
  'videos',
  'chat_messages',
  'comments',
  'direct_messages_sent',
  'direct_messages_received',
  'hidden_people',
  'visits',
  'inbox',
  'reports_made',
  'reports_about_me',
  'report_mutes',
  'removals',
  'statements',
  'violations',
  'moderator_desk',
  'strikes',
  'appeals',
  'timeouts',
  'channel_bans',
  'penalties',
  'tips_sent',
  'tips_received',
  'subscriptions',
  'payments',
  'payouts',
  'ledger',
  'rights_notices',
  'counter_notices',
  'copies',
  'erasure',
  'legal_holds',
  'audit_entries',
]);
export type DataKind = z.infer<typeof dataKind>;
/** Why something outlives an erasure. */
export const keepReason = z.enum(['accounting', 'legal_claims', 'decisions', 'others_content', 'audit_trail']);
export type KeepReason = z.infer<typeof keepReason>;

export const erasurePlan = z.object({
  /** Set when an erasure was asked for: the moment it happens, unless it is called off. */
  erasesAt: instant.nullable(),
  /** A legal hold is in force; then only access closes at that moment, and erasure follows the end of the hold. */
  held: z.boolean(),
  removed: z.array(z.object({ kind: dataKind, count: z.int().nonnegative() })),
  kept: z.array(
    z.object({
      kind: dataKind,
      count: z.int().nonnegative(),
      reason: keepReason,
      years: z.int().positive().nullable(),
    }),
  ),
});
export type ErasurePlan = z.infer<typeof erasurePlan>;

export const getErasurePlan = operation({
  id: 'me.erasure.get',
  method: 'GET',
  path: '/api/v1/me/erasure',
  who: 'signed-in',
  scope: 'account',
  summary: 'What an erasure of one’s account would remove, what it would keep and why; and whether one was asked for.',
  output: erasurePlan,
  errors: ['sign_in_required'],
});

/** Days between asking and erasing, in which it can be called off. */
export const ERASURE_GRACE_DAYS = 7;

export const eraseMe = operation({
  id: 'me.erase',
  method: 'DELETE',
  path: '/api/v1/me',
  who: 'signed-in',
  scope: 'account',
  summary: 'Ask for one’s account to be erased, by a session only; it happens seven days later unless called off.',
  /** Whoever has no password (signs in by Twitch alone) writes their e-mail address. */
  body: z.strictObject({
    password: z
      .string()
      .min(1)
      .max(254)
      .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'is not text'),
  }),
  output: erasurePlan,
  status: 202,
  audit: 'ERASURE_ASKED',
  errors: ['sign_in_required', 'not_allowed'],
});

export const cancelErasure = operation({
  id: 'me.erasure.cancel',
  method: 'POST',
  path: '/api/v1/me/erasure/cancel',
  who: 'signed-in',
  scope: 'account',
  summary: 'Call the erasure off; without one nothing changes.',
  output: erasurePlan,
  audit: 'ERASURE_CANCELLED',
  errors: ['sign_in_required'],
});

export const legalHold = z.object({
  id: holdId,
  person,
  caseReference: z.string(),
  authority: z.string(),
  reason: z.string(),
  createdAt: instant,
  expiresAt: instant,
  releasedAt: instant.nullable(),
});
export type LegalHold = z.infer<typeof legalHold>;

export const listHolds = operation({
  id: 'admin.holds.list',
  method: 'GET',
  path: '/api/admin/holds',
  who: 'admin',
  scope: 'admin',
  summary: 'Legal holds in force, soonest end first; or those of one person, past ones too.',
  query: z.strictObject({ ...paging(), userId: userId.optional() }),
  output: z.object({ items: z.array(legalHold), nextCursor: z.string().nullable() }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const placeHold = operation({
  id: 'admin.holds.place',
  method: 'POST',
  path: '/api/admin/users/:id/holds',
  who: 'admin',
  scope: 'admin',
  summary: 'Keep a person’s data for a case of law until a day; the person is not told.',
  params: z.strictObject({ id: userId }),
  body: z.strictObject({
    caseReference: text(1, 100),
    authority: text(1, 200),
    reason: text(1, 1000),
    /** At most three years ahead; renewed by placing another. */
    expiresAt: instant,
  }),
  output: legalHold,
  status: 201,
  audit: 'LEGAL_HOLD_PLACED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content'],
});

export const releaseHold = operation({
  id: 'admin.holds.release',
  method: 'POST',
  path: '/api/admin/holds/:id/release',
  who: 'admin',
  scope: 'admin',
  summary: 'End a hold before its day; an erasure that waited for it goes on.',
  params: z.strictObject({ id: holdId }),
  body: z.strictObject({ reason: text(1, 1000) }),
  output: legalHold,
  audit: 'LEGAL_HOLD_RELEASED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'already_decided', 'own_content'],
});

const days = (most = 3660) => z.int().min(1).max(most);
/** How long the instance keeps what, in days. */
export const retention = z.strictObject({
  chatDays: days(),
  visitDays: days(),
  inboxDays: days(),
  /** Not under 180: complaints stay open for six months after a decision (DSA Art. 20). */
  decisionDays: z.int().min(180).max(3660),
  dmcaDays: z.int().min(365).max(3660),
  exportDays: days(30),
});
export type Retention = z.infer<typeof retention>;

export const getRetention = operation({
  id: 'instance.retention',
  method: 'GET',
  path: '/api/v1/retention',
  who: 'anyone',
  scope: 'read',
  summary: 'How long this instance keeps what.',
  output: retention,
  errors: [],
});

export const setRetention = operation({
  id: 'admin.retention.set',
  method: 'PUT',
  path: '/api/admin/retention',
  who: 'admin',
  scope: 'admin',
  summary: 'Set how long this instance keeps what; the nightly job follows it.',
  body: retention,
  output: retention,
  audit: 'RETENTION_SET',
  errors: ['sign_in_required', 'not_allowed'],
});
