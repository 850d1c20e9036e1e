/** Ending in a stated order: each step is given its time, and none that failed keeps the next from its turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface ShutdownStep {
  readonly name: string;
  run(): Promise<unknown>;
}

const STEP_MS = 4_000;

export async function runShutdown(steps: readonly ShutdownStep[], logger: Logger): Promise<void> {
  for (const { name, run } of steps) {
    const timer = new AbortController();
    try {
      const late = sleep(STEP_MS, 'late', { signal: timer.signal, ref: false });
      if ((await Promise.race([run(), late])) === 'late')
        logger.warn({ step: name }, 'a step of the shutdown took too long');
    } catch (error) {
      logger.error({ err: error, step: name }, 'a step of the shutdown failed');
    } finally {
      timer.abort();
    }
  }
}
