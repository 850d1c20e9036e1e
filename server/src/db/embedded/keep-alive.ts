/** A postmaster that dies under a living server is started again: on the same port, so that the pools find it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreLogger } from '../open-database.ts';
import type { Postmaster } from './postmaster.ts';
import { runningProcess } from './processes.ts';

export interface KeptAlive {
  pid(): number;
  /** Stops looking; a restart under way is waited for. */
  release(): Promise<void>;
}

const LOOK_EVERY_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

export function keepAlive(
  first: Postmaster,
  restart: (port: number) => Promise<Postmaster>,
  logger: StoreLogger,
): KeptAlive {
  let current = first;
  const stopped = new AbortController();

  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await pause(LOOK_EVERY_MS, stopped.signal);
      if (stopped.signal.aborted || runningProcess(current.pid)) continue;
      logger.error({ pid: current.pid }, 'PostgreSQL ended unasked; starting it again');
      current = await restartUntilItRuns();
    }
  })();

  async function restartUntilItRuns(): Promise<Postmaster> {
    for (let attempt = 0; !stopped.signal.aborted; attempt++) {
      try {
        const next = await restart(current.port);
        logger.warn({ pid: next.pid }, 'PostgreSQL is back');
        return next;
      } catch (error) {
        logger.error({ err: error }, 'PostgreSQL could not be started again');
        await pause(Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MS), stopped.signal);
      }
    }
    return current;
  }

  return {
    pid: () => current.pid,
    async release() {
      stopped.abort();
      await watching;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
