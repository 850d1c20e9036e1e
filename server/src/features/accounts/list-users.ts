/** An admin looks for people. */
import type { accounts, OutputOf, QueryOf } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { countUsers, describeUser, searchUsers } from './admin-user-store.ts';
import type { AccountsDeps } from './deps.ts';

export async function listUsers(
  deps: AccountsDeps,
  caller: Caller,
  query: QueryOf<typeof accounts.listUsers>,
): Promise<OutputOf<typeof accounts.listUsers>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const words = query.q?.trim() === '' ? undefined : query.q?.trim();
  const idsByEmail = words === undefined ? [] : await deps.users.idsByEmailPart(words);
  const at = deps.clock.now();
  const { limit, role, standing, tier } = query;
  const { found, counts } = await deps.database.asActor(caller.actor, async (tx) => ({
    found: await searchUsers(tx, { words, idsByEmail, role, tier, standing, at, after, limit }),
    counts: await countUsers(tx, at),
  }));
  const page = pageOf(found, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  const users = await deps.users.byIds(page.rows.map((row) => row.id));
  return { items: page.rows.map((row) => describeUser(row, users.get(row.id))), nextCursor: page.nextCursor, counts };
}
