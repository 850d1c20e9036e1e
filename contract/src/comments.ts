/** Comments under recordings. Who may see a recording may read them; its channel's people look after them. */
import { z } from 'zod';
import { messageText } from './chat.ts';
import { operation } from './operations.ts';
import { badge, clientId, commentId, instant, listOf, paging, person, videoId } from './primitives.ts';
import { broadcast, command } from './socket-events.ts';

/** `held` ones are shown to their author and to the channel's owner and moderators, and to nobody else. */
export const comment = z.object({
  id: commentId,
  videoId,
  author: person,
  /** What the author was on the channel when writing. */
  badges: z.array(badge),
  message: z.string(),
  status: z.enum(['published', 'held']),
  createdAt: instant,
  /** A moderator let it pass later than it was written. */
  approvedAt: instant.nullable(),
});
export type Comment = z.infer<typeof comment>;

const videoParams = z.strictObject({ id: videoId });
const commentParams = z.strictObject({ id: videoId, commentId });

export const listComments = operation({
  id: 'comments.list',
  method: 'GET',
  path: '/api/v1/videos/:id/comments',
  who: 'anyone',
  scope: 'read',
  summary:
    'Comments under a recording, newest first, without those of people the caller blocked or muted; who moderates there gets all.',
  params: videoParams,
  query: z.strictObject(paging()),
  output: listOf(comment).extend({
    /** Published ones, whoever wrote them; 0 while they are turned off. */
    count: z.int().nonnegative(),
    /** The channel's owner can turn them off: then none are shown and none are taken. */
    open: z.boolean(),
    me: z.object({
      mayWrite: z.boolean(),
      /** May remove what others wrote: owner, moderators of the channel, admins. */
      moderates: z.boolean(),
    }),
  }),
  errors: ['not_found', 'patron_required'],
});

export const writeComment = operation({
  id: 'comments.write',
  method: 'POST',
  path: '/api/v1/videos/:id/comments',
  who: 'signed-in',
  scope: 'chat',
  summary: 'Write a comment; sent again under one `clientId` it is written once.',
  params: videoParams,
  body: z.strictObject({ message: messageText, clientId: clientId.optional() }),
  output: z.object({
    id: commentId,
    status: z.enum(['published', 'held', 'blocked']),
    /** Null when it was blocked: nobody sees it, and the inbox says why. */
    comment: comment.nullable(),
  }),
  status: 201,
  audit: 'COMMENT_WRITTEN',
  errors: ['sign_in_required', 'not_found', 'patron_required', 'not_allowed', 'timed_out'],
});

export const removeComment = operation({
  id: 'comments.remove',
  method: 'DELETE',
  path: '/api/v1/videos/:id/comments/:commentId',
  who: 'signed-in',
  scope: 'chat',
  summary:
    'Delete one’s own comment, or remove another’s: the channel’s owner and moderators and admins may. Repeating it changes nothing.',
  params: commentParams,
  audit: ['COMMENT_DELETED', 'COMMENT_REMOVED'],
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

/** Whoever has the page open hears how many there are. */
export const watchComments = command({
  name: 'watch-comments',
  who: 'anyone',
  summary: 'Hear of new and removed comments under a recording until `unwatch-comments` or the end of the connection.',
  input: z.strictObject({ videoId }),
  ack: z.object({ count: z.int().nonnegative() }),
  audit: { none: 'reading leaves no trace' },
  errors: ['not_found', 'patron_required'],
});

export const unwatchComments = command({
  name: 'unwatch-comments',
  who: 'anyone',
  summary: 'No longer hear of the comments under a recording.',
  input: z.strictObject({ videoId }),
  ack: z.object({}),
  audit: { none: 'reading leaves no trace' },
  errors: [],
});

export const commentsCounted = broadcast({
  name: 'comments',
  room: 'video',
  summary: 'A comment was published, deleted, removed or came back; `count` is how many there are now.',
  payload: z.object({ videoId, count: z.int().nonnegative() }),
});
