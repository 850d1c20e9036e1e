/**
 * What the audit log adds to the time an action takes, for the person who waits: `PATCH /api/v1/me` over HTTP against the
 * whole server, with its entry and the running sequencer, and in turns with the entry left out of the very same
 * transaction. One request at a time, on the embedded PostgreSQL with fsync on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { accounts } from '@virgil/contract';
import { pino } from 'pino';
import type { Actor } from '../../src/actor.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import type { Tx } from '../../src/db/database.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { createTestClock } from '../../src/db/index.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { auditOutbox } from '../../src/db/schema/index.ts';
import { FakeMediaEngine } from '../../src/media/fake/index.ts';
import { cookieOf, SignedIn, TestClient } from '../kit/client.ts';
import { silentLogger } from '../kit/silent-logger.ts';

const GOAL = 0.1;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, actions: { type: 'string', default: '60' } },
});
const actions = Number(values.actions);

const folder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-audit-'));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, logger: silentLogger });
const clock = createTestClock();
const storage = await openDatabase({
  urls: connectionStrings(postgres.url, ''),
  clock,
  logger: silentLogger,
});
let isRecorded = true;
const database = {
  ...storage.database,
  asActor: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) =>
    storage.database.asActor(actor, (tx) => (isRecorded ? work(tx) : unrecorded(tx, work))),
};
const config = readConfig({
  VIRGIL_MODE: 'test',
  PORT: '0',
  VIRGIL_DATA: folder,
  VIRGIL_RATE_LIMITS: 'off',
  LOG_LEVEL: 'warn',
});
const app = await createApp(config, {
  logger: pino({ level: 'silent' }),
  storage: { ...storage, database },
  clock,
  engine: new FakeMediaEngine(),
  webFolder: path.join(folder, 'no-web-app'),
});

try {
  await app.listen();
  const person = await signUp();
  await round(person, 30);
  console.log(`load ${loadavg()[0]?.toFixed(1)}, ${values.rounds} rounds of ${actions} actions each way`);
  const withLog: number[] = [];
  const without: number[] = [];
  const added: number[] = [];
  for (let n = 0; n < Number(values.rounds); n += 1) {
    const pair = new Map<boolean, number[]>();
    // Whoever goes first does not always do so.
    for (const recorded of n % 2 === 0 ? [true, false] : [false, true]) {
      isRecorded = recorded;
      pair.set(recorded, await round(person, actions));
      await app.settle();
    }
    const [logged = [], bare = []] = [pair.get(true), pair.get(false)];
    withLog.push(...logged);
    without.push(...bare);
    added.push(median(logged) / median(bare) - 1);
  }
  const [logged, bare] = [median(withLog), median(without)];
  const share = median(added);
  const [least, most] = [Math.min(...added), Math.max(...added)];
  console.log(`an action: median ${logged.toFixed(2)} ms with the audit log, ${bare.toFixed(2)} ms without its entry`);
  console.log(`added: ${percent(share)} (rounds from ${percent(least)} to ${percent(most)})`);
  console.log(`goal ≤ ${percent(GOAL)}: ${share <= GOAL ? 'met' : 'MISSED'}`);
  if (share > GOAL) process.exitCode = 1;
} finally {
  await app.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The connection's drizzle leaves the outbox alone for as long as `work` takes. */
async function unrecorded<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const insert = tx.insert;
  const skip = { values: () => Promise.resolve([]) };
  Object.assign(tx, {
    insert: (table: unknown) => (table === auditOutbox ? skip : insert.call(tx, table as typeof auditOutbox)),
  });
  try {
    return await work(tx);
  } finally {
    Object.assign(tx, { insert });
  }
}

async function signUp(): Promise<SignedIn> {
  const who = { name: 'Bench', email: 'bench@example.org', password: 'a password for the bench' };
  const response = await new TestClient(app.url).auth('/sign-up/email', who);
  const { user } = (await response.json()) as { user: { id: SignedIn['id'] } };
  return new SignedIn(app.url, { ...who, id: user.id, cookie: cookieOf(response) });
}

/** Milliseconds each. */
async function round(person: SignedIn, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await person.call(accounts.updateMe, { body: { bio: `Words about me, number ${Math.random()}` } });
    took.push(performance.now() - start);
  }
  return took;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
