/**
 * The one question before anything of a stream is shown: is it there, and may this person in? Detail, chat history,
 * the chat's room, media, reports: each asks here.
 */
import type { StreamId, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { enforce, GUEST_STANDING, isBannedFrom, readStanding, type Standing } from '../channels/index.ts';
import { mayWatch } from './policy.ts';
import { findStream, type StreamWithCreator } from './store.ts';

export interface Entered extends StreamWithCreator {
  readonly standing: Standing;
}

/** Within the caller's own transaction. Ended streams may be entered: their page and history stay. */
export async function enterStream(tx: Tx, id: StreamId, actor: Actor, at: Date): Promise<Entered> {
  const row = await findStream(tx, id);
  if (row === null) throw new AppError('not_found');
  return { ...row, standing: await enter(tx, row.stream, actor, at) };
}

export async function enter(
  tx: Tx,
  stream: { readonly channelId: string; readonly patronOnly: boolean },
  actor: Actor,
  at: Date,
): Promise<Standing> {
  if (actor.kind === 'guest') {
    enforce(mayWatch({ ...stream, isBanned: false }, GUEST_STANDING));
    return GUEST_STANDING;
  }
  const standing = await readStanding(tx, stream.channelId, actor);
  const isBanned = await isBannedFrom(tx, stream.channelId, actor.userId as UserId, at);
  enforce(mayWatch({ ...stream, isBanned }, standing));
  return standing;
}
