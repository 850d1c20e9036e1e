/** Channels by name, live ones first; or those that the caller follows. */
import type { channels as contract, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import type { ChannelDeps } from './deps.ts';
import { describeChannels } from './describe-channel.ts';
import { readAs } from './reading.ts';
import { searchChannels } from './store.ts';

const liveNameAndId = z.tuple([z.int().min(0).max(1), z.string().max(200), z.string().max(64)]);

export async function listChannels(
  deps: ChannelDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listChannels>,
): Promise<OutputOf<typeof contract.listChannels>> {
  if (query.following === true && actor.kind === 'guest') throw new AppError('sign_in_required');
  const after = decodeCursor(query.cursor, liveNameAndId);
  const followedBy = query.following === true && actor.kind === 'person' ? actor.userId : undefined;
  return readAs(deps.database, actor, async (tx) => {
    const found = await searchChannels(tx, { words: query.q, followedBy, after, limit: query.limit });
    const { rows, nextCursor } = pageOf(found, query.limit, ({ off, name, channel }) => [off, name, channel.id]);
    return { items: await describeChannels(deps, tx, rows, actor), nextCursor };
  });
}
