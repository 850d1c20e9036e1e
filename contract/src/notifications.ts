/** The inbox. */
import { z } from 'zod';
import { topic } from './notice-topics.ts';
import { operation } from './operations.ts';
import { instant, listOf, notificationId, paging } from './primitives.ts';
import { broadcast } from './socket-events.ts';

export { type NoticeTopic, topic, topicOf } from './notice-topics.ts';

/**
 * `kind` is stable and picks the translation and the link; `text` is the English letter of the notice, fixed
 * where the source documents fix it; `data` holds what the translation needs, all strings.
 */
export const notification = z.object({
  id: notificationId,
  kind: z.string(),
  topic,
  text: z.string(),
  data: z.record(z.string(), z.string()),
  createdAt: instant,
  readAt: instant.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const listNotifications = operation({
  id: 'notifications.list',
  method: 'GET',
  path: '/api/v1/notifications',
  who: 'signed-in',
  scope: 'read',
  summary: 'The signed-in person’s notices, newest first.',
  openToBanned: true,
  query: z.strictObject({
    ...paging(),
    unread: z.stringbool().optional(),
    topic: topic.optional(),
    q: z.string().max(100).optional(),
  }),
  output: listOf(notification).extend({ counts: z.object({ all: z.int(), unread: z.int() }) }),
  errors: ['sign_in_required'],
});

export const readNotification = operation({
  id: 'notifications.read',
  method: 'POST',
  path: '/api/v1/notifications/:id/read',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mark one notice as read; repeating it changes nothing.',
  openToBanned: true,
  params: z.strictObject({ id: notificationId }),
  output: notification,
  audit: { none: 'having read a notice is nobody else’s business' },
  errors: ['sign_in_required', 'not_found'],
});

export const unreadNotification = operation({
  id: 'notifications.unread',
  method: 'POST',
  path: '/api/v1/notifications/:id/unread',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mark one notice as unread again; repeating it changes nothing.',
  openToBanned: true,
  params: z.strictObject({ id: notificationId }),
  output: notification,
  audit: { none: 'having read a notice is nobody else’s business' },
  errors: ['sign_in_required', 'not_found'],
});

export const readAllNotifications = operation({
  id: 'notifications.readAll',
  method: 'POST',
  path: '/api/v1/notifications/read-all',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mark every notice as read.',
  openToBanned: true,
  /** `readAt`: names what was marked, so that it can be undone; null when nothing was. */
  output: z.object({ read: z.int(), readAt: instant.nullable() }),
  audit: { none: 'having read a notice is nobody else’s business' },
  errors: ['sign_in_required'],
});

export const undoReadAll = operation({
  id: 'notifications.undoReadAll',
  method: 'POST',
  path: '/api/v1/notifications/read-all/undo',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mark as unread again what `readAll` marked at that moment, and nothing else.',
  openToBanned: true,
  body: z.strictObject({ readAt: instant }),
  output: z.object({ unread: z.int() }),
  audit: { none: 'having read a notice is nobody else’s business' },
  errors: ['sign_in_required'],
});

export const notificationSent = broadcast({
  name: 'notification',
  room: 'user',
  summary: 'A new notice for the person.',
  payload: notification,
});

export const inboxChanged = broadcast({
  name: 'inbox-changed',
  room: 'user',
  summary: 'The person read or unread notices somewhere, or may have missed some: ask for the inbox again.',
  payload: z.object({}),
});
