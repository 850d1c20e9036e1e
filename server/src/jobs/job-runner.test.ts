import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import type { Tx } from '../db/database.ts';
import { writeBehind } from '../db/writes-behind.ts';
import { defineJob, type JobHandler } from './handler.ts';
import { createJobRunner, type JobRunner } from './job-runner.ts';
import { cancel, schedule } from './schedule.ts';

const noted = (kind: string, every?: number) =>
  defineJob({
    kind,
    schema: z.object({ note: z.string().default('') }),
    ...(every === undefined ? {} : { every }),
    run: async (tx, { note }, { key }) =>
      void (await tx.execute(sql`insert into effects (key, note) values (${key}, ${note})`)),
  });

describe('jobs', () => {
  let db: TestDatabase;
  let time = new Date('2027-01-01T00:00:00Z');
  const clock = { now: () => time };
  const runners: JobRunner[] = [];

  const runner = (...handlers: JobHandler[]) => {
    const made = createJobRunner({
      handle: db,
      clock,
      logger: silentLogger,
      registry: new Registry(),
      handlers,
      pollMs: 50,
    });
    runners.push(made);
    return made;
  };
  const plan = (kind: string, key: string, inMs: number, payload: unknown = {}) =>
    db.database.asSystem('a test', (tx) =>
      schedule(tx, { kind, key, runAt: new Date(time.getTime() + inMs), payload }),
    );
  const effects = async () =>
    (await db.sql<{ key: string; note: string }>('select key, note from effects order by n')).map((row) => row.key);
  const waiting = () =>
    db.sql<{ kind: string; key: string; attempts: number; parked_at: Date | null; run_at: Date }>(
      'select * from jobs order by id',
    );
  const travel = (ms: number) => {
    time = new Date(time.getTime() + ms);
  };

  beforeEach(async () => {
    db = await testDatabase();
    await db.sql(
      'create table effects (n serial, key text, note text); grant all on effects, effects_n_seq to app_system',
    );
  });
  afterEach(async () => {
    for (const one of runners.splice(0)) await one.stop();
    await db.drop();
  });

  test('one that waits for transactions of its own waits for none of a batch', async () => {
    const asking = defineJob({
      kind: 'asking',
      schema: z.object({}),
      alone: true,
      async run() {
        // Due as well, and not yet run when it is asked for in the order of a batch.
        await db.database.asSystem('what follows from an answer', async (own) => {
          await cancel(own, { kind: 'note', key: 'b' });
          await own.execute(sql`insert into effects (key) values ('asked')`);
        });
      },
    });
    const jobs = runner(asking, noted('note'));
    await plan('note', 'a', 0);
    await plan('asking', '', 0);
    await plan('note', 'b', 0);
    await jobs.runDue();
    expect(await effects()).toEqual(['a', 'b', 'asked']);
    expect(await waiting()).toEqual([]);
  });

  test('only one that runs alone may leave its connection idle for long', async () => {
    const patience = (kind: string, alone: boolean) =>
      defineJob({
        kind,
        schema: z.object({}),
        alone,
        run: async (tx) =>
          void (await tx.execute(
            sql`insert into effects (key) values (${kind} || ': ' || current_setting('idle_in_transaction_session_timeout'))`,
          )),
      });
    const jobs = runner(patience('alone', true), patience('together', false));
    await plan('alone', '', 0);
    await plan('together', '', 0);
    await jobs.runDue();
    expect((await effects()).sort()).toEqual(['alone: 0', 'together: 30s']);
  });

  test('one whose write behind is refused fails by itself and is tried again', async () => {
    const broken = (kind: string, after: (tx: Tx) => Promise<unknown>) =>
      defineJob({
        kind,
        schema: z.object({}),
        async run(tx) {
          writeBehind(tx, tx.execute(sql`select 1 / 0`));
          await after(tx);
        },
      });
    const jobs = runner(
      broken('unheard', async () => undefined),
      broken('stumbling', (tx) => tx.execute(sql`select 1`)),
      broken('swallowing', (tx) => tx.execute(sql`select 1`).catch(() => undefined)),
      noted('note'),
    );
    for (const kind of ['unheard', 'stumbling', 'swallowing', 'note']) await plan(kind, 'a', 0);
    await jobs.runDue();
    expect(await effects()).toEqual(['a']);
    const left = await db.sql('select kind, attempts, last_error from jobs order by id');
    expect(left).toEqual(
      ['unheard', 'stumbling', 'swallowing'].map((kind) => ({
        kind,
        attempts: 1,
        last_error: expect.stringContaining('22012'),
      })),
    );
  });

  test('a job runs when its time has come and not before', async () => {
    const jobs = runner(noted('note'));
    await plan('note', 'a', 60_000);
    await jobs.runDue();
    expect(await effects()).toEqual([]);
    travel(60_000);
    await jobs.runDue();
    expect(await effects()).toEqual(['a']);
    expect(await waiting()).toEqual([]);
  });

  test('jobs run in the order of their times', async () => {
    const jobs = runner(noted('note'));
    await plan('note', 'second', 20);
    await plan('note', 'first', 10);
    travel(30);
    await jobs.runDue();
    expect(await effects()).toEqual(['first', 'second']);
  });

  test('scheduling a kind and key again moves the job and replaces what it carries', async () => {
    const jobs = runner(noted('note'));
    await plan('note', 'a', 10, { note: 'early' });
    await plan('note', 'a', 100, { note: 'late' });
    travel(50);
    await jobs.runDue();
    expect(await effects()).toEqual([]);
    travel(50);
    await jobs.runDue();
    expect(await db.sql('select note from effects')).toEqual([{ note: 'late' }]);
  });

  test('a cancelled job does not run', async () => {
    const jobs = runner(noted('note'));
    await plan('note', 'a', 10);
    await db.database.asSystem('a test', (tx) => cancel(tx, { kind: 'note', key: 'a' }));
    travel(10);
    await jobs.runDue();
    expect(await effects()).toEqual([]);
  });

  test('a job scheduled in a transaction that fails was never there', async () => {
    const jobs = runner(noted('note'));
    const failing = db.database.asSystem('a test', async (tx) => {
      await schedule(tx, { kind: 'note', key: 'a', runAt: time });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await jobs.runDue();
    expect(await effects()).toEqual([]);
  });

  test('a handler may schedule its own kind and key again', async () => {
    const jobs = runner(
      defineJob({
        kind: 'again',
        schema: z.object({ left: z.number() }),
        async run(tx, { left }, { key, now }) {
          await tx.execute(sql`insert into effects (key) values (${String(left)})`);
          if (left > 0) await schedule(tx, { kind: 'again', key, runAt: now, payload: { left: left - 1 } });
        },
      }),
    );
    await plan('again', 'a', 0, { left: 3 });
    await jobs.runDue();
    expect(await effects()).toEqual(['3', '2', '1', '0']);
  });

  test('a failing job takes only its own writes along, runs again later, and is parked in the end', async () => {
    const jobs = runner(
      noted('note'),
      defineJob({
        kind: 'broken',
        schema: z.object({}),
        async run(tx) {
          await tx.execute(sql`insert into effects (key) values ('half done')`);
          await tx.execute(sql`select 1 / 0`);
        },
      }),
    );
    await plan('note', 'before', 0);
    await plan('broken', 'b', 0);
    await plan('note', 'after', 0);
    await jobs.runDue();
    expect(await effects()).toEqual(['before', 'after']);
    expect(await waiting()).toMatchObject([{ key: 'b', attempts: 1, parked_at: null }]);
    for (let attempt = 2; attempt <= 20; attempt++) {
      travel(10 * 60_000);
      await jobs.runDue();
    }
    const [parked] = await waiting();
    expect(parked).toMatchObject({ attempts: 15 });
    expect(parked?.parked_at).not.toBeNull();
    expect(await effects()).toEqual(['before', 'after']);
  });

  test('what was stored is parsed again: a payload that does not fit is a failure, not a call', async () => {
    const jobs = runner(noted('note'));
    await plan('note', 'a', 0, { note: 7 });
    await jobs.runDue();
    expect(await effects()).toEqual([]);
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
  });

  test('a kind that this version does not know waits for one that does', async () => {
    await plan('from the future', 'a', 0);
    await runner(noted('note')).runDue();
    expect(await waiting()).toMatchObject([{ kind: 'from the future', attempts: 0 }]);
  });

  test('a started runner wakes for a job that a commit schedules, without waiting for its poll', async () => {
    const real = { now: () => new Date() };
    const jobs = createJobRunner({
      handle: db,
      clock: real,
      logger: silentLogger,
      registry: new Registry(),
      handlers: [noted('note')],
      pollMs: 60_000,
    });
    runners.push(jobs);
    await jobs.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const due = Date.now() + 100;
    await db.database.asSystem('a test', (tx) => schedule(tx, { kind: 'note', key: 'a', runAt: new Date(due) }));
    while ((await effects()).length === 0 && Date.now() < due + 20_000)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await effects()).toEqual(['a']);
  });

  test('a recurring job is planted once, keeps its beat, and does not make up for beats missed', async () => {
    const hourly = noted('hourly', 3_600_000);
    const jobs = runner(hourly);
    const start = time.getTime();
    await jobs.start();
    await jobs.stop();
    await jobs.runDue();
    expect(await effects()).toHaveLength(1);
    travel(5.5 * 3_600_000);
    await runner(hourly).runDue();
    expect(await effects()).toHaveLength(2);
    const [next] = await waiting();
    expect(next?.run_at.getTime()).toBe(start + 6 * 3_600_000);
  });
});
