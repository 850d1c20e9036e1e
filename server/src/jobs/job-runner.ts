/**
 * Runs jobs when they are due: a timer set to the earliest, moved when a commit schedules an earlier one. It looks
 * once a second anyway, for jobs of other nodes. Any number of nodes may run one; each job runs on one of them.
 */
import { sql } from 'drizzle-orm';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { DatabaseHandle, StoreLogger } from '../db/open-database.ts';
import { jobs } from '../db/schema/index.ts';
import type { JobHandler } from './handler.ts';
import { type BatchLimits, type JobOutcome, runBatch } from './run-batch.ts';

export interface JobRunnerOptions {
  readonly handle: Pick<DatabaseHandle, 'database' | 'onCommit'>;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  readonly registry: Registry;
  readonly handlers: readonly JobHandler[];
  /** Batches at once. */
  readonly workers?: number;
  readonly pollMs?: number;
}

export interface JobRunner {
  start(): Promise<void>;
  /** Waits for what is running. */
  stop(): Promise<void>;
  /** Runs everything that is due now, also what that makes due, and waits for what other nodes have taken. */
  runDue(): Promise<void>;
  /** The clock jumped: look again. */
  wake(): void;
}

const LIMITS: BatchLimits = { jobs: 25, budgetMs: 100 };
const ONE: BatchLimits = { jobs: 1, budgetMs: Number.POSITIVE_INFINITY };
/** Longest wait of `runDue` for a job that another node holds. */
const PATIENCE_MS = 30_000;

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { handle, clock, logger } = options;
  const handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
  if (handlers.size !== options.handlers.length) throw new Error('two jobs of one kind');
  const together = new Map([...handlers].filter(([, handler]) => handler.alone !== true));
  const alone = new Map([...handlers].filter(([, handler]) => handler.alone === true));
  const workers = options.workers ?? 3;
  const pollMs = options.pollMs ?? 1_000;
  const metrics = jobMetrics(options.registry);
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  let draining: Promise<void> | undefined;
  let again = false;
  let forget: (() => void) | undefined;

  /** Runs until nothing is due. Calls while it runs make it look once more. */
  function drain(): Promise<void> {
    again = true;
    draining ??= drainAll().finally(() => {
      draining = undefined;
    });
    return draining;
  }

  async function drainAll(): Promise<void> {
    while (again) {
      again = false;
      // One worker looks; the others help when it finds more than it can do at once.
      if (await drainOne(1)) await Promise.all(Array.from({ length: workers }, () => drainOne()));
    }
  }

  /** True when it stopped at `batches` and there may be more. */
  async function drainOne(batches = Number.POSITIVE_INFINITY): Promise<boolean> {
    for (let batch = 0; batch < batches; batch++) {
      const mayBeMore = await runSome(together, LIMITS);
      const mayBeMoreAlone = await runSome(alone, ONE);
      if (!mayBeMore && !mayBeMoreAlone) return false;
    }
    return true;
  }

  /** True when it stopped at a limit. */
  async function runSome(which: ReadonlyMap<string, JobHandler>, limits: BatchLimits): Promise<boolean> {
    if (which.size === 0) return false;
    const started = performance.now();
    const outcomes = await handle.database.asSystem('run due jobs', (tx) => runBatch(tx, which, clock.now(), limits));
    for (const outcome of outcomes) tell(outcome);
    return outcomes.length === limits.jobs || performance.now() - started >= limits.budgetMs;
  }

  function tell({ job, result, error }: JobOutcome): void {
    metrics.runs.inc({ kind: job.kind, result });
    if (result === 'done') {
      metrics.lateness.observe(Math.max(0, clock.now().getTime() - job.runAt.getTime()) / 1_000);
    } else {
      const fields = { err: error, kind: job.kind, jobId: job.id, attempts: job.attempts + 1 };
      if (result === 'parked') logger.error(fields, 'a job failed too often and was parked');
      else logger.warn(fields, 'a job failed and will run again');
    }
  }

  function arm(delayMs: number): void {
    const delay = Math.min(Math.max(0, delayMs), pollMs);
    const at = performance.now() + delay;
    if (!running || at >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(() => {
      wakesAt = Number.POSITIVE_INFINITY;
      void cycle();
    }, delay);
  }

  async function cycle(): Promise<void> {
    let nextMs = pollMs;
    try {
      await drain();
      nextMs = await untilNext();
    } catch (error) {
      // Everything is still in the table; the next look is a poll away.
      logger.warn({ err: error }, 'jobs could not run');
    }
    arm(nextMs);
  }

  async function untilNext(): Promise<number> {
    const { rows } = await handle.database.asSystem('when is the next job due', (tx) =>
      tx.execute<{ next: string | null }>(
        sql`select min(run_at) as next from jobs where parked_at is null and kind = any(${sql.param([...handlers.keys()])}::text[])`,
      ),
    );
    const next = rows[0]?.next;
    return next == null ? pollMs : new Date(next).getTime() - clock.now().getTime();
  }

  async function isAnyDue(): Promise<boolean> {
    return (await untilNext()) <= 0;
  }

  /** Recurring jobs exist from the first start on; those that are there keep their beat. */
  async function plantRecurring(): Promise<void> {
    const recurring = options.handlers.filter((handler) => handler.every !== undefined);
    if (recurring.length === 0) return;
    await handle.database.asSystem('plant recurring jobs', (tx) =>
      tx
        .insert(jobs)
        .values(recurring.map(({ kind }) => ({ kind, key: '', runAt: clock.now(), payload: {} })))
        .onConflictDoNothing(),
    );
  }

  return {
    async start() {
      running = true;
      forget = handle.onCommit((commits) => {
        for (const commit of commits) {
          if (commit.kind === 'scheduled') arm(commit.runAt.getTime() - clock.now().getTime());
        }
      });
      await plantRecurring();
      arm(0);
    },
    async stop() {
      running = false;
      forget?.();
      clearTimeout(timer);
      await draining?.catch(() => undefined); // told by whoever started it
    },
    async runDue() {
      const deadline = performance.now() + PATIENCE_MS;
      do {
        await drain();
        if (!(await isAnyDue())) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      } while (performance.now() < deadline);
      throw new Error('jobs that are due did not run');
    },
    wake: () => arm(0),
  };
}

function jobMetrics(registry: Registry) {
  const registers = [registry];
  return {
    runs: new Counter({
      name: 'virgil_jobs_total',
      help: 'Jobs run, by kind and result',
      labelNames: ['kind', 'result'],
      registers,
    }),
    lateness: new Histogram({
      name: 'virgil_job_lateness_seconds',
      help: 'From the time a job was due to its commit',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 60],
      registers,
    }),
  };
}
