/**
 * `npm run bench review-queue [items]`: what row security costs the review queue. The same page of fifty is read by
 * moderators with their own rights, and by the superuser with the same filter written into the query by hand; with it
 * the counts by category and source. 100,000 items that wait, in 200 channels; the moderators have 1, 10 and 100 of them.
 * Both are measured in the same run, turn by turn.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { silentLogger } from '../kit/silent-logger.ts';
import { CHANNELS, fillQueue, HAND_FILTERED, MODERATORS, ONE_PAGE } from './review-queue-sql.ts';

const ITEMS = Number(process.argv[2] ?? 100_000);
const TURNS = 100;
const WARM_UP = 10;
const GOAL = 1.5;

const dataFolder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-review-'));
const postgres = await startEmbeddedPostgres({ dataFolder, logger: silentLogger });
try {
  const urls = connectionStrings(postgres.url, '');
  const handle = await openDatabase({ urls, clock: realClock, logger: silentLogger });
  const admin = new pg.Client({ connectionString: urls.admin });
  const app = new pg.Client({ connectionString: urls.app });
  await Promise.all([admin.connect(), app.connect()]);
  await fillQueue(admin, ITEMS);
  process.stdout.write(`${ITEMS} items in ${CHANNELS} channels, ${cpus().length} processors\n`);
  let worst = 0;
  for (const { id, channels } of MODERATORS) {
    for (const [what, guarded, filtered] of [
      ['page', ONE_PAGE.riskiest, HAND_FILTERED.riskiest],
      ['oldest', ONE_PAGE.oldest, HAND_FILTERED.oldest],
      ['counts', ONE_PAGE.counts, HAND_FILTERED.counts],
    ] as const) {
      const ratio = await compare(
        () => asModerator(app, id, guarded),
        () => asSuperuser(admin, filtered, [id]),
      );
      worst = Math.max(worst, ratio.ratio);
      process.stdout.write(
        `${String(channels).padStart(3)} channels, ${what.padEnd(6)}: by row security ${ratio.ours} ms, by hand ${ratio.theirs} ms, ratio ${ratio.ratio}\n`,
      );
    }
  }
  process.stdout.write(`worst ratio ${worst}, goal ${GOAL}: ${worst <= GOAL ? 'met' : 'NOT met'}\n`);
  await Promise.all([admin.end(), app.end()]);
  await handle.close();
} finally {
  await postgres.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

/** In a transaction each, as the product reads: both sides pay for beginning and ending it. */
async function asModerator(client: pg.Client, id: string, statement: string): Promise<void> {
  await client.query('begin');
  await client.query("select set_config('role', 'app_user', true), set_config('app.user_id', $1, true)", [id]);
  await client.query(statement);
  await client.query('commit');
}

async function asSuperuser(client: pg.Client, statement: string, values: unknown[]): Promise<void> {
  await client.query('begin');
  await client.query("select set_config('app.user_id', '', true), set_config('app.user_id', '', true)");
  await client.query(statement, values);
  await client.query('commit');
}

/** Medians, turn by turn, so that whatever else the machine does falls on both alike. */
async function compare(ours: () => Promise<void>, theirs: () => Promise<void>) {
  const taken: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let turn = 0; turn < TURNS + WARM_UP; turn += 1) {
    if (turn === WARM_UP) taken.ours.length = taken.theirs.length = 0;
    taken.ours.push(await timed(ours));
    taken.theirs.push(await timed(theirs));
  }
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const [mine, other] = [median(taken.ours), median(taken.theirs)];
  const round = (value: number) => Math.round(value * 100) / 100;
  return { ours: round(mine), theirs: round(other), ratio: round(mine / other) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
