/** Transactions with an actor's rights: one statement sets role and person, and both end with the transaction. */
import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../actor.ts';
import { type Commit, takeCommits } from './commit-hooks.ts';
import type { Tx } from './database.ts';
import { asStorageError, isRetryable, isUnavailable } from './postgres-errors.ts';
import * as schema from './schema/index.ts';
import { failureBehind } from './writes-behind.ts';

const ATTEMPTS = 6;

export interface Identity {
  readonly role: 'app_guest' | 'app_user' | 'app_mod' | 'app_admin' | 'app_system';
  /** Empty for nobody. */
  readonly userId: string;
}

export const SYSTEM_IDENTITY: Identity = { role: 'app_system', userId: '' };

export function identityOf(actor: Actor): Identity {
  if (actor.kind === 'guest') return { role: 'app_guest', userId: '' };
  switch (actor.role) {
    case 'user':
      return { role: 'app_user', userId: actor.userId };
    case 'moderator':
      return { role: 'app_mod', userId: actor.userId };
    case 'admin':
      return { role: 'app_admin', userId: actor.userId };
  }
}

/** Drizzle reads the whole schema when it wraps a connection, so each connection keeps its wrapping. */
const wrapped = new WeakMap<PoolClient, Tx>();
export function drizzleOn(client: PoolClient): Tx {
  const known = wrapped.get(client);
  if (known) return known;
  const made = drizzle(client, { schema });
  wrapped.set(client, made);
  return made;
}

export async function inTransaction<T>(
  pool: Pool,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  committed: (commits: readonly Commit[]) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, identity, work, committed);
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetryable(error)) throw asStorageError(error);
      await sleep(Math.random() * 5 * 2 ** attempt);
    }
  }
}

async function once<T>(
  pool: Pool,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  committed: (commits: readonly Commit[]) => void,
): Promise<T> {
  const client = await pool.connect();
  const tx = drizzleOn(client);
  let broken: Error | undefined;
  try {
    await begin(client, identity);
    const result = await work(tx);
    await commit(client, tx);
    committed(takeCommits(tx));
    return result;
  } catch (thrown) {
    takeCommits(tx);
    const error = (await failureBehind(tx)) ?? thrown;
    broken = isUnavailable(error) && error instanceof Error ? error : await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function begin(client: PoolClient, identity: Identity): Promise<void> {
  await Promise.all([
    client.query('begin'),
    client.query({
      name: 'act-as',
      text: "select set_config('role', $1, true), set_config('app.user_id', $2, true)",
      values: [identity.role, identity.userId],
    }),
  ]);
}

/** Of a broken transaction PostgreSQL makes a rollback without a word: here that throws, with the reason if it is known. */
export async function commit(client: PoolClient, tx: Tx): Promise<void> {
  const { command } = await client.query('commit');
  const failure = await failureBehind(tx);
  if (command !== 'COMMIT') throw failure ?? new Error('the transaction was broken before its commit');
}

/** A connection that cannot even roll back is thrown away. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
