import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import { defineJob } from './handler.ts';
import { createJobRunner } from './job-runner.ts';
import { cancel, schedule } from './schedule.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.sql('create table effects (key text, at timestamptz); grant all on effects to app_system');
});
afterAll(() => db.drop());

const step = fc.oneof(
  fc.record({ do: fc.constant('schedule' as const), key: fc.constantFrom('a', 'b'), inMinutes: fc.nat(20) }),
  fc.record({ do: fc.constant('cancel' as const), key: fc.constantFrom('a', 'b') }),
  fc.record({ do: fc.constant('travel' as const), minutes: fc.nat(15) }),
);

test('property: whatever is scheduled, moved and cancelled, each job runs once, at its last time, not before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await db.sql('truncate jobs, effects');
      let minutes = 0;
      const clock = { now: () => new Date(Date.UTC(2027, 0, 1) + minutes * 60_000) };
      const planned = new Map<string, number>();
      const expected: string[] = [];
      const runner = createJobRunner({
        handle: db,
        clock,
        logger: silentLogger,
        registry: new Registry(),
        handlers: [
          defineJob({
            kind: 'note',
            schema: z.object({}),
            async run(tx, _, { key, now }) {
              await tx.execute(sql`insert into effects values (${key}, ${now.toISOString()}::timestamptz)`);
            },
          }),
        ],
      });
      for (const each of steps) {
        if (each.do === 'schedule') {
          planned.set(each.key, minutes + each.inMinutes);
          const runAt = new Date(clock.now().getTime() + each.inMinutes * 60_000);
          await db.database.asSystem('a test', (tx) => schedule(tx, { kind: 'note', key: each.key, runAt }));
        } else if (each.do === 'cancel') {
          planned.delete(each.key);
          await db.database.asSystem('a test', (tx) => cancel(tx, { kind: 'note', key: each.key }));
        } else {
          minutes += each.minutes;
          await runner.runDue();
          for (const [key, at] of [...planned]) {
            if (at > minutes) continue;
            planned.delete(key);
            expected.push(`${key} ${minutes}`);
          }
        }
      }
      const rows = await db.sql<{ key: string; at: Date }>('select key, at from effects');
      const ran = rows.map(({ key, at }) => `${key} ${(at.getTime() - Date.UTC(2027, 0, 1)) / 60_000}`);
      expect(ran.sort()).toEqual(expected.sort());
      expect(await db.sql('select from jobs')).toHaveLength(planned.size);
    }),
    { numRuns: 25 },
  );
});
