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
  options: { rounds: { type: 'string', default: '40' }, actions: { type: 'string', default: '25' } },
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
  const times = new Map<boolean, number[]>([
    [true, []],
    [false, []],
  ]);
  for (let n = 0; n < Number(values.rounds); n += 1) {
    // Whoever goes first does not always do so.
    for (const recorded of n % 2 === 0 ? [true, false] : [false, true]) {
      isRecorded = recorded;
      times.get(recorded)?.push(...(await round(person, actions)));
      await app.settle();
    }
  }
  const [logged, bare] = [times.get(true) ?? [], times.get(false) ?? []];
  const share = median(logged) / median(bare) - 1;
  console.log(
    `an action: median ${median(logged).toFixed(2)} ms with the audit log, ${median(bare).toFixed(2)} ms without its entry, ` +
      `added ${percent(share)} (tenths of the run: ${tenths(logged, bare).map(percent).join(', ')})`,
  );
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
  const skip = { values: () => ({ execute: () => Promise.resolve([]) }) };
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

/** How far one part of the run differs from another. */
function tenths(logged: readonly number[], bare: readonly number[]): number[] {
  const part = (all: readonly number[], n: number) => all.slice((n * all.length) / 10, ((n + 1) * all.length) / 10);
  return Array.from({ length: 10 }, (_, n) => median(part(logged, n)) / median(part(bare, n)) - 1);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
