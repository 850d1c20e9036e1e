/** Appeals as they wait for an admin, in order of arrival; decided ones newest first. */
import type { appealDesk as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { describeAppeals } from './describe-appeal.ts';
import { countAppeals, searchAppeals } from './store.ts';

export async function getPendingAppeals(
  { clock, database }: Pick<AppealDeps, 'clock' | 'database'>,
  actor: Actor,
  { cursor, limit, q: words, status }: QueryOf<typeof contract.getPendingAppeals>,
): Promise<OutputOf<typeof contract.getPendingAppeals>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  return database.asActor(actor, async (tx) => {
    const found = await searchAppeals(tx, { status, words, after, limit });
    const page = pageOf(found, limit, ({ appeal }) => [appeal.createdAt.toISOString(), appeal.id]);
    const items = await describeAppeals(tx, page.rows, userId, clock.now());
    return { items, nextCursor: page.nextCursor, counts: await countAppeals(tx, words) };
  });
}
