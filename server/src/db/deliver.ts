/** One batch of one subscription: keys side by side, the events of a key one after the other. */
import { type SQL, sql } from 'drizzle-orm';
import { describeError } from '../observability/logger.ts';
import { backoffMs, MOST_ATTEMPTS } from './backoff.ts';
import type { Database, Tx } from './database.ts';
import type { DomainEvent } from './outbox.ts';
import { slotsFor } from './slots.ts';
import type { Subscription } from './subscription.ts';

interface Delivery {
  readonly id: number;
  readonly type: string;
  readonly key: string;
  readonly payload: DomainEvent;
  readonly attempts: number;
}

interface DeliveryFailure {
  readonly type: string;
  readonly attempts: number;
  readonly parked: boolean;
  readonly error: unknown;
}

export interface DeliveryOutcome {
  readonly delivered: number;
  readonly failures: readonly DeliveryFailure[];
  readonly mayHaveMore: boolean;
}

const AT_ONCE = 64;
const KEYS_AT_ONCE = 4;
const NOTHING: DeliveryOutcome = { delivered: 0, failures: [], mayHaveMore: false };

export function deliverBatch(
  database: Database,
  subscription: Subscription,
  handlerTimeoutMs: number,
): Promise<DeliveryOutcome> {
  return database.asSystem('deliver events', async (tx) => {
    const now = new Date();
    if (!(await lockSubscription(tx, subscription.name))) return NOTHING;
    const deliveries = await due(tx, subscription.name, now);
    if (deliveries.length === 0) return NOTHING;
    const handled: number[] = [];
    const failed: { delivery: Delivery; error: unknown }[] = [];
    const inOrder = async (ofOneKey: readonly Delivery[]) => {
      for (const delivery of ofOneKey) {
        try {
          await withTimeout(subscription.handle(delivery.payload), handlerTimeoutMs);
          handled.push(delivery.id);
        } catch (error) {
          failed.push({ delivery, error });
          return; // the later events of this key wait behind it
        }
      }
    };
    const slots = slotsFor(KEYS_AT_ONCE);
    const byKey = Map.groupBy(deliveries, (delivery) => delivery.key);
    await Promise.all([...byKey.values()].map((ofOneKey) => slots(() => inOrder(ofOneKey))));
    await remove(tx, handled);
    const failures: DeliveryFailure[] = [];
    for (const { delivery, error } of failed) failures.push(await postpone(tx, delivery, error, now));
    return { delivered: handled.length, failures, mayHaveMore: handled.length > 0 || failures.length > 0 };
  });
}

/** Another node that holds it goes on until nothing is left. */
async function lockSubscription(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select set_config('synchronous_commit', 'off', true), pg_try_advisory_xact_lock(hashtext('virgil subscription'), hashtext(${name})) as locked`,
  );
  return rows[0]?.locked === true;
}

/** Due, and no earlier event of its key waits for another attempt. */
export function isDeliverable(now: Date): SQL {
  const at = now.toISOString();
  return sql`d.parked_at is null and d.due_at <= ${at}::timestamptz and not exists (
    select from outbox_deliveries as earlier
    where earlier.subscription = d.subscription and earlier.key = d.key and earlier.event_id < d.event_id
      and earlier.parked_at is null and earlier.due_at > ${at}::timestamptz
  )`;
}

async function due(tx: Tx, name: string, now: Date): Promise<Delivery[]> {
  const { rows } = await tx.execute<Omit<Delivery, 'id'> & { id: string }>(sql`
    select id, type, key, payload, attempts from outbox_deliveries as d
    where subscription = ${name} and ${isDeliverable(now)}
    order by event_id limit ${AT_ONCE}`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

async function remove(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await tx.execute(sql`delete from outbox_deliveries where id = any(${sql.param(ids)}::bigint[])`);
}

async function postpone(tx: Tx, delivery: Delivery, error: unknown, now: Date): Promise<DeliveryFailure> {
  const attempts = delivery.attempts + 1;
  const parked = attempts >= MOST_ATTEMPTS;
  const { type, reason } = describeError(error);
  await tx.execute(sql`
    update outbox_deliveries set attempts = ${attempts},
      due_at = ${new Date(now.getTime() + backoffMs(attempts)).toISOString()}::timestamptz,
      parked_at = ${parked ? now.toISOString() : null}::timestamptz,
      last_error = ${`${type} ${reason}`.slice(0, 500)}
    where id = ${delivery.id}`);
  return { type: delivery.type, attempts, parked, error };
}

async function withTimeout(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
