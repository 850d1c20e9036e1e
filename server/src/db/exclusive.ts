/** Work that one node does at a time: under an advisory lock that lives and dies with one connection. */
import type { Pool } from 'pg';
import type { Tx } from './database.ts';
import { asStorageError, isUnavailable } from './postgres-errors.ts';
import { commit, drizzleOn, SYSTEM_IDENTITY } from './transactions.ts';
import { failureBehind } from './writes-behind.ts';

const BEGIN_AS_SYSTEM = `begin; select set_config('role', '${SYSTEM_IDENTITY.role}', true), set_config('app.user_id', '', true)`;

/** A transaction of the system on the connection that holds the lock. Not repeated when it fails. */
export type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Waits for the lock, runs `work`, lets go. When the connection breaks the lock is gone with it, and so is whatever was
 * not committed: no transaction of `work` can commit without the lock.
 */
export async function exclusively<T>(pool: Pool, lock: number, work: (transact: Transact) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asStorageError(error);
  });
  let broken: Error | undefined;
  const transact: Transact = async (inside) => {
    const tx = drizzleOn(client);
    try {
      await client.query(BEGIN_AS_SYSTEM);
      const result = await inside(tx);
      await commit(client, tx);
      return result;
    } catch (thrown) {
      const error = (await failureBehind(tx)) ?? thrown;
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    }
  };
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    const result = await work(transact);
    await client.query('select pg_advisory_unlock($1)', [lock]);
    return result;
  } catch (error) {
    // With the connection the lock ends, whatever went wrong.
    broken ??= error instanceof Error ? error : new Error(String(error));
    throw isUnavailable(error) ? asStorageError(error) : error;
  } finally {
    client.release(broken);
  }
}
