/** Appeals as admins review them, and how often decisions are overturned. */
import { z } from 'zod';
import { appeal, appealMessage, appealMessageBody, appealParams } from './appeals.ts';
import { category, veil } from './categories.ts';
import { operation } from './operations.ts';
import { instant, listOf, paging, person, statementId, text } from './primitives.ts';
import { appealStatus } from './standing-shapes.ts';

/** An appeal with the decision it is about. */
export const adminAppeal = appeal.extend({
  user: person,
  decision: z.object({
    reason: z.string(),
    category: z.string().nullable(),
    issuedAt: instant,
    expiresAt: instant.nullable(),
    active: z.boolean(),
    /** Null: the system, a program, or an account that is gone. */
    issuedBy: person.nullable(),
    /** By rule or by a program. */
    automatic: z.boolean(),
    /** Where it holds; null for the platform. */
    channel: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  }),
  /** Strikes in force against the person now. */
  activeStrikes: z.int(),
  reviewedBy: person.nullable(),
  /** False for one’s own decision while another admin could look, and for one’s own account. */
  mayReview: z.boolean(),
  /** Why not; null when one may, or when it is decided. */
  refusal: z.enum(['own_account', 'own_decision']).nullable(),
  /** Asked by admins and answered, in the appeal. */
  messages: z.int(),
  /** Answers that no admin has read. */
  unread: z.int(),
});
export type AdminAppeal = z.infer<typeof adminAppeal>;

/** What an acceptance undoes, one entry each; `automatic_ban`: the closing for three strikes, which falls with them. */
export const consequence = z.object({
  what: z.enum(['violation', 'text', 'content', 'strike', 'automatic_ban', 'penalty', 'timeout', 'ban', 'statement']),
  /** Of the thing itself. */
  id: z.string(),
  /** A text, a title, or the channel; null when there is nothing to name. */
  name: z.string().nullable(),
  /** When it would end by itself. */
  until: instant.nullable(),
  /** False: it is over, taken back, or held for another decision as well, so it stays as it is. */
  undone: z.boolean(),
});
export type Consequence = z.infer<typeof consequence>;

const violationInContext = z.object({
  id: z.string(),
  source: z.enum(['auto', 'moderator', 'report']),
  sourceType: z.enum(['live', 'comment', 'inboxMessage']),
  /** As it was written, and as the classifier read it. */
  content: z.string(),
  normalisedText: z.string(),
  category,
  score: z.number(),
  breakdown: z.partialRecord(category, z.number()),
  hold: z.number(),
  block: z.number(),
  classifier: z.string(),
  classifierVersion: z.string(),
  /** The rule or label that fired. */
  rule: z.string(),
  action: z.enum(['held', 'blocked', 'rejected', 'warned', 'struck', 'reported']),
  createdAt: instant,
  resolvedAt: instant.nullable(),
  channel: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  streamId: z.string().nullable(),
});

const decisionStep = z.object({
  id: z.string(),
  at: instant,
  by: person.nullable(),
  kind: z.enum(['approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate', 'penalty']),
  reason: z.string(),
  policyReference: z.string().nullable(),
  minutes: z.int().nullable(),
  trigger: z.string().nullable(),
  undoneAt: instant.nullable(),
});

const neighbour = z.object({
  id: z.string(),
  author: z.object({ id: z.string(), displayName: z.string() }),
  text: z.string(),
  createdAt: instant,
  status: z.string(),
  /** As at the moderators’ desk: another line may be as hard to see as the one that is judged. */
  veil,
  isSubject: z.boolean(),
});

const adminMessage = appealMessage.extend({ author: person.nullable() });

const privateNote = z.object({ id: z.string(), author: person.nullable(), note: z.string(), createdAt: instant });

/** Everything an admin needs to weigh one appeal. What the person themselves did elsewhere is in their history. */
export const appealContext = z.object({
  appeal: adminAppeal,
  consequences: z.array(consequence),
  violations: z.array(violationInContext),
  /** What moderators and admins decided on the item, oldest first. */
  steps: z.array(decisionStep),
  /** Written by moderators for each other. */
  moderatorNotes: z.array(z.string()),
  /** Lines around the text, oldest first; empty where there are none. */
  neighbours: z.array(neighbour),
  statement: z
    .object({
      id: statementId,
      letter: z.string(),
      rule: z.string(),
      explanation: z.string(),
      source: z.string(),
      receipt: z.string().nullable(),
    })
    .nullable(),
  /** Other appeals of the person, newest first, at most twenty. */
  earlier: z.array(appeal),
  messages: z.array(adminMessage),
  /** Never shown to the person concerned. */
  notes: z.array(privateNote),
});
export type AppealContext = z.infer<typeof appealContext>;

