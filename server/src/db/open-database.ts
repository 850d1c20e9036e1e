/** Opens the store the server works on: pools, the three ways in, a ping, and an orderly end. */
import pg from 'pg';
import type { Clock } from '../clock.ts';
import { refuseTooManyRights } from './audit-rights.ts';
import type { Commit } from './commit-hooks.ts';
import type { ConnectionStrings } from './connection-strings.ts';
import type { Database, Tx } from './database.ts';
import { makeMessagePartitions } from './message-partitions.ts';
import { asStorageError, isRetryable } from './postgres-errors.ts';
import { prepareDatabase } from './prepare.ts';
import { drizzleOn, identityOf, inTransaction, SYSTEM_IDENTITY } from './transactions.ts';

/** The part of a pino logger the store uses. */
export interface StoreLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface OpenDatabaseOptions {
  readonly urls: ConnectionStrings;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  /** Connections for requests. */
  readonly poolSize?: number;
  /** Test databases are copied from one that is prepared already. */
  readonly prepared?: boolean;
}

export interface DatabaseHandle {
  readonly database: Database;
  readonly urls: ConnectionStrings;
  /** For system work that holds a connection of its own (jobs, outbox). */
  readonly systemPool: pg.Pool;
  /** Runs after commits that announced an event or scheduled a job. Returns how to stop listening. */
  onCommit(listener: (commits: readonly Commit[]) => void): () => void;
  /** Rejects with `storage_unavailable` when the database does not answer a write-free round trip. For /ready. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Jobs hold up to three of these and deliveries of events up to four, and what those do needs further ones: with
 * fewer than eight they could wait for each other.
 */
const SYSTEM_CONNECTIONS = 12;

export async function openDatabase(options: OpenDatabaseOptions): Promise<DatabaseHandle> {
  const { urls, clock, logger } = options;
  if (!options.prepared) {
    const applied = await prepareDatabase(urls, clock.now());
    if (applied.length > 0) logger.info({ applied }, 'database migrated');
  }
  await checkRights(urls);
  const size = options.poolSize ?? 10;
  const appPool = makePool(urls.app, size, 'virgil', logger);
  const systemPool = makePool(urls.app, SYSTEM_CONNECTIONS, 'virgil system', logger);
  const listeners = new Set<(commits: readonly Commit[]) => void>();
  const committed = (commits: readonly Commit[]) => {
    if (commits.length > 0) for (const listener of listeners) listener(commits);
  };

  const database: Database = {
    asActor: (actor, work) => inTransaction(appPool, identityOf(actor), work, committed),
    asSystem(reason, work) {
      logger.debug({ reason }, 'acting as the system');
      return inTransaction(systemPool, SYSTEM_IDENTITY, work, committed);
    },
    publicRead: (work) => publicRead(appPool, work),
  };
  if (!options.prepared) {
    await inTransaction(systemPool, SYSTEM_IDENTITY, (tx) => makeMessagePartitions(tx, clock.now()), committed);
  }

  let closed: Promise<void> | undefined;
  return {
    database,
    urls,
    systemPool,
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ping: () => publicRead(appPool, async (db) => void (await db.execute('select 1'))),
    close() {
      closed ??= Promise.all([appPool.end(), systemPool.end()]).then(() => undefined);
      return closed;
    },
  };
}

/** Asked as the login itself, whoever prepared the database. */
async function checkRights(urls: ConnectionStrings): Promise<void> {
  const client = new pg.Client({ connectionString: urls.app, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseTooManyRights(client, ['app', 'virgil_auth']);
  } finally {
    await client.end();
  }
}

function makePool(connectionString: string, max: number, name: string, logger: StoreLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    // A statement is sent while the one before it still runs: `begin` and the entry of the audit log cost no round trip.
    pipeline: true,
  });
  // Without listeners a connection that the server ends, idle or between two statements, would end the process. The
  // next statement on it rejects, and that is what the caller hears.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // While we end, PostgreSQL may be faster than the goodbye of an idle connection.
  pool.on('error', (error) => {
    if (!pool.ending) logger.warn({ err: error, pool: name }, 'an idle database connection was lost');
  });
  return pool;
}

async function publicRead<T>(pool: pg.Pool, work: (db: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        return await work(drizzleOn(client));
      } catch (error) {
        broken = asStorageError(error) === error ? undefined : (error as Error);
        throw error;
      } finally {
        client.release(broken);
      }
    } catch (error) {
      if (attempt >= 3 || !isRetryable(error)) throw asStorageError(error);
    }
  }
}
