/** The connections of accounts: a login of their own, which sees the schema of accounts alone. */
import pg from 'pg';
import type { DatabaseHandle } from '../db/index.ts';
import type { Ground } from './ground.ts';

export function openAuthPool(storage: DatabaseHandle, { logger }: Pick<Ground, 'logger'>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: storage.urls.auth,
    max: 8,
    application_name: 'virgil auth',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    options: '-c search_path=auth',
  });
  // A connection cut between two statements would end the process; the next statement on it rejects.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => {
    if (!pool.ending) logger.warn({ err: error, pool: 'virgil auth' }, 'an idle database connection was lost');
  });
  return pool;
}
