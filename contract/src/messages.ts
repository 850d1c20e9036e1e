/** Direct messages: between two people, read by nobody else. */
import { z } from 'zod';
import { messageText } from './chat.ts';
import { operation } from './operations.ts';
import { clientId, directMessageId, instant, listOf, paging, person, userId } from './primitives.ts';
import { broadcast } from './socket-events.ts';

/**
 * One message as one of the two reads it. A `held` one is shown to its author alone until a moderator lets it pass; then
 * it arrives with `approvedAt`.
 */
export const directMessage = z.object({
  id: directMessageId,
  /** Written by the one who reads this. */
  mine: z.boolean(),
  message: z.string(),
  status: z.enum(['published', 'held']),
  createdAt: instant,
  approvedAt: instant.nullable(),
});
export type DirectMessage = z.infer<typeof directMessage>;

/** What I set about the other person; they learn nothing of either. */
export const towards = z.object({ blocked: z.boolean(), muted: z.boolean() });

export const conversation = z.object({
  person,
  /** The newest that I can see; null when I deleted them all. */
  last: directMessage.nullable(),
  /** The last time something was written or arrived. */
  at: instant,
  unread: z.int().nonnegative(),
  towards,
});
export type Conversation = z.infer<typeof conversation>;

const otherPerson = z.strictObject({ userId });

export const listConversations = operation({
  id: 'messages.list',
  method: 'GET',
  path: '/api/v1/messages',
  who: 'signed-in',
  scope: 'read',
  summary: 'One’s conversations, the latest first, each with its newest message and how many are unread.',
  query: z.strictObject({ ...paging(), q: z.string().max(100).optional() }),
  output: listOf(conversation).extend({
    /** Unread messages in all conversations but those with people one muted or blocked. */
    counts: z.object({ unread: z.int().nonnegative() }),
  }),
  errors: ['sign_in_required'],
});

export const getConversation = operation({
  id: 'messages.get',
  method: 'GET',
  path: '/api/v1/messages/:userId',
  who: 'signed-in',
  scope: 'read',
  summary: 'The messages between oneself and one other person, newest first; empty when nothing was written yet.',
  params: otherPerson,
  query: z.strictObject(paging()),
  output: listOf(directMessage).extend({
    person,
    unread: z.int().nonnegative(),
    towards,
    /** The other account still exists: an erased one takes no messages. */
    reachable: z.boolean(),
  }),
  errors: ['sign_in_required', 'not_found'],
});

export const sendMessage = operation({
  id: 'messages.send',
  method: 'POST',
  path: '/api/v1/messages',
  who: 'signed-in',
  scope: 'chat',
  summary: 'Write to someone; sent again under one `clientId` it is written once.',
  body: z.strictObject({ toUserId: userId, message: messageText, clientId: clientId.optional() }),
  output: z.object({
    id: directMessageId,
    status: z.enum(['published', 'held', 'blocked']),
    /** Null when it was blocked: nobody sees it, and the inbox says why. */
    message: directMessage.nullable(),
  }),
  status: 201,
  audit: 'MESSAGE_SENT',
  /**
   * `not_allowed`: this person takes no messages from the caller, and no more is said of it; or they have not answered
   * the first ones yet. `rate_limited`: too many people written to for the first time within a day.
   */
  errors: ['sign_in_required', 'not_found', 'not_allowed', 'own_content'],
});

export const readConversation = operation({
  id: 'messages.read',
  method: 'POST',
  path: '/api/v1/messages/:userId/read',
  who: 'signed-in',
  scope: 'chat',
  summary: 'Mark what someone wrote as read; whoever wrote it does not learn of it.',
  params: otherPerson,
  output: z.object({ unread: z.int().nonnegative() }),
  audit: { none: 'having read a message is nobody else’s business' },
  errors: ['sign_in_required'],
});

export const deleteMessage = operation({
  id: 'messages.delete',
  method: 'DELETE',
  path: '/api/v1/messages/:userId/:messageId',
  who: 'signed-in',
  scope: 'chat',
  summary: 'Delete one message for oneself; the other person keeps theirs.',
  params: z.strictObject({ userId, messageId: directMessageId }),
  audit: { none: 'what somebody keeps of their own letters is nobody else’s business' },
  errors: ['sign_in_required', 'not_found'],
});

export const deleteConversation = operation({
  id: 'messages.deleteConversation',
  method: 'DELETE',
  path: '/api/v1/messages/:userId',
  who: 'signed-in',
  scope: 'chat',
  summary: 'Delete a whole conversation for oneself; the other person keeps theirs.',
  params: otherPerson,
  audit: { none: 'what somebody keeps of their own letters is nobody else’s business' },
  errors: ['sign_in_required'],
});

export const directMessageSent = broadcast({
  name: 'direct-message',
  room: 'user',
  summary: 'A message to or from the person; one that was approved late carries `approvedAt`.',
  payload: z.object({ person, message: directMessage, clientId: clientId.optional() }),
});

export const directMessagesGone = broadcast({
  name: 'direct-messages-gone',
  room: 'user',
  summary: 'These messages are gone for the person: they deleted them, or a decision took them away.',
  payload: z.object({ userId, ids: z.array(directMessageId) }),
});

export const directMessagesRead = broadcast({
  name: 'direct-messages-read',
  room: 'user',
  summary: 'The person read what this one wrote, on some page of theirs.',
  payload: z.object({ userId }),
});
