/**
 * Takes jobs that are due and runs them, several in one transaction: each behind a savepoint, so that one that fails
 * takes only its own writes along. A worker that dies leaves everything as it was, and its jobs to the others.
 */
import { sql } from 'drizzle-orm';
import { backoffMs, MOST_ATTEMPTS } from '../db/backoff.ts';
import type { Tx } from '../db/database.ts';
import { awaitBehind, failureBehind } from '../db/writes-behind.ts';
import { describeError } from '../observability/logger.ts';
import type { JobHandler } from './handler.ts';
import { schedule } from './schedule.ts';

interface DueJob {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly runAt: Date;
}

export interface JobOutcome {
  readonly job: DueJob;
  readonly result: 'done' | 'failed' | 'parked';
  readonly error?: unknown;
}

export interface BatchLimits {
  readonly jobs: number;
  /** After this long the batch commits what it has and leaves the rest to the next. Milliseconds. */
  readonly budgetMs: number;
}

export async function runBatch(
  tx: Tx,
  handlers: ReadonlyMap<string, JobHandler>,
  now: Date,
  limits: BatchLimits,
): Promise<JobOutcome[]> {
  const jobs = await claim(tx, [...handlers.keys()], now, limits.jobs);
  const started = performance.now();
  const outcomes: JobOutcome[] = [];
  for (const job of jobs) {
    if (outcomes.length > 0 && performance.now() - started > limits.budgetMs) break;
    const handler = handlers.get(job.kind);
    if (handler) outcomes.push(await runOne(tx, handler, job, now));
  }
  return outcomes;
}

async function claim(tx: Tx, kinds: readonly string[], now: Date, limit: number): Promise<DueJob[]> {
  const { rows } = await tx.execute<{
    id: string;
    kind: string;
    key: string;
    payload: unknown;
    attempts: number;
    run_at: string;
  }>(sql`
    select id, kind, key, payload, attempts, run_at from jobs
    where parked_at is null and run_at <= ${now.toISOString()}::timestamptz and kind = any(${sql.param(kinds)}::text[])
    order by run_at, id limit ${limit} for update skip locked`);
  return rows.map((row) => ({ ...row, id: Number(row.id), runAt: new Date(row.run_at) }));
}

/**
 * Savepoints are left to the commit: a batch is far below the number at which open ones cost something.
 * The row goes first: a handler that schedules its own kind and key again makes a new one.
 */
async function runOne(tx: Tx, handler: JobHandler, job: DueJob, now: Date): Promise<JobOutcome> {
  // While one that runs alone works elsewhere, its own connection is idle for longer than a request's may be.
  const patience = handler.alone === true ? '; set local idle_in_transaction_session_timeout = 0' : '';
  await tx.execute(sql.raw(`savepoint job; delete from jobs where id = ${job.id}${patience}`));
  try {
    await handler.run(tx, handler.schema.parse(job.payload), { key: job.key, now, attempt: job.attempts + 1 });
    if (handler.every !== undefined) await scheduleNext(tx, handler.every, job, now);
    // One that is refused is this job's failure and not the batch's.
    await awaitBehind(tx);
    return { job, result: 'done' };
  } catch (thrown) {
    const error = (await failureBehind(tx)) ?? thrown;
    // Fails as well when the connection is gone, and then the whole batch is.
    await tx.execute(sql.raw('rollback to savepoint job'));
    return { job, result: await postpone(tx, job, error, now), error };
  }
}

/** On the same beat as before; beats that were missed are not made up for. */
async function scheduleNext(tx: Tx, every: number, job: DueJob, now: Date): Promise<void> {
  const missed = Math.max(0, Math.floor((now.getTime() - job.runAt.getTime()) / every));
  const runAt = new Date(job.runAt.getTime() + (missed + 1) * every);
  await schedule(tx, { kind: job.kind, key: job.key, runAt, payload: job.payload });
}

async function postpone(tx: Tx, job: DueJob, error: unknown, now: Date): Promise<'failed' | 'parked'> {
  const attempts = job.attempts + 1;
  const parked = attempts >= MOST_ATTEMPTS;
  const runAt = new Date(now.getTime() + backoffMs(attempts)).toISOString();
  await tx.execute(sql`
    update jobs set attempts = ${attempts}, run_at = ${runAt}::timestamptz,
      parked_at = ${parked ? now.toISOString() : null}::timestamptz, last_error = ${lastError(error)}
    where id = ${job.id}`);
  return parked ? 'parked' : 'failed';
}

/** Without what people wrote: the same words as in the log. */
function lastError(error: unknown): string {
  const { type, reason, code, cause } = describeError(error);
  return [type, code ?? cause?.code, reason].filter(Boolean).join(' ').slice(0, 500);
}
