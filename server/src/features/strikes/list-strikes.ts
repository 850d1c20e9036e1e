import type { OutputOf, QueryOf, strikes } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { countGroups, describeGroups, searchGroups } from './admin-store.ts';
import type { StrikeDeps } from './deps.ts';

export async function listStrikes(
  deps: StrikeDeps,
  actor: Actor,
  query: QueryOf<typeof strikes.listStrikes>,
): Promise<OutputOf<typeof strikes.listStrikes>> {
  const { limit, step } = query;
  const words = query.q;
  const after = decodeCursor(query.cursor, instantAndId);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchGroups(tx, { words, step, at, after, limit });
    const page = pageOf(found, limit, (row) => [row.newestAt.toISOString(), row.userId]);
    const items = await describeGroups(tx, page.rows, at);
    return { items, nextCursor: page.nextCursor, counts: await countGroups(tx, { at, words }) };
  });
}
