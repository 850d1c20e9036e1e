import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import type { Person } from '../../actor.ts';
import { createTestClock, type TestClock } from '../../db/index.ts';
import { createJobRunner } from '../../jobs/index.ts';
import { ledgerJobs } from './jobs.ts';

const HOUR = 3_600_000;
let clock: TestClock;
let db: TestDatabase;
let admin: Person;
let held: bigint;
let jobs: ReturnType<typeof createJobRunner>;
beforeAll(async () => {
  clock = createTestClock();
  db = await testDatabase({ clock });
  await clock.attach(db.database);
  admin = await makePerson(db, 'Admin', 'admin');
  await makePerson(db, 'Viewer');
  held = 0n;
  jobs = createJobRunner({
    handle: { database: db.database, onCommit: db.onCommit },
    clock,
    logger: silentLogger,
    registry: new Registry(),
    handlers: ledgerJobs({
      database: db.database,
      logger: pino({ level: 'silent' }),
      providerBalances: async () => new Map([['USD', held]]),
    }),
  });
  await jobs.start();
});
afterAll(async () => {
  await jobs.stop();
  clock.stop();
  await db.drop();
});
beforeEach(() => db.sql('delete from audit_outbox'));

const advance = async (ms: number) => {
  await clock.advance(ms);
  await jobs.runDue();
};
const bonus = (key: string) =>
  db.sql(
    `select ledger_post($1, $1, 'h', 'bonus', 'USD', $2, null, null, false, '{}',
       '{platform:promotion,creator:ana:available}', '{-100,100}')`,
    [key, clock.now()],
  );
const audited = (type: string) =>
  db.sql<{ details: Record<string, unknown> }>('select details from audit_outbox where type = $1 order by id', [type]);

test('each day with transfers is closed once, an hour after its end, and its fingerprint goes into the audit log', async () => {
  await bonus('first');
  await advance(50 * HOUR);
  await bonus('second');
  await advance(50 * HOUR);
  const closed = await audited('LEDGER_DIGESTED');
  expect(closed.map(({ details }) => details.entries)).toEqual([2, 2]);
  const kept = await db.sql('select day, sha256 from ledger_digests order by day');
  expect(closed.map(({ details: { day, sha256 } }) => ({ day, sha256 }))).toEqual(kept);
  await advance(50 * HOUR);
  expect(await audited('LEDGER_DIGESTED')).toHaveLength(2);
});

test('the books are checked every night, and admins alone hear of what is wrong', async () => {
  await advance(25 * HOUR);
  expect((await audited('LEDGER_CHECKED')).at(-1)).toMatchObject({ details: { isSound: true, broken: [] } });
  held = 5n;
  await advance(25 * HOUR);
  expect((await audited('LEDGER_CHECKED')).at(-1)).toMatchObject({ details: { isSound: false, broken: ['I7'] } });
  const notices = await db.sql(`select user_id, text from notifications where kind = 'ledger.broken'`);
  expect(notices).toEqual([{ user_id: admin.userId, text: expect.stringContaining('must not be: I7.') }]);
});
