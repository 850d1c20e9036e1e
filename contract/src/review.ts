/**
 * What a moderator decides on a text that was held, or that people reported. The first decision wins: whoever comes
 * later gets 409 `already_decided` with what was decided, by whom and why in `detail`. A claim (`desk.ts`) is a
 * courtesy and keeps nobody from deciding. A decision made with `undoable: true` is told to the person after ten
 * seconds; until then whoever made it can take it back whole.
 */
import { z } from 'zod';
import { escalationTrigger, reviewItemId, reviewStatus } from './desk-shapes.ts';
import { operation } from './operations.ts';
import { policyReference } from './policies.ts';
import { instant, person, statementId, text } from './primitives.ts';

/** How long a decision can be taken back, by the product clock; at its last moment it no longer can. */
export const UNDO_SECONDS = 10;
export const BULK_LIMIT = 100;

export const decisionOnItem = z.enum(['approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate']);
export type DecisionOnItem = z.infer<typeof decisionOnItem>;

/** What was done. */
export const reviewDecision = z.object({
  itemId: reviewItemId,
  /** Of the item, now. */
  status: reviewStatus,
  /** What was carried out: a ban on a text without a stream is passed on to the admins instead. */
  decision: decisionOnItem,
  by: person,
  at: instant,
  /** Null: it cannot be taken back. */
  undoableUntil: instant.nullable(),
  /** The text was shown and is hidden now, or stays hidden. */
  hidesText: z.boolean(),
  /** When the timeout ends. */
  timedOutUntil: instant.nullable(),
  /** How many are active with it. */
  strikeNumber: z.int().nullable(),
  /** The strike was the third: the account is closed. */
  closesAccount: z.boolean(),
  /** Reasons that the person gets; null for an approval or an escalation. */
  statementId: statementId.nullable(),
  /**
   * A report of the same text was resolved with it, and its reporters are told. An approval by the channel's own people
   * leaves it to the admins.
   */
  resolvesReport: z.boolean(),
});
export type ReviewDecision = z.infer<typeof reviewDecision>;

const params = z.strictObject({ id: reviewItemId });
/** The person concerned reads it, to the letter. */
const reason = text(1, 2000);
/** It is told after ten seconds, and until then `undo` takes it back. */
const undoable = z.boolean().optional();
const minutes = z.int().min(5).max(60);
/** For the admins, not for the person concerned. */
const note = text(0, 2000);

const decides = {
  method: 'POST',
  who: 'signed-in',
  scope: 'moderate',
  params,
  output: reviewDecision,
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
} as const;

export const approveItem = operation({
  ...decides,
  id: 'moderation.queue.approve',
  path: '/api/v1/moderation/queue/:id/approve',
  summary: 'Publish a held text at its place with its original time; what people reported stays as it is.',
  body: z.strictObject({ reason, undoable }),
  audit: 'REVIEW_APPROVED',
});

export const rejectItem = operation({
  ...decides,
  id: 'moderation.queue.reject',
  path: '/api/v1/moderation/queue/:id/reject',
  summary: 'Hide a text for good.',
  body: z.strictObject({ reason, undoable }),
  audit: 'REVIEW_REJECTED',
});

export const timeOutAuthor = operation({
  ...decides,
  id: 'moderation.queue.timeout',
  path: '/api/v1/moderation/queue/:id/timeout',
  summary: 'Hide a text for good, and let its author not write on that channel for 5 to 60 whole minutes.',
  body: z.strictObject({ minutes, reason, undoable }),
  audit: 'USER_TIMED_OUT',
});

export const punishAuthor = operation({
  ...decides,
  id: 'moderation.queue.punish',
  path: '/api/v1/moderation/queue/:id/punish',
  summary: 'Hide a text for good, and warn its author, give a strike, or ban them from the channel.',
  body: z.strictObject({
    type: z.enum(['warning', 'strike', 'ban']),
    reason,
    /** A rule of a published policy: `community-rules/1#insults`. */
    policyReference: policyReference.optional(),
    undoable,
  }),
  audit: ['PUNISHMENT_APPLIED', 'CHANNEL_BAN_ISSUED', 'REVIEW_ESCALATED'],
});

export const escalateItem = operation({
  ...decides,
  id: 'moderation.queue.escalate',
  path: '/api/v1/moderation/queue/:id/escalate',
  summary: 'Pass a text on to the admins; it stays as it is until one of them decides.',
  body: z.strictObject({ trigger: escalationTrigger, note: note.optional(), undoable }),
  audit: 'REVIEW_ESCALATED',
});

export const undoDecision = operation({
  id: 'moderation.queue.undo',
  method: 'POST',
  path: '/api/v1/moderation/queue/:id/undo',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Take back one’s own decision within ten seconds, whole and unheard; 409 says why that is over.',
  params,
  output: z.object({ itemId: reviewItemId, status: reviewStatus, undone: decisionOnItem }),
  audit: 'DECISION_UNDONE',
  errors: ['sign_in_required', 'not_found', 'own_content', 'already_decided'],
});

/** Of one item of several. */
export const bulkResult = z.object({
  id: reviewItemId,
  /** Null: it was refused, and `problem` says why; the others are not held up by it. */
  decision: reviewDecision.nullable(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type BulkResult = z.infer<typeof bulkResult>;

export const decideSeveral = operation({
  id: 'moderation.queue.bulk',
  method: 'POST',
  path: '/api/v1/moderation/queue/bulk',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Decide up to 100 items alike, each for itself; with `dryRun` only say what would happen to each.',
  body: z.strictObject({
    ids: z.array(reviewItemId).min(1).max(BULK_LIMIT),
    /** `undo` takes back what one decided on each in the last ten seconds. */
    decision: z.enum([...decisionOnItem.options, 'undo']),
    /** Required, but for `escalate` and `undo`. */
    reason: reason.optional(),
    /** Of a timeout. */
    minutes: minutes.optional(),
    /** Of a warning, a strike or a ban. */
    policyReference: policyReference.optional(),
    /** Of an escalation. */
    trigger: escalationTrigger.optional(),
    note: note.optional(),
    undoable,
    /** Nothing is changed, nobody is told. */
    dryRun: z.boolean().optional(),
  }),
  output: z.object({ items: z.array(bulkResult), done: z.int(), refused: z.int() }),
  audit: [
    'REVIEW_APPROVED',
    'REVIEW_REJECTED',
    'USER_TIMED_OUT',
    'PUNISHMENT_APPLIED',
    'CHANNEL_BAN_ISSUED',
    'REVIEW_ESCALATED',
    'DECISION_UNDONE',
  ],
  errors: ['sign_in_required', 'not_allowed'],
});
