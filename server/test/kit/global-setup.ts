/**
 * One PostgreSQL a vitest run, with one migrated database that the others are copied from. Starts beside the tests
 * that need none; the address reaches the workers through `provide`.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { realClock } from '../../src/clock.ts';
import { connectionStrings, withDatabase } from '../../src/db/connection-strings.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { livingOwner } from '../../src/db/embedded/owner-file.ts';
import { findOrphan, stopPostmaster } from '../../src/db/embedded/postmaster.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { migrateAuthSchema } from '../../src/features/accounts/index.ts';
import { silentLogger } from './silent-logger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the test cluster. */
    postgresUrl: string;
  }
}

export const TEMPLATE = 'virgil_template';
const PREFIX = 'virgil-test-postgres-';

/** Losing the test cluster's data in a power cut is no loss. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepKilledRuns();
  const dataFolder = await mkdtemp(path.join(tmpdir(), PREFIX));
  const postgres = await startEmbeddedPostgres({ dataFolder, settings: FAST, logger: silentLogger });
  const teardown = async () => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  return teardown;
}

async function makeTemplate(clusterUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const urls = connectionStrings(withDatabase(clusterUrl, TEMPLATE), '');
  const handle = await openDatabase({ urls, clock: realClock, logger: silentLogger, poolSize: 1 });
  await handle.close();
  const auth = new pg.Pool({ connectionString: urls.auth, max: 2, options: '-c search_path=auth' });
  await migrateAuthSchema(auth);
  await auth.end();
}

/** Runs that were killed leave a cluster behind. */
async function sweepKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const home = path.join(tmpdir(), name, 'postgres');
    // A young folder may be one that another run is just making.
    const { mtimeMs } = await stat(path.join(tmpdir(), name));
    if (Date.now() - mtimeMs < 60_000 || (await livingOwner(home)) !== null) continue;
    const orphan = await findOrphan(path.join(home, 'cluster'));
    if (orphan) await stopPostmaster(orphan.pid);
    await rm(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}
