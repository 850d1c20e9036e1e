/** Whom one has blocked, or muted, the latest first. */
import type { blocks as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import type { BlockDeps } from './deps.ts';
import { type Kind, searchHidden } from './store.ts';

export async function listHidden(
  { database }: Pick<BlockDeps, 'database'>,
  actor: Actor,
  kind: Kind,
  { cursor, limit, q: words }: QueryOf<typeof contract.listBlocks>,
): Promise<OutputOf<typeof contract.listBlocks>> {
  const { userId } = personOfActor(actor);
  const after = decodeCursor(cursor, instantAndId);
  const found = await database.asActor(actor, (tx) => searchHidden(tx, kind, { userId, words, after, limit }));
  const { rows, nextCursor } = pageOf(found, limit, ({ person, since }) => [since.toISOString(), person.id]);
  return {
    items: rows.map(({ person, since }) => ({ person: personOf(person), since: since.toISOString() })),
    nextCursor,
  };
}
