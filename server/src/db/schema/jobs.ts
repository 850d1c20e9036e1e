/** Deferred work. Written through `app_schedule_job` in the transaction that decides on it. */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { systemDoesAll } from './access.ts';
import { instant } from './columns.ts';

export const jobs = pgTable(
  'jobs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** Scheduling the same kind and key again moves the job. */
    key: text('key').notNull(),
    runAt: instant('run_at').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    parkedAt: instant('parked_at'),
    lastError: text('last_error'),
  },
  (table) => [
    uniqueIndex('jobs_kind_key').on(table.kind, table.key),
    index('jobs_due').on(table.runAt, table.id).where(sql`parked_at is null`),
    systemDoesAll(),
  ],
).enableRLS();
