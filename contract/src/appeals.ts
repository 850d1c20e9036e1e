/** Objections to decisions, by whom they concern: handed in, followed, and talked about. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant, listOf, paging, text } from './primitives.ts';
import { broadcast } from './socket-events.ts';
import { appealStatus, decisionSubjectKind } from './standing-shapes.ts';

const opaque = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]{1,64}$/);

/** One decision about oneself; `ban` is a channel’s. */
export const appealSubject = z.strictObject({ type: decisionSubjectKind, id: opaque });
export type AppealSubject = z.infer<typeof appealSubject>;

/** As its author reads it. */
export const appeal = z.object({
  id: z.string(),
  subject: appealSubject,
  reason: z.string(),
  /** Where the picture is fetched, by its owner and admins alone. */
  screenshotUrl: z.string().nullable(),
  status: appealStatus,
  createdAt: instant,
  reviewedAt: instant.nullable(),
  resolution: z.string().nullable(),
});
export type Appeal = z.infer<typeof appeal>;

/** What an admin asked, or the appellant answered. */
export const appealMessage = z.object({
  id: z.string(),
  side: z.enum(['appellant', 'admin']),
  message: z.string(),
  createdAt: instant,
  /** When the other side read it. */
  readAt: instant.nullable(),
});
export type AppealMessage = z.infer<typeof appealMessage>;

/** At most as many messages as one appeal holds, oldest first. */
export const MOST_APPEAL_MESSAGES = 100;
export const appealDialogue = z.object({ messages: z.array(appealMessage) });

export const appealParams = z.strictObject({ id: opaque });
export const appealMessageBody = z.strictObject({ message: text(1, 2000) });

export const getUserAppeals = operation({
  id: 'appeals.list',
  method: 'GET',
  path: '/api/v1/appeals',
  who: 'signed-in',
  scope: 'read',
  summary: 'One’s own appeals, newest first, and how long one takes at the moment.',
  openToBanned: true,
  query: z.strictObject({ ...paging() }),
  output: listOf(appeal).extend({
    /** Seconds from handing in to the decision: the median of the last ones. Null: none was decided lately. */
    typicalSeconds: z.int().nullable(),
  }),
  errors: ['sign_in_required'],
});

export const getUserAppeal = operation({
  id: 'appeals.get',
  method: 'GET',
  path: '/api/v1/appeals/:id',
  who: 'signed-in',
  scope: 'read',
  summary: 'One of one’s own appeals, with what was asked and answered in it.',
  openToBanned: true,
  params: appealParams,
  output: appeal.extend(appealDialogue.shape),
  errors: ['sign_in_required', 'not_found'],
});

export const SCREENSHOT_BYTES = 5 * 1024 * 1024;
export const SCREENSHOT_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

export const submitAppeal = operation({
  id: 'appeals.create',
  method: 'POST',
  path: '/api/v1/appeals',
  who: 'signed-in',
  scope: 'account',
  summary:
    'Object to a decision in force, once for each; as JSON, or as a form with a screenshot, which is re-encoded without metadata.',
  openToBanned: true,
  body: z.strictObject({ subject: appealSubject, reason: text(10, 5000) }),
  upload: {
    field: 'screenshot',
    maxBytes: SCREENSHOT_BYTES,
    types: SCREENSHOT_TYPES,
    beside: { json: ['subject'] },
  },
  output: appeal,
  status: 201,
  errors: ['sign_in_required', 'not_found', 'appeal_exists', 'appeal_not_possible'],
  audit: 'APPEAL_SUBMITTED',
});

export const getAppealScreenshot = operation({
  id: 'appeals.getScreenshot',
  method: 'GET',
  path: '/api/v1/appeals/screenshots/:key',
  who: 'signed-in',
  scope: 'read',
  summary: 'The picture of an appeal, to whoever handed it in and to admins.',
  openToBanned: true,
  params: z.strictObject({ key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  download: { types: ['image/webp'] },
  errors: ['sign_in_required', 'not_found'],
});

export const answerInAppeal = operation({
  id: 'appeals.write',
  method: 'POST',
  path: '/api/v1/appeals/:id/messages',
  who: 'signed-in',
  scope: 'account',
  summary: 'Write to the admins in an open appeal of one’s own.',
  openToBanned: true,
  params: appealParams,
  body: appealMessageBody,
  output: appealMessage,
  status: 201,
  errors: ['sign_in_required', 'not_found', 'not_allowed', 'already_decided'],
  audit: 'APPEAL_MESSAGE_SENT',
});

export const readAppealMessages = operation({
  id: 'appeals.read',
  method: 'POST',
  path: '/api/v1/appeals/:id/read',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mark what admins asked in one’s own appeal as read; repeating it changes nothing.',
  openToBanned: true,
  params: appealParams,
  output: z.object({ read: z.int() }),
  errors: ['sign_in_required', 'not_found'],
  audit: { none: 'having read a message is nobody else’s business' },
});

/** To the appellant, and to the admins whose pages are open. */
export const appealChanged = broadcast({
  name: 'appeal-changed',
  room: 'user',
  summary: 'Something was asked, answered or decided in an appeal that concerns the person, or that they review.',
  payload: z.object({ appealId: z.string() }),
});
