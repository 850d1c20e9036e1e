/**
 * What every node must do at once, wherever it was decided: PostgreSQL carries the word to each of them (NOTIFY) when
 * the transaction commits. It is quick and not durable: what must happen at all is an outbox event as well, and a node
 * that was cut off is told since when, so that it can look for itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Tx } from './database.ts';
import type { StoreLogger } from './open-database.ts';

const CHANNEL = 'virgil_nodes';
const RETRY_MS = 500;
/** A connection that died without a word is noticed by asking. */
const PULSE_MS = 10_000;

const signal = z.strictObject({ kind: z.string(), id: z.string() });
/** Small: PostgreSQL carries up to 8,000 bytes. */
export type NodeSignal = z.infer<typeof signal>;

/** Part of the transaction: nobody hears of what was rolled back. */
export async function signalNodes(tx: Tx, word: NodeSignal): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${JSON.stringify(word)})`);
}

export interface NodeSignalsOptions {
  readonly connectionString: string;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  hear(word: NodeSignal): Promise<void>;
  /** The connection is back: signals since then (product time) may have been missed. */
  missed(since: Date): Promise<void>;
}

export interface NodeSignals {
  /** Resolves when this node hears. While the database is away it goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function hearNodeSignals(options: NodeSignalsOptions): NodeSignals {
  const { clock, logger } = options;
  let client: pg.Client | undefined;
  let running = false;
  let listening: Promise<void> | undefined;
  let pulse: NodeJS.Timeout | undefined;

  const attempt = (work: () => Promise<void>, message: string) =>
    work().catch((error: unknown) => logger.warn({ err: error }, message));

  /** Until this connection ends. `ready` once it hears. */
  async function listen(ready: () => void): Promise<void> {
    const own = new pg.Client({
      connectionString: options.connectionString,
      application_name: 'virgil signals',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client = own;
    const ended = new Promise<void>((resolve) => {
      own.on('error', () => resolve());
      own.on('end', () => resolve());
    });
    own.on('notification', ({ payload }) => {
      const word = signal.safeParse(jsonIn(payload));
      if (word.success) void attempt(() => options.hear(word.data), 'a signal of another node was not followed');
    });
    try {
      await own.connect();
      await own.query(`listen ${CHANNEL}`);
      ready();
      pulse = setInterval(() => void own.query('select').catch(() => own.end().catch(() => undefined)), PULSE_MS);
      pulse.unref();
      await ended;
    } finally {
      clearInterval(pulse);
      await own.end().catch(() => undefined);
    }
  }

  async function keepListening(first: () => void): Promise<void> {
    let lostAt: Date | null = null;
    while (running) {
      try {
        await listen(() => {
          const since = lostAt;
          if (since !== null) void attempt(() => options.missed(since), 'what was missed could not be looked up');
          lostAt = null;
          first();
        });
      } catch (error) {
        if (running) logger.warn({ err: error }, 'signals of other nodes are not heard');
      }
      lostAt ??= clock.now();
      first();
      if (running) await sleep(RETRY_MS);
    }
  }

  return {
    async start() {
      running = true;
      await new Promise<void>((resolve) => {
        listening = keepListening(resolve);
      });
    },
    async stop() {
      running = false;
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // Not one of ours.
    return undefined;
  }
}
