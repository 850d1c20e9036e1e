import type { appeals as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { appealOf, describeAppeals } from './describe-appeal.ts';
import { countAppeals, searchAppeals, searchOwn } from './store.ts';

export async function listOwnAppeals(
  deps: AppealDeps,
  actor: Actor,
  { cursor, limit }: QueryOf<typeof contract.listOwnAppeals>,
): Promise<OutputOf<typeof contract.listOwnAppeals>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  const found = await deps.database.asActor(actor, (tx) => searchOwn(tx, { userId, after, limit }));
  const page = pageOf(found, limit, (row) => [row.createdAt.toISOString(), row.id]);
  return { items: page.rows.map(appealOf), nextCursor: page.nextCursor };
}

export async function listAppeals(
  deps: AppealDeps,
  actor: Actor,
  { cursor, limit, q: words, status }: QueryOf<typeof contract.listAppeals>,
): Promise<OutputOf<typeof contract.listAppeals>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  const at = deps.clock.now();
  return deps.database.asActor(actor, async (tx) => {
    const found = await searchAppeals(tx, { status, words, after, limit });
    const page = pageOf(found, limit, ({ appeal }) => [appeal.createdAt.toISOString(), appeal.id]);
    const items = await describeAppeals(tx, page.rows, userId, at);
    return { items, nextCursor: page.nextCursor, counts: await countAppeals(tx, words) };
  });
}
