/** A job that writes one row: how often it ran, and when. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob } from '../../src/jobs/index.ts';

/** Run as the superuser. */
export const EFFECTS_TABLE = `
  create table effects (key text not null, due timestamptz not null);
  grant select, insert on effects to app_system;`;

export const effectJob = defineJob({
  kind: 'test.effect',
  schema: z.object({ due: z.string() }),
  async run(tx, { due }, { key }) {
    await tx.execute(sql`insert into effects (key, due) values (${key}, ${due}::timestamptz)`);
  },
});

/** Many at once, as `schedule` would write them. `due` is SQL of `n`. */
export const planEffects = (count: number, due: string, prefix: string): string => `
  insert into jobs (kind, key, run_at, payload)
  select 'test.effect', '${prefix}' || n, due, jsonb_build_object('due', due)
  from generate_series(1, ${count}) as n, lateral (select (${due})::timestamptz(3) as due) as at`;
