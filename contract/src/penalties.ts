/** Penalties: who is kept out of the platform, why and until when. */
import { z } from 'zod';
import { category } from './categories.ts';
import { operation } from './operations.ts';
import { policyReference } from './policies.ts';
import { listOf, paging, text, userId } from './primitives.ts';
import { adminPenalty, penaltyItem } from './standing-shapes.ts';

const penaltyParams = z.strictObject({
  id: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]{1,64}$/),
});
const userParams = z.strictObject({ id: userId });
const reason = text(1, 2000);

export const listOwnPenalties = operation({
  id: 'penalties.list',
  method: 'GET',
  path: '/api/v1/penalties',
  who: 'signed-in',
  scope: 'read',
  summary: 'Decisions about oneself, in force and past, newest first, and whether each can be appealed.',
  openToBanned: true,
  output: z.object({ active: z.array(penaltyItem), historical: z.array(penaltyItem) }),
  errors: ['sign_in_required'],
});

export const listPenalties = operation({
  id: 'admin.penalties.list',
  method: 'GET',
  path: '/api/admin/penalties',
  who: 'admin',
  scope: 'admin',
  summary: 'Penalties, newest first.',
  query: z.strictObject({
    ...paging(),
    q: z.string().max(100).optional(),
    userId: userId.optional(),
    state: z.enum(['active', 'ended']).optional(),
  }),
  output: listOf(adminPenalty).extend({ counts: z.object({ all: z.int(), active: z.int(), ended: z.int() }) }),
  errors: ['sign_in_required', 'not_allowed'],
});

/** 24 hours, 7 days, 30 days. */
const durationHours = z.union([z.literal(24), z.literal(168), z.literal(720)]);

const terms = {
  category: category.optional(),
  evidenceLink: z
    .string()
    .max(2000)
    .regex(/^https:\/\/[^\s"<>]+$/)
    .optional(),
  /** A rule of a published policy: `community-rules/3#insults`. */
  policyReference: policyReference.optional(),
};
const decided = { ...terms, userId, reason };

/** What a penalty is, where another decision says whom it is about, and why when it says nothing of its own. */
export const penaltyTerms = z.discriminatedUnion('severity', [
  z.strictObject({ ...terms, reason: reason.optional(), severity: z.literal('temporary'), durationHours }),
  z.strictObject({ ...terms, reason: reason.optional(), severity: z.literal('permanent') }),
]);

export const issuePenalty = operation({
  id: 'admin.penalties.issue',
  method: 'POST',
  path: '/api/admin/penalties',
  who: 'admin',
  scope: 'admin',
  summary: 'Close someone’s account for a time or for good; what they have open ends at once, on every node.',
  body: z.discriminatedUnion('severity', [
    z.strictObject({ ...decided, severity: z.literal('temporary'), durationHours }),
    z.strictObject({ ...decided, severity: z.literal('permanent') }),
  ]),
  output: adminPenalty,
  status: 201,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'USER_BANNED',
});

export const deactivatePenalty = operation({
  id: 'admin.penalties.deactivate',
  method: 'POST',
  path: '/api/admin/penalties/:id/deactivate',
  who: 'admin',
  scope: 'admin',
  summary: 'End a penalty before its time.',
  params: penaltyParams,
  body: z.strictObject({ reason }),
  output: adminPenalty,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'USER_UNBANNED',
});

export const banUser = operation({
  id: 'admin.users.ban',
  method: 'POST',
  path: '/api/admin/users/:id/ban',
  who: 'admin',
  scope: 'admin',
  summary: 'Close someone’s account for good; appeals, inbox and export stay open to them.',
  params: userParams,
  body: z.strictObject({ reason, category: category.optional() }),
  output: adminPenalty,
  status: 201,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'USER_BANNED',
});

export const unbanUser = operation({
  id: 'admin.users.unban',
  method: 'POST',
  path: '/api/admin/users/:id/unban',
  who: 'admin',
  scope: 'admin',
  summary: 'Open someone’s account again: every penalty in force ends, strikes stay.',
  params: userParams,
  body: z.strictObject({ reason }),
  output: z.object({ ended: z.array(adminPenalty) }),
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: 'USER_UNBANNED',
});
