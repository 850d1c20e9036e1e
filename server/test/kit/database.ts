/** A database of one's own for a test file: a copy of the migrated one, gone when the file is done. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { realClock } from '../../src/clock.ts';
import { connectionStrings, withDatabase } from '../../src/db/connection-strings.ts';
import { type DatabaseHandle, openDatabase } from '../../src/db/open-database.ts';
import { silentLogger } from './silent-logger.ts';

export interface TestDatabase extends DatabaseHandle {
  /** Runs SQL as the superuser: to look behind row security, never to test it. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Closes the pools and removes the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly clock?: Clock;
  readonly poolSize?: number;
}

const TEMPLATE = 'virgil_template';

export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const clusterUrl = inject('postgresUrl');
  const name = `virgil_test_${randomBytes(6).toString('hex')}`;
  await onCluster(clusterUrl, `create database ${name} template ${TEMPLATE}`);
  const urls = connectionStrings(withDatabase(clusterUrl, name), '');
  const handle = await openDatabase({
    urls,
    clock: options.clock ?? realClock,
    logger: silentLogger,
    poolSize: options.poolSize ?? 5,
    prepared: true,
  });
  const admin = new pg.Pool({ connectionString: urls.admin, max: 1 });
  admin.on('error', () => undefined); // the database may be dropped under it
  return {
    ...handle,
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      return (await admin.query<Row>(text, [...values])).rows;
    },
    async drop() {
      await admin.end();
      await handle.close();
      await onCluster(clusterUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onCluster(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
