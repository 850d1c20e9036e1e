/** What one handed in, how it stands, and what was said in it. */
import type { appeals as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { AppealDeps } from './deps.ts';
import { appealOf, messageOf } from './describe-appeal.ts';
import { messagesOf } from './dialogue-store.ts';
import { findOwn, searchOwn, typicalSeconds } from './store.ts';

type Deps = Pick<AppealDeps, 'clock' | 'database'>;

/** How long it took lately says how long it takes; longer ago it says nothing. */
const LATELY_MS = 60 * 86_400_000;

export async function getUserAppeals(
  { clock, database }: Deps,
  actor: Actor,
  { cursor, limit }: QueryOf<typeof contract.getUserAppeals>,
): Promise<OutputOf<typeof contract.getUserAppeals>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  const found = await database.asActor(actor, (tx) => searchOwn(tx, { userId, after, limit }));
  const page = pageOf(found, limit, (row) => [row.createdAt.toISOString(), row.id]);
  const since = new Date(clock.now().getTime() - LATELY_MS);
  const typical = await database.asSystem('how long appeals take', (tx) => typicalSeconds(tx, since));
  return { items: page.rows.map(appealOf), nextCursor: page.nextCursor, typicalSeconds: typical };
}

export async function getUserAppeal(
  { database }: Deps,
  actor: Actor,
  id: string,
): Promise<OutputOf<typeof contract.getUserAppeal>> {
  const { userId } = personOfActor(actor);
  return database.asActor(actor, async (tx) => {
    const row = await findOwn(tx, userId, id);
    if (row === null) throw new AppError('not_found', { detail: 'You have no such appeal.' });
    return { ...appealOf(row), messages: (await messagesOf(tx, id)).map(messageOf) };
  });
}
