/** Moderators, VIPs and patrons of a channel, for those who look after it. */
import type { ChannelId, channels as contract, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { enforce } from './caller.ts';
import { describeMember } from './change-members.ts';
import type { ChannelDeps } from './deps.ts';
import { searchMembers } from './member-store.ts';
import { mayReadMembers } from './policy.ts';
import { findChannel, readStanding } from './store.ts';

const place = z.tuple([z.string().max(20), z.string().max(200), z.string().max(64), z.string().max(10)]);

export async function listMembers(
  deps: ChannelDeps,
  actor: Actor,
  channelId: ChannelId,
  query: QueryOf<typeof contract.listMembers>,
): Promise<OutputOf<typeof contract.listMembers>> {
  const after = decodeCursor(query.cursor, place);
  return deps.database.asActor(actor, async (tx) => {
    if ((await findChannel(tx, channelId)) === null) throw new AppError('not_found');
    enforce(mayReadMembers(await readStanding(tx, channelId, actor)));
    const { role, q: words, limit } = query;
    const found = await searchMembers(tx, { channelId, role, words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, (row) => [row.role, row.name, row.person.id, row.source]);
    return { items: rows.map(describeMember), nextCursor };
  });
}
