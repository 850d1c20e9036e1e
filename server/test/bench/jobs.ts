/**
 * `npm run bench jobs [seconds]`: how late jobs run on the embedded PostgreSQL with fsync on. Lateness is from the time
 * a job was due to the commit of its effect, as PostgreSQL stamped it. First with 10,000 pending and some falling due
 * all the time, then with 10,000 due at one moment.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Registry } from 'prom-client';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createJobRunner } from '../../src/jobs/index.ts';
import { EFFECTS_TABLE, effectJob, planEffects } from '../kit/effect-job.ts';
import { silentLogger } from '../kit/silent-logger.ts';

const PENDING = 10_000;
const PER_SECOND = 50;
const GOAL_P95_MS = 100;
const seconds = Number(process.argv[2] ?? 20);

const dataFolder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-jobs-'));
const postgres = await startEmbeddedPostgres({
  dataFolder,
  logger: silentLogger,
  settings: { track_commit_timestamp: 'on' },
});
try {
  const urls = connectionStrings(postgres.url, '');
  const handle = await openDatabase({ urls, clock: realClock, logger: silentLogger });
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  await admin.query(EFFECTS_TABLE);
  const runner = createJobRunner({
    handle,
    clock: realClock,
    logger: silentLogger,
    registry: new Registry(),
    handlers: [effectJob],
  });
  await runner.start();

  await admin.query(planEffects(PENDING, "now() + interval '1 day' + n * interval '1 second'", 'pending '));
  await admin.query(
    planEffects(seconds * PER_SECOND, `now() + interval '1 second' + n * interval '${1_000 / PER_SECOND} ms'`, 'due '),
  );
  await sleep((seconds + 3) * 1_000);
  const steady = await lateness(admin);
  print(`${PENDING.toLocaleString('en')} pending, ${PER_SECOND} falling due a second, ${seconds} s`, steady);

  await admin.query('truncate effects');
  await admin.query(planEffects(PENDING, "now() + interval '2 seconds'", 'burst '));
  const started = performance.now();
  while ((await lateness(admin)).length < PENDING && performance.now() - started < 120_000) await sleep(200);
  const burst = await lateness(admin);
  const took = (burst.at(-1) ?? 0) / 1_000;
  print(`${PENDING.toLocaleString('en')} due at one moment`, burst);
  console.log(`  ${burst.length} of ${PENDING} ran, ${Math.round(burst.length / took).toLocaleString('en')} jobs/s`);

  await runner.stop();
  await admin.end();
  await handle.close();
  const p95 = quantile(steady, 0.95);
  const complete = steady.length === seconds * PER_SECOND && burst.length === PENDING;
  console.log(`goal p95 ≤ ${GOAL_P95_MS} ms: ${p95 <= GOAL_P95_MS && complete ? 'met' : 'MISSED'}`);
  if (p95 > GOAL_P95_MS || !complete) process.exitCode = 1;
} finally {
  await postgres.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

/** Milliseconds, smallest first. */
async function lateness(admin: pg.Client): Promise<number[]> {
  const { rows } = await admin.query<{ ms: number }>(
    'select extract(epoch from pg_xact_commit_timestamp(xmin) - due)::float8 * 1000 as ms from effects order by 1',
  );
  return rows.map((row) => row.ms);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function print(title: string, sorted: readonly number[]): void {
  const [p50, p95, max] = [0.5, 0.95, 1].map((q) => quantile(sorted, q).toFixed(0));
  console.log(`${title}: ${sorted.length} jobs, late p50 ${p50} ms, p95 ${p95} ms, max ${max} ms`);
}
