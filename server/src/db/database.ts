/**
 * How features reach data. `asActor` is the boundary that row-level security guards: one statement sets role and
 * `app.user_id` for the transaction, so a forgotten check in the application still returns no foreign row.
 */
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Actor } from '../actor.ts';
import type * as schema from './schema/index.ts';

/** A transaction (or for `publicRead` a plain connection): Drizzle with our schema. */
export type Tx = Pick<
  NodePgDatabase<typeof schema>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'query' | '$with' | 'with'
>;

export interface Database {
  /** One transaction with the actor's rights. Serialization failures and deadlocks are retried, so `work` may run again. */
  asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction beyond row security. `reason` is logged at debug and names why no actor's rights fit. */
  asSystem<T>(reason: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Hot public reads (stream list, public chat) by plain grant: no transaction, no role change, one round trip. */
  publicRead<T>(work: (db: Tx) => Promise<T>): Promise<T>;
}