export const getPendingAppeals = operation({
  id: 'admin.appeals.list',
  method: 'GET',
  path: '/api/admin/appeals',
  who: 'admin',
  scope: 'admin',
  summary: 'Appeals: open ones in order of arrival, decided ones newest first.',
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

export const getAppealWithContext = operation({
  id: 'admin.appeals.get',
  method: 'GET',
  path: '/api/admin/appeals/:id',
  who: 'admin',
  scope: 'admin',
  summary: 'One appeal with everything it is about, and what accepting it would undo.',
  params: appealParams,
  output: appealContext,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found'],
});

const resolution = z.strictObject({
  /** The person reads it. */
  resolution: text(1, 2000),
  /** Admins alone read it. */
  notes: text(1, 2000).optional(),
});

const refusals = ['sign_in_required', 'not_allowed', 'own_content', 'not_found', 'already_decided'] as const;

export const acceptAppeal = operation({
  id: 'admin.appeals.accept',
  method: 'POST',
  path: '/api/admin/appeals/:id/accept',
  who: 'admin',
  scope: 'admin',
  summary: 'Accept an appeal: everything the decision did is undone, what was hidden for it alone comes back.',
  params: appealParams,
  body: resolution,
  output: adminAppeal,
  errors: refusals,
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
  errors: refusals,
  audit: 'APPEAL_DENIED',
});

export const askInAppeal = operation({
  id: 'admin.appeals.write',
  method: 'POST',
  path: '/api/admin/appeals/:id/messages',
  who: 'admin',
  scope: 'admin',
  summary: 'Ask the appellant something in an open appeal.',
  params: appealParams,
  body: appealMessageBody,
  output: adminMessage,
  status: 201,
  errors: refusals,
  audit: 'APPEAL_MESSAGE_SENT',
});

export const readAppealAnswers = operation({
  id: 'admin.appeals.read',
  method: 'POST',
  path: '/api/admin/appeals/:id/read',
  who: 'admin',
  scope: 'admin',
  summary: 'Mark what the appellant answered as read; repeating it changes nothing.',
  params: appealParams,
  output: z.object({ read: z.int() }),
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found'],
  audit: { none: 'having read a message is nobody else’s business' },
});

export const noteOnAppeal = operation({
  id: 'admin.appeals.note',
  method: 'POST',
  path: '/api/admin/appeals/:id/notes',
  who: 'admin',
  scope: 'admin',
  summary: 'Write a note that only admins read.',
  params: appealParams,
  body: z.strictObject({ note: text(1, 2000) }),
  output: privateNote,
  status: 201,
  errors: ['sign_in_required', 'not_allowed', 'own_content', 'not_found'],
  audit: 'APPEAL_NOTE_ADDED',
});

/** How often appeals against one kind of decisions were accepted. Appeals that nobody had to read are left out. */
export const overturnRate = z.object({
  /** A category, a rule of the classifier, or the id of whoever decided. */
  key: z.string(),
  /** Whose decisions, in `byModerator`; null when the account is gone. */
  person: person.nullable(),
  /** Decisions of the period, appealed or not. */
  decisions: z.int(),
  /** Appeals that were heard in the period. */
  heard: z.int(),
  overturned: z.int(),
  /** `overturned / heard`, with the ends of its 95 % interval (Wilson); null when none was heard. */
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type OverturnRate = z.infer<typeof overturnRate>;

const period = {
  /** From that moment on; without: 90 days ago. */
  from: instant.optional(),
  /** Up to and without that moment; without: now. */
  to: instant.optional(),
};

export const overturnRates = z.object({
  from: instant,
  to: instant,
  all: overturnRate,
  byCategory: z.array(overturnRate),
  byModerator: z.array(overturnRate),
  /** Decisions of programs and of fixed rules, by the rule that fired. */
  byRule: z.array(overturnRate),
  /** `person` and `automatic`. */
  byKind: z.array(overturnRate),
});
export type OverturnRates = z.infer<typeof overturnRates>;

export const getOverturnRates = operation({
  id: 'admin.appeals.rates',
  method: 'GET',
  path: '/api/admin/appeals/rates',
  who: 'admin',
  scope: 'admin',
  summary: 'How often decisions were overturned on appeal: by category, by rule, by whoever decided.',
  query: z.strictObject(period),
  output: overturnRates,
  errors: ['sign_in_required', 'not_allowed'],
});

export const exportOverturnRates = operation({
  id: 'admin.appeals.exportRates',
  method: 'GET',
  path: '/api/admin/appeals/rates/export',
  who: 'admin',
  scope: 'admin',
  summary: 'The same as a CSV file.',
  query: z.strictObject(period),
  download: { types: ['text/csv'] },
  errors: ['sign_in_required', 'not_allowed'],
});
