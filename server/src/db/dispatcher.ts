/**
 * Delivers announced events to subscriptions, after their commit. Two steps, both in the database: fan out (an event
 * becomes one delivery a subscription) and deliver (handlers run, then their deliveries go). A crash between handler
 * and removal delivers again. One node fans out at a time, and one node serves a subscription at a time.
 */
import { sql } from 'drizzle-orm';
import { Counter, Gauge, type Registry } from 'prom-client';
import { deliverBatch, isDeliverable } from './deliver.ts';
import type { DatabaseHandle, StoreLogger } from './open-database.ts';
import { slotsFor } from './slots.ts';
import type { Subscription } from './subscription.ts';

export interface DispatcherOptions {
  readonly handle: Pick<DatabaseHandle, 'database' | 'onCommit'>;
  readonly logger: StoreLogger;
  readonly registry: Registry;
  readonly subscriptions: readonly Subscription[];
  readonly pollMs?: number;
  /** A handler that takes longer counts as failed. Below the server's limit for idle transactions. */
  readonly handlerTimeoutMs?: number;
}

export interface Dispatcher {
  start(): void;
  /** Waits for the handlers that are running. */
  stop(): Promise<void>;
  /** Returns when everything announced so far was delivered, or waits for its next attempt. */
  settle(): Promise<void>;
}

/** Each holds a connection while handlers run, and those need connections of their own. */
const SERVED_AT_ONCE = 4;
const FAN_OUT_AT_ONCE = 500;
const FAN_OUT_LOCK = 7_304_461_938;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { handle, logger, subscriptions } = options;
  const byName = new Map(subscriptions.map((subscription) => [subscription.name, subscription]));
  if (byName.size !== subscriptions.length) throw new Error('two subscriptions of one name');
  const pollMs = options.pollMs ?? 1_000;
  const timeoutMs = options.handlerTimeoutMs ?? 20_000;
  const metrics = outboxMetrics(options.registry);
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let forget: (() => void) | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  const serving = new Map<string, Promise<void>>();
  const slots = slotsFor(SERVED_AT_ONCE);
  const more = new Set<string>();

  /** Fans out, then serves every subscription that is owed something. Calls while it runs make it look once more. */
  function look(): Promise<void> {
    again = true;
    looking ??= lookAll().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookAll(): Promise<void> {
    while (again) {
      again = false;
      while ((await fanOut()) === FAN_OUT_AT_ONCE);
      for (const name of await owed()) serve(name);
    }
  }

  async function fanOut(): Promise<number> {
    const pairs = subscriptions.flatMap(({ name, types }) => types.map((type) => ({ name, type })));
    const names = sql.param(pairs.map((pair) => pair.name));
    const types = sql.param(pairs.map((pair) => pair.type));
    return handle.database.asSystem('fan out events', async (tx) => {
      // Losing this commit in a crash undoes both halves of it together, so it need not wait for the disk.
      await tx.execute(sql.raw(`set local synchronous_commit = off; select pg_advisory_xact_lock(${FAN_OUT_LOCK})`));
      const { rows } = await tx.execute<{ taken: number }>(sql`
        with taken as (
          delete from outbox where id in (select id from outbox order by id limit ${FAN_OUT_AT_ONCE}) returning *
        ), delivered as (
          insert into outbox_deliveries (subscription, event_id, type, key, payload, at, due_at)
          select wanted.name, taken.id, taken.type, taken.key, taken.payload, taken.at, ${now()}::timestamptz
          from taken join unnest(${names}::text[], ${types}::text[]) as wanted(name, type) on wanted.type = taken.type
          order by taken.id
        )
        select count(*)::integer as taken from taken`);
      return rows[0]?.taken ?? 0;
    });
  }

  async function owed(): Promise<string[]> {
    const { rows } = await handle.database.asSystem('what is owed to subscriptions', (tx) =>
      tx.execute<{ subscription: string }>(
        sql`select distinct subscription from outbox_deliveries as d where ${isDeliverable(new Date())}`,
      ),
    );
    return rows.map((row) => row.subscription).filter((name) => byName.has(name));
  }

  function serve(name: string): void {
    more.add(name);
    if (serving.has(name)) return;
    const served = serveAll(name)
      .catch((error: unknown) => logger.warn({ err: error, subscription: name }, 'events could not be delivered'))
      .finally(() => serving.delete(name));
    serving.set(name, served);
  }

  async function serveAll(name: string): Promise<void> {
    const subscription = byName.get(name);
    while (subscription && more.delete(name)) {
      const outcome = await slots(() => deliverBatch(handle.database, subscription, timeoutMs));
      metrics.delivered.inc({ subscription: name }, outcome.delivered);
      for (const { error, type, attempts, parked } of outcome.failures) {
        metrics.failed.inc({ subscription: name });
        if (parked) metrics.parked.inc({ subscription: name });
        const fields = { err: error, subscription: name, type, attempts };
        if (parked) logger.error(fields, 'an event could not be delivered and was parked');
        else logger.warn(fields, 'an event could not be delivered and will be tried again');
      }
      if (outcome.mayHaveMore) more.add(name);
    }
  }

  async function quietly(): Promise<void> {
    try {
      await look();
    } catch (error) {
      // Everything is still in the tables; the next look is a poll away.
      logger.warn({ err: error }, 'events could not be fanned out');
    }
  }

  function poll(): void {
    timer = setTimeout(async () => {
      await quietly();
      if (running) poll();
    }, pollMs);
  }

  return {
    start() {
      running = true;
      forget = handle.onCommit((commits) => {
        if (running && commits.some((commit) => commit.kind === 'announced')) void quietly();
      });
      void quietly();
      poll();
    },
    async stop() {
      running = false;
      forget?.();
      clearTimeout(timer);
      await looking?.catch(() => undefined); // told by whoever started it
      await Promise.all(serving.values());
    },
    async settle() {
      for (;;) {
        await look();
        if (serving.size === 0) return;
        await Promise.all(serving.values());
      }
    },
  };
}

/** Attempts are spaced in real time: a test that moves the product clock does not make a broken handler work. */
function now(): string {
  return new Date().toISOString();
}

function outboxMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['subscription'] as const;
  return {
    delivered: new Counter({ name: 'virgil_events_delivered_total', help: 'Events handled', labelNames, registers }),
    failed: new Counter({ name: 'virgil_events_failed_total', help: 'Failed attempts', labelNames, registers }),
    parked: new Gauge({
      name: 'virgil_events_parked',
      help: 'Events given up since start; a person has to look',
      labelNames,
      registers,
    }),
  };
}
