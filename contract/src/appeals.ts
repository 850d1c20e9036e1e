/** Objections to decisions: by whom they concern, decided by admins. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant, listOf, paging, person, text } from './primitives.ts';
import { appealStatus } from './standing-shapes.ts';

const opaque = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]{1,64}$/);

export const appealSubject = z.strictObject({ type: z.enum(['penalty', 'strike']), id: opaque });
export type AppealSubject = z.infer<typeof appealSubject>;

/** As its author reads it. */
export const appeal = z.object({
  id: z.string(),
  subject: appealSubject,
  reason: z.string(),
  status: appealStatus,
  createdAt: instant,
  reviewedAt: instant.nullable(),
  resolution: z.string().nullable(),
});
export type Appeal = z.infer<typeof appeal>;

/** As admins read it, with what it is about. */
export const adminAppeal = appeal.extend({
  user: person,
  decision: z.object({
    reason: z.string(),
    category: z.string().nullable(),
    issuedAt: instant,
    expiresAt: instant.nullable(),
    active: z.boolean(),
    issuedBy: person.nullable(),
    /** By rule: three strikes were active. */
    automatic: z.boolean(),
  }),
  /** Strikes in force against the person now. */
  activeStrikes: z.int(),
  reviewedBy: person.nullable(),
  /** False for one’s own decision while another admin could look. */
  mayReview: z.boolean(),
});
export type AdminAppeal = z.infer<typeof adminAppeal>;

export const listOwnAppeals = operation({
  id: 'appeals.list',
  method: 'GET',
  path: '/api/v1/appeals',
  who: 'signed-in',
  scope: 'read',
  summary: 'One’s own appeals, newest first.',
  openToBanned: true,
  query: z.strictObject({ ...paging() }),
  output: listOf(appeal),
  errors: ['sign_in_required'],
});

export const createAppeal = operation({
  id: 'appeals.create',
  method: 'POST',
  path: '/api/v1/appeals',
  who: 'signed-in',
  scope: 'account',
  summary: 'Object to a penalty or a strike in force: once for each decision.',
  openToBanned: true,
  body: z.strictObject({ subject: appealSubject, reason: text(10, 5000) }),
  output: appeal,
  status: 201,
  errors: ['sign_in_required', 'not_found', 'appeal_exists', 'appeal_not_possible'],
  audit: 'APPEAL_SUBMITTED',
});

export const listAppeals = operation({
  id: 'admin.appeals.list',
  method: 'GET',
  path: '/api/admin/appeals',
  who: 'admin',
  scope: 'admin',
  summary: 'Appeals: open ones oldest first, decided ones newest first.',
  query: z.strictObject({
    ...paging(),
    status: appealStatus.default('pending'),
    q: z.string().max(100).optional(),
  }),
  output: listOf(adminAppeal).extend({
    counts: z.object({ pending: z.int(), approved: z.int(), denied: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

const appealParams = z.strictObject({ id: opaque });
const resolution = z.strictObject({ resolution: text(1, 2000) });

export const acceptAppeal = operation({
  id: 'admin.appeals.accept',
  method: 'POST',
  path: '/api/admin/appeals/:id/accept',
  who: 'admin',
  scope: 'admin',
  summary: 'Accept an appeal: the strike or penalty is lifted, what was removed for it alone comes back.',
  params: appealParams,
  body: resolution,
  output: adminAppeal,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'APPEAL_ACCEPTED',
});

export const denyAppeal = operation({
  id: 'admin.appeals.deny',
  method: 'POST',
  path: '/api/admin/appeals/:id/deny',
  who: 'admin',
  scope: 'admin',
  summary: 'Deny an appeal; the decision stays, and no second appeal against it is taken.',
  params: appealParams,
  body: resolution,
  output: adminAppeal,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'APPEAL_DENIED',
});
