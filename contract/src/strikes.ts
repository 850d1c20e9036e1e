/** Strikes as admins work with them. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant, listOf, paging, person, text } from './primitives.ts';
import { adminStrike } from './standing-shapes.ts';

const strikeId = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]{1,64}$/);

/** `escalated`: three are active, all from one channel, so nothing closes by itself and an admin looks. */
const strikeStep = z.enum(['warned', 'escalated', 'banned']);

/** Someone with strikes in force. */
const strikeGroup = z.object({
  user: person,
  active: z.int(),
  step: strikeStep,
  /** Three strikes closed the account; the penalty that did. */
  autoBanned: z.boolean(),
  penaltyId: z.string().nullable(),
  /** Of the newest strike. */
  newestAt: instant,
  /** In force, oldest first. */
  strikes: z.array(adminStrike),
});
export type StrikeGroup = z.infer<typeof strikeGroup>;

export const listStrikes = operation({
  id: 'admin.strikes.list',
  method: 'GET',
  path: '/api/admin/strikes',
  who: 'admin',
  scope: 'admin',
  summary: 'Strikes in force, grouped by person, the newest strike first; automatic bans are marked.',
  query: z.strictObject({ ...paging(), q: z.string().max(100).optional(), step: strikeStep.optional() }),
  output: listOf(strikeGroup).extend({
    counts: z.object({
      people: z.int(),
      strikes: z.int(),
      warned: z.int(),
      escalated: z.int(),
      banned: z.int(),
    }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const decideStrikeAppeal = operation({
  id: 'admin.strikes.appeal',
  method: 'POST',
  path: '/api/admin/strikes/:id/appeal',
  who: 'admin',
  scope: 'admin',
  summary: 'Decide on an objection to a strike, also one that came by letter: accepting it lifts the strike.',
  params: z.strictObject({ id: strikeId }),
  body: z.strictObject({ decision: z.enum(['accepted', 'denied']), reason: text(1, 2000) }),
  output: adminStrike,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'],
  audit: ['APPEAL_ACCEPTED', 'APPEAL_DENIED'],
});
