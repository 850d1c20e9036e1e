/** The room of a livestream: joining, writing, reacting. Socket.IO, default namespace, path `/socket.io`. */
import { z } from 'zod';
import { chatMessage, chatModes } from './chat-shapes.ts';
import { channelRole, instant, messageId, streamId, text, userId } from './primitives.ts';
import { broadcast, command } from './socket-events.ts';
import { tip } from './tip-shapes.ts';

export const MESSAGE_MAX_CODE_POINTS = 500;
/** More invisible characters than this and a message is refused. */
export const MESSAGE_MAX_INVISIBLE = 50;

export const reactionType = z.enum(['heart', 'fire', 'clap', 'mind-blown', 'laughing']);
export type ReactionType = z.infer<typeof reactionType>;
export const REACTION_TYPES = reactionType.options;

/**
 * The text of a message: 1–500 code points after trimming, well-formed, no control characters, not empty
 * without its invisible characters and with at most 50 of those. Markup and direction overrides are text.
 */
export const messageText = text(1, MESSAGE_MAX_CODE_POINTS)
  .refine((value) => countInvisible(value) <= MESSAGE_MAX_INVISIBLE, 'holds too many invisible characters')
  .refine((value) => hasVisible(value), 'is empty without its invisible characters');

/** Format characters, fillers and white space that draw nothing. A joiner inside an emoji counts too; 50 are plenty. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u115F\u1160\u3164\uFFA0\u2800]/u;
export function countInvisible(value: string): number {
  let count = 0;
  for (const character of value) if (INVISIBLE.test(character)) count++;
  return count;
}
export function hasVisible(value: string): boolean {
  for (const character of value) if (!INVISIBLE.test(character) && character.trim() !== '') return true;
  return false;
}

/** What one is here, and what one may not do for now. */
const standingHere = z.object({
  role: channelRole,
  /** Absent: one may write, as far as timeouts go. */
  timedOutUntil: instant.optional(),
  /** Banned from the channel: one is out of the room by now. Never in an acknowledgement, which refuses instead. */
  banned: z.literal(true).optional(),
});

export const joinStream = command({
  name: 'join-stream',
  who: 'anyone',
  summary: 'Enter a livestream’s room and receive its history, or what was missed since `lastSeq`.',
  input: z.strictObject({ streamId, lastSeq: z.int().nonnegative().optional() }),
  ack: z.object({
    viewers: z.int().nonnegative(),
    seq: z.int().nonnegative(),
    /** The newest 50, oldest first, or what was missed since `lastSeq`. */
    history: z.array(chatMessage),
    /** The newest tips, at most 50, oldest first. */
    tips: z.array(tip),
    /** `lastSeq` was too long ago: `history` is the newest 50 and there is a hole before it. */
    gap: z.boolean().optional(),
    modes: chatModes,
    me: standingHere,
  }),
  audit: 'LIVESTREAM_JOINED',
  errors: ['not_found', 'patron_required', 'stream_ended'],
});

export const leaveStream = command({
  name: 'leave-stream',
  who: 'anyone',
  summary: 'Leave a livestream’s room.',
  input: z.strictObject({ streamId }),
  ack: z.object({}),
  audit: 'LIVESTREAM_LEFT',
  errors: ['not_joined'],
});

export const sendChatMessage = command({
  name: 'chat-message',
  who: 'signed-in',
  summary: 'Write in the room. The acknowledgement means the message is on disk.',
  input: z.strictObject({ streamId, message: messageText, clientId: z.string().max(64).optional() }),
  ack: z.object({ id: messageId, status: z.enum(['published', 'held', 'blocked']) }),
  audit: 'LIVESTREAM_CHAT_MESSAGE',
  errors: [
    'sign_in_required',
    'not_joined',
    'not_found',
    'stream_ended',
    'patron_required',
    'timed_out',
    'mode_restricted',
    'slow_mode',
  ],
});

export const react = command({
  name: 'reaction',
  who: 'signed-in',
  summary: 'React; counted, not kept one by one.',
  input: z.strictObject({ streamId, type: reactionType }),
  ack: z.object({}),
  audit: 'LIVESTREAM_REACTION',
  errors: ['sign_in_required', 'not_joined', 'not_found', 'stream_ended', 'patron_required', 'timed_out'],
});

export const chatMessageSent = broadcast({
  name: 'chat-message',
  room: 'livestream',
  summary: 'A line of chat. `held` ones go to their author and the channel’s moderators only.',
  payload: chatMessage,
});

export const chatStanding = broadcast({
  name: 'chat-standing',
  room: 'user',
  summary: 'One’s role, timeout or ban in this room changed: to the person’s own sockets there.',
  payload: z.object({ streamId, me: standingHere }),
});

export const messageRemoved = broadcast({
  name: 'message-removed',
  room: 'livestream',
  summary: 'These lines are gone.',
  payload: z.object({ streamId, ids: z.array(messageId) }),
});

export const userCleared = broadcast({
  name: 'user-cleared',
  room: 'livestream',
  summary: 'All lines of one person are gone.',
  payload: z.object({ streamId, userId }),
});

export const chatCleared = broadcast({
  name: 'chat-cleared',
  room: 'livestream',
  summary: 'The chat was emptied.',
  payload: z.object({ streamId }),
});

export const chatModesChanged = broadcast({
  name: 'chat-modes',
  room: 'livestream',
  summary: 'The room’s modes changed.',
  payload: z.object({ streamId, modes: chatModes }),
});

export const reactionsCounted = broadcast({
  name: 'reactions',
  room: 'livestream',
  summary: 'Reactions since the last of these, by type; every 200 ms while there are any.',
  payload: z.object({ streamId, counts: z.partialRecord(reactionType, z.int().positive()) }),
});
