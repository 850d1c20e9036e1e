/** The store for one server: an address from outside, or PostgreSQL of our own under the data folder. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Clock } from '../clock.ts';
import { StartupProblem } from '../startup-problem.ts';
import { connectionStrings, withDatabase } from './connection-strings.ts';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { type DatabaseHandle, openDatabase, type StoreLogger } from './open-database.ts';
import { failureCode } from './postgres-errors.ts';

export interface StorageOptions {
  readonly dataFolder: string;
  /** Null: the embedded one. */
  readonly databaseUrl: string | null;
  readonly clock: Clock;
  readonly logger: StoreLogger;
}

export const DATABASE = 'virgil';

export async function openStorage(options: StorageOptions): Promise<DatabaseHandle> {
  return options.databaseUrl === null ? openEmbedded(options) : openExternal(options, options.databaseUrl);
}

async function openEmbedded({ dataFolder, clock, logger }: StorageOptions): Promise<DatabaseHandle> {
  const postgres = await startEmbeddedPostgres({ dataFolder, logger });
  if (postgres.adopted) logger.warn({ pid: postgres.pid() }, 'took over the database of a server that was killed');
  try {
    await createDatabase(postgres.url);
    const urls = connectionStrings(withDatabase(postgres.url, DATABASE), '');
    const handle = await openDatabase({ urls, clock, logger });
    return {
      ...handle,
      async close() {
        await handle.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function openExternal({ dataFolder, clock, logger }: StorageOptions, url: string): Promise<DatabaseHandle> {
  const secret = new URL(url).password === '' ? await readSecret(dataFolder) : '';
  try {
    return await openDatabase({ urls: connectionStrings(url, secret), clock, logger });
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    const { hostname, port } = new URL(url);
    const words: Record<string, string> = {
      ECONNREFUSED: 'nothing answers there',
      ENOTFOUND: 'that host is unknown',
      '28P01': 'it refuses the password',
      '28000': 'it refuses the login',
      '3D000': 'the database does not exist there',
    };
    const why = words[failureCode(error) ?? ''];
    if (why === undefined) throw error;
    throw new StartupProblem('unavailable', `DATABASE_URL: PostgreSQL at ${hostname}:${port || 5432}: ${why}.`, {
      cause: error,
    });
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the query in flight rejects as well
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** For addresses without a password: what our own logins' passwords follow from, kept beside the other secrets. */
export async function readSecret(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, 'database-secret');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dataFolder, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, secret, { mode: 0o600 });
  await chmod(file, 0o600);
  return secret;
}
