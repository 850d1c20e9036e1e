/** Deferred work is a row written in the transaction that decides on it. */
import { sql } from 'drizzle-orm';
import { afterCommit } from '../db/commit-hooks.ts';
import type { Tx } from '../db/database.ts';

export interface JobRequest {
  /** Which handler: `livestream.end-without-media`. */
  readonly kind: string;
  /** Scheduling the same kind and key again moves the job, with the new payload. */
  readonly key: string;
  /** Product time. A moment that has passed means at once. */
  readonly runAt: Date;
  /** Plain JSON; the handler parses it with its schema. */
  readonly payload?: unknown;
}

export async function schedule(tx: Tx, job: JobRequest): Promise<void> {
  const payload = JSON.stringify(job.payload ?? {});
  await tx.execute(
    sql`select app_schedule_job(${job.kind}, ${job.key}, ${job.runAt.toISOString()}::timestamptz, ${payload}::jsonb)`,
  );
  afterCommit(tx, { kind: 'scheduled', runAt: job.runAt });
}

/** Nothing happens when there is no such job. One that is running at this moment runs to its end. */
export async function cancel(tx: Tx, job: Pick<JobRequest, 'kind' | 'key'>): Promise<void> {
  await tx.execute(sql`select app_cancel_job(${job.kind}, ${job.key})`);
}
