import type { OutputOf, penalties, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { countPenalties, penaltyOf, searchPenalties } from './admin-store.ts';
import type { PenaltyDeps } from './deps.ts';

export async function getAllAdminPenalties(
  deps: PenaltyDeps,
  actor: Actor,
  query: QueryOf<typeof penalties.listPenalties>,
): Promise<OutputOf<typeof penalties.listPenalties>> {
  const { limit, state, userId } = query;
  const words = query.q?.trim() === '' ? undefined : query.q?.trim();
  const after = decodeCursor(query.cursor, instantAndId);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchPenalties(tx, { words, userId, state, at, after, limit });
    const page = pageOf(found, limit, ({ penalty }) => [penalty.issuedAt.toISOString(), penalty.id]);
    const counts = await countPenalties(tx, { at, userId, words });
    return { items: page.rows.map(penaltyOf), nextCursor: page.nextCursor, counts };
  });
}
