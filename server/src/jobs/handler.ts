/** What runs when a job's time has come. */
import type { z } from 'zod';
import type { Tx } from '../db/database.ts';

export interface JobContext {
  readonly key: string;
  /** Product time, the same for everything this run writes. */
  readonly now: Date;
  /** 1 the first time. */
  readonly attempt: number;
}

export interface JobHandler {
  readonly kind: string;
  /** Stored JSON is parsed again: it may come from an older version. */
  readonly schema: z.ZodType;
  /** Set for jobs that come back by themselves; one of them exists from the first start on. Milliseconds. */
  readonly every?: number;
  /**
   * It waits for transactions of its own, for instance for a provider and for what follows from its answer. Then it
   * runs by itself, for as long as it takes: what the others of a batch hold until the batch ends, its own transactions
   * would wait for in vain.
   */
  readonly alone?: boolean;
  /**
   * Runs in the transaction that also removes the job, so what it writes happens exactly once. What it does outside
   * the database may happen again and must not mind. Throwing undoes its writes and tries again later.
   */
  // A method, so that handlers may name the type their schema gives; the runner parses before it calls.
  run(tx: Tx, payload: unknown, context: JobContext): Promise<void>;
}

/** Ties the payload's type to its schema. */
export function defineJob<S extends z.ZodType>(job: {
  readonly kind: string;
  readonly schema: S;
  readonly every?: number;
  readonly alone?: boolean;
  run(tx: Tx, payload: z.output<S>, context: JobContext): Promise<void>;
}): JobHandler {
  return job;
}
