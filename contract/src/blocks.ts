/**
 * Blocking and muting someone, for oneself. Muting hides what they write from oneself. Blocking does the same, and closes
 * the way between the two: no direct messages either way, no comments of theirs under one's own videos. Neither is told to
 * anybody; neither shuts anyone out of a chat, which is a channel's decision with reasons and a way to object.
 */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant, listOf, paging, person, userId } from './primitives.ts';
import { broadcast } from './socket-events.ts';

/** Blocked and muted people together, each kind at most this many. */
export const MOST_HIDDEN_PEOPLE = 1000;

export const hiddenPerson = z.object({ person, since: instant });
export type HiddenPerson = z.infer<typeof hiddenPerson>;

const whom = z.strictObject({ userId });
const search = z.strictObject({ ...paging(), q: z.string().max(100).optional() });

export const listBlocks = operation({
  id: 'me.blocks.list',
  method: 'GET',
  path: '/api/v1/me/blocks',
  who: 'signed-in',
  scope: 'read',
  summary: 'People one has blocked, the latest first.',
  query: search,
  output: listOf(hiddenPerson),
  errors: ['sign_in_required'],
});

export const block = operation({
  id: 'me.blocks.add',
  method: 'PUT',
  path: '/api/v1/me/blocks/:userId',
  who: 'signed-in',
  scope: 'account',
  summary: 'Block someone; they are not told, and repeating it changes nothing.',
  params: whom,
  output: hiddenPerson,
  audit: { none: 'whom one keeps away is nobody else’s business, least of all theirs' },
  errors: ['sign_in_required', 'not_found', 'own_content', 'not_allowed'],
});

export const unblock = operation({
  id: 'me.blocks.remove',
  method: 'DELETE',
  path: '/api/v1/me/blocks/:userId',
  who: 'signed-in',
  scope: 'account',
  summary: 'No longer block someone; repeating it changes nothing.',
  params: whom,
  audit: { none: 'whom one keeps away is nobody else’s business, least of all theirs' },
  errors: ['sign_in_required'],
});

export const listMutes = operation({
  id: 'me.mutes.list',
  method: 'GET',
  path: '/api/v1/me/mutes',
  who: 'signed-in',
  scope: 'read',
  summary: 'People one has muted, the latest first.',
  query: search,
  output: listOf(hiddenPerson),
  errors: ['sign_in_required'],
});

export const mute = operation({
  id: 'me.mutes.add',
  method: 'PUT',
  path: '/api/v1/me/mutes/:userId',
  who: 'signed-in',
  scope: 'account',
  summary: 'Mute someone; they are not told, and repeating it changes nothing.',
  params: whom,
  output: hiddenPerson,
  audit: { none: 'whom one does not care to read is nobody else’s business' },
  errors: ['sign_in_required', 'not_found', 'own_content', 'not_allowed'],
});

export const unmute = operation({
  id: 'me.mutes.remove',
  method: 'DELETE',
  path: '/api/v1/me/mutes/:userId',
  who: 'signed-in',
  scope: 'account',
  summary: 'No longer mute someone; repeating it changes nothing.',
  params: whom,
  audit: { none: 'whom one does not care to read is nobody else’s business' },
  errors: ['sign_in_required'],
});

/** Everybody one does not want to read: what pages with live text need at once. */
export const hiddenPeople = z.object({ blocked: z.array(userId), muted: z.array(userId) });
export type HiddenPeople = z.infer<typeof hiddenPeople>;

export const getHiddenPeople = operation({
  id: 'me.hidden.get',
  method: 'GET',
  path: '/api/v1/me/hidden',
  who: 'signed-in',
  scope: 'read',
  summary: 'The ids of everybody one has blocked or muted.',
  output: hiddenPeople,
  errors: ['sign_in_required'],
});

export const hiddenPeopleChanged = broadcast({
  name: 'hidden-people',
  room: 'user',
  summary: 'The person blocked or muted somebody, or no longer does, on some page of theirs.',
  payload: hiddenPeople,
});
