/**
 * What waits for an admin: texts that moderators or the system passed on, texts that nobody else can take, and strikes
 * that close no account by themselves. The gravest come first, and each has a time by which it is due.
 */
import { z } from 'zod';
import { category } from './categories.ts';
import { escalationTrigger, reviewClaim, reviewDetails, reviewSource } from './desk-shapes.ts';
import { operation } from './operations.ts';
import { penaltyTerms } from './penalties.ts';
import { policyReference } from './policies.ts';
import { instant, listOf, paging, person, text } from './primitives.ts';
import { adminPenalty, adminStrike } from './standing-shapes.ts';

const escalationId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

/**
 * `escalated`: a text that a moderator, or the third blocked one in a session, brought here. `unassigned`: a text
 * without a stream, while the platform has no moderator who could take it. `strikes`: three by one channel's moderators.
 */
export const escalationKind = z.enum(['escalated', 'unassigned', 'strikes']);
export type EscalationKind = z.infer<typeof escalationKind>;

/** `minors` before `threats` before everything else. */
export const urgency = z.enum(['minors', 'threats', 'normal']);
export type Urgency = z.infer<typeof urgency>;

const thresholds = z.object({ hold: z.number(), block: z.number() });

export const escalation = z.object({
  id: z.string(),
  kind: escalationKind,
  urgency,
  /** Null where nobody named one. */
  trigger: escalationTrigger.nullable(),
  /** Whom it is about. */
  author: person,
  channel: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Null for strikes, like everything else about a text. */
  source: reviewSource.nullable(),
  /** The beginning of the text. */
  preview: z.string().nullable(),
  /** It concerns minors: shown only when asked for. */
  hidePreview: z.boolean(),
  riskScore: z.number().nullable(),
  category: category.nullable(),
  /** What was applied to this text; null where no classifier judged it. */
  thresholds: thresholds.nullable(),
  /** Strikes in force when it was escalated; null for texts. */
  activeStrikes: z.int().nullable(),
  /** Since when it waits here, by whom it was passed on (null: by rule) and with what words. */
  since: instant,
  escalatedBy: person.nullable(),
  note: z.string().nullable(),
  dueAt: instant,
  /** It still waits, and its time is over. */
  overdue: z.boolean(),
  /** Somebody looks at it now. */
  claim: reviewClaim.nullable(),
  /** Null while it waits. `lapsed`: fewer than three strikes were left. */
  resolution: z
    .object({
      decision: z.enum(['approve', 'reject', 'penalty', 'lapsed']),
      /** Null: nobody, or an account that is gone. */
      by: person.nullable(),
      at: instant,
      reason: z.string(),
    })
    .nullable(),
});
export type Escalation = z.infer<typeof escalation>;

/** How an item came here, as a filter: by a trigger, or by its kind where it has none. */
export const escalationCause = z.enum([...escalationTrigger.options, 'unassigned', 'strikes']);
export type EscalationCause = z.infer<typeof escalationCause>;

