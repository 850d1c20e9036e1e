/**
 * Socket.IO events, declared the way REST operations are: a command goes from client to server and is always
 * acknowledged `{ok: true, …} | {ok: false, error}`; a broadcast goes from server to the sockets of a room.
 */
import type { z } from 'zod';
import type { Audited } from './audit-types.ts';
import type { ackError, ProblemCode } from './problems.ts';

export interface Command<In extends z.ZodType = z.ZodType, Ack extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly who: 'anyone' | 'signed-in';
  readonly summary: string;
  readonly input: In;
  /** The success half of the acknowledgement, without `ok`. */
  readonly ack: Ack;
  /** Codes this command may answer beside those every command may (see `COMMON_COMMAND_ERRORS`). */
  readonly errors: readonly ProblemCode[];
  /** What it leaves in the audit log. */
  readonly audit: Audited;
}

/** What any command may answer: bad input, a limit, no right to send commands at all, our own failure. */
export const COMMON_COMMAND_ERRORS = [
  'invalid',
  'rate_limited',
  'too_large',
  'banned',
  'not_allowed',
  'storage_unavailable',
  'internal',
] as const satisfies readonly ProblemCode[];

export interface Broadcast<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Which sockets receive it: `livestream-{id}`, `moderation-{channelId}`, `user-{id}`, `video-{id}`, or the one it concerns. */
  readonly room: 'livestream' | 'moderation' | 'user' | 'video' | 'sender';
  readonly summary: string;
  readonly payload: Payload;
}

export function command<const C extends Command>(declaration: C): C {
  return declaration;
}
export function broadcast<const B extends Broadcast>(declaration: B): B {
  return declaration;
}

export type CommandInput<C extends Command> = z.infer<C['input']>;
export type CommandAck<C extends Command> = z.infer<C['ack']>;
export type BroadcastPayload<B extends Broadcast> = z.infer<B['payload']>;
export type Acknowledgement<C extends Command> =
  | ({ ok: true } & CommandAck<C>)
  | { ok: false; error: z.infer<typeof ackError> };

/** Names of the Socket.IO rooms. */
export const livestreamRoom = (streamId: string): string => `livestream-${streamId}`;
export const moderationRoom = (channelId: string): string => `moderation-${channelId}`;
export const userRoom = (userId: string): string => `user-${userId}`;
/** Pages of one recording that are open: who hears of its comments. */
export const videoRoom = (videoId: string): string => `video-${videoId}`;
