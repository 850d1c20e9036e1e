/**
 * The product clock of `VIRGIL_MODE=test`: real time plus what tests have added. The sum lives in the database, so it
 * survives a restart and every node of it agrees; it never goes backwards.
 */
import { sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';

export interface TestClock extends Clock {
  /** Reads what was added before, and follows what other nodes add. */
  attach(database: Database): Promise<void>;
  advance(ms: number): Promise<Date>;
  /** Called after every jump, also one of another node. */
  onJump(listener: () => void): () => void;
  stop(): void;
}

const KEY = 'test-clock';
const FOLLOW_MS = 200;

export function createTestClock(): TestClock {
  let offsetMs = 0;
  let database: Database | undefined;
  let timer: NodeJS.Timeout | undefined;
  const listeners = new Set<() => void>();
  const now = () => new Date(Date.now() + offsetMs);

  function jumpTo(next: number): void {
    if (next <= offsetMs) return;
    offsetMs = next;
    for (const listener of listeners) listener();
  }

  async function read(): Promise<void> {
    const result = await database?.asSystem('read the test clock', (tx) =>
      tx.execute<{ offset: string }>(
        sql`select value->>'offsetMs' as offset from platform_settings where key = ${KEY}`,
      ),
    );
    jumpTo(Number(result?.rows[0]?.offset ?? 0));
  }

  function follow(): void {
    timer = setTimeout(() => {
      // While the database is away the clock just runs on.
      void read()
        .catch(() => undefined)
        .finally(() => timer && follow());
    }, FOLLOW_MS);
    timer.unref();
  }

  return {
    now,
    async attach(to) {
      database = to;
      await read();
      follow();
    },
    async advance(ms) {
      if (!database) throw new Error('the test clock has no database yet');
      if (ms < 0) throw new RangeError('the test clock does not go backwards');
      const { rows } = await database.asSystem('advance the test clock', (tx) =>
        tx.execute<{ offset: string }>(sql`
          insert into platform_settings as s (key, value, updated_at)
          values (${KEY}, jsonb_build_object('offsetMs', ${ms}::bigint), ${now().toISOString()}::timestamptz)
          on conflict (key) do update set
            value = jsonb_build_object('offsetMs', (s.value->>'offsetMs')::bigint + ${ms}::bigint),
            updated_at = excluded.updated_at
          returning value->>'offsetMs' as offset`),
      );
      jumpTo(Number(rows[0]?.offset));
      return now();
    },
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