export const listEscalations = operation({
  id: 'admin.escalations.list',
  method: 'GET',
  path: '/api/admin/escalations',
  who: 'admin',
  scope: 'admin',
  summary: 'What waits for an admin, the gravest first, then by age; or what was decided, newest first.',
  query: z.strictObject({
    ...paging(),
    state: z.enum(['open', 'decided']).default('open'),
    trigger: escalationCause.optional(),
    source: reviewSource.optional(),
    overdue: z.stringbool().optional(),
    /** Within texts, notes and names. */
    q: z.string().max(100).optional(),
  }),
  output: listOf(escalation).extend({
    /** Of what trigger, source and words leave. `urgent`: minors and threats. */
    counts: z.object({ open: z.int(), urgent: z.int(), overdue: z.int(), decided: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

/** Another text of the same person and session that was blocked. */
const blockedText = z.object({
  violationId: z.string(),
  text: z.string(),
  at: instant,
  riskScore: z.number(),
  category,
  breakdown: z.partialRecord(category, z.number()),
  thresholds,
  rule: z.string(),
  /** It no longer counts: approved, or an appeal was accepted. */
  resolvedAt: instant.nullable(),
});
export type BlockedText = z.infer<typeof blockedText>;

export const escalationDetails = z.object({
  escalation,
  /** The text in its moment, as at the moderator's desk; null for strikes. */
  review: reviewDetails.nullable(),
  /** What the text is now; null when it is gone, or there is none. */
  textState: z.enum(['held', 'published', 'blocked', 'rejected', 'removed']).nullable(),
  /** Of a multi-violation: what was blocked in that session, oldest first. */
  blocked: z.array(blockedText),
  /** In force, newest first. */
  strikes: z.array(adminStrike),
  /** A decision of an admin keeps this account closed already. */
  isBanned: z.boolean(),
  mayDecide: z.discriminatedUnion('allowed', [
    z.object({ allowed: z.literal(true) }),
    z.object({ allowed: z.literal(false), because: z.enum(['own_content', 'decided']) }),
  ]),
});
export type EscalationDetails = z.infer<typeof escalationDetails>;

export const getEscalation = operation({
  id: 'admin.escalations.get',
  method: 'GET',
  path: '/api/admin/escalations/:id',
  who: 'admin',
  scope: 'admin',
  summary:
    'One matter with everything it stands on: the text in its moment, scores, reports, strikes, earlier decisions.',
  params: z.strictObject({ id: escalationId }),
  output: escalationDetails,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

/** The person concerned reads it, to the letter. */
const reason = text(1, 2000);

export const resolveEscalation = operation({
  id: 'admin.escalations.resolve',
  method: 'POST',
  path: '/api/admin/escalations/:id/resolve',
  who: 'admin',
  scope: 'admin',
  summary: 'Decide, once: the text is published, stays hidden, or the account is closed with it.',
  params: z.strictObject({ id: escalationId }),
  body: z.discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('approve'), reason }),
    /** Not for strikes: there is no text to hide. `policyReference`: the rule that was broken. */
    z.strictObject({ decision: z.literal('reject'), reason, policyReference: policyReference.optional() }),
    /** As for `POST /api/admin/penalties` without `userId`; its `reason` is that of the decision when absent. */
    z.strictObject({ decision: z.literal('penalty'), reason, penalty: penaltyTerms }),
  ]),
  output: z.object({ escalation, penalty: adminPenalty.nullable() }),
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
  // A penalty's own entry names the escalation.
  audit: ['ESCALATION_RESOLVED', 'USER_BANNED'],
});

/** Minutes after which an item is overdue, by how it came here. What concerns minors or threats has those always. */
const minutesToDecide = z.int().min(5).max(43_200);
export const escalationTimes = z.strictObject({
  minors: minutesToDecide,
  threats: minutesToDecide,
  hate_speech: minutesToDecide,
  racism: minutesToDecide,
  staff_impersonation: minutesToDecide,
  multi_violation: minutesToDecide,
  unassigned: minutesToDecide,
  strikes: minutesToDecide,
});
export type EscalationTimes = z.infer<typeof escalationTimes>;

export const getEscalationTimes = operation({
  id: 'admin.escalations.times',
  method: 'GET',
  path: '/api/admin/escalation-times',
  who: 'admin',
  scope: 'admin',
  summary: 'Within how many minutes what waits for an admin is due.',
  output: escalationTimes,
  errors: ['sign_in_required', 'not_allowed'],
});

export const setEscalationTimes = operation({
  id: 'admin.escalations.setTimes',
  method: 'PUT',
  path: '/api/admin/escalation-times',
  who: 'admin',
  scope: 'admin',
  summary: 'Set within how many minutes what waits for an admin is due; it holds for what waits already.',
  body: escalationTimes,
  output: escalationTimes,
  errors: ['sign_in_required', 'not_allowed'],
  audit: 'ESCALATION_TIMES_CHANGED',
});
