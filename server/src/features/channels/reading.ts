/** Reads by whoever asks: a guest needs no transaction, a person's rights are set for one. */
import type { Actor } from '../../actor.ts';
import type { Database, Tx } from '../../db/database.ts';

export function readAs<T>(database: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return actor.kind === 'guest' ? database.publicRead(work) : database.asActor(actor, work);
}
