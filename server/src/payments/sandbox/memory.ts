/** SQL of the sandbox: its objects, and the events it will tell, has told, or keeps to itself. */
import { createHash } from 'node:crypto';
import { and, asc, eq, gt, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { sandboxEvents, sandboxObjects } from '../../db/schema/index.ts';
import { type ProviderEvent, providerEvent } from '../provider.ts';

const minor = z.string().transform((text) => BigInt(text));
const movement = { amount: minor, currency: z.enum(['USD', 'EUR', 'GBP']) };

/** By kind; amounts are minor units as text. */
const BODIES = {
  checkout: z.object({
    ...movement,
    paymentId: z.string(),
    description: z.string(),
    returnUrl: z.string(),
    status: z.enum(['open', 'paid', 'declined']),
    fee: minor,
    keepMethod: z.boolean(),
  }),
  refund: z.object({ ...movement, chargeId: z.string() }),
  recipient: z.object({}),
  transfer: z.object({ ...movement, recipientId: z.string(), reversed: z.boolean() }),
  payout: z.object({ ...movement, recipientId: z.string() }),
} as const;
export type ObjectKind = keyof typeof BODIES;
export type BodyOf<K extends ObjectKind> = z.infer<(typeof BODIES)[K]>;

export interface SandboxObject<K extends ObjectKind> {
  readonly id: string;
  readonly key: string;
  readonly body: BodyOf<K>;
}

/** The same words make the same id, on every machine and after every restart. */
export function idOf(prefix: string, ...words: readonly string[]): string {
  return `sb_${prefix}_${createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 24)}`;
}

const asJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? String(part) : part)));

/** Makes it, or finds what its key made before. */
export async function createObject<K extends ObjectKind>(
  tx: Tx,
  kind: K,
  key: string,
  body: BodyOf<K>,
  at: Date,
): Promise<{ object: SandboxObject<K>; isNew: boolean }> {
  const id = idOf(kind, key);
  const rows = await tx
    .insert(sandboxObjects)
    .values({ id, kind, idempotencyKey: key, body: asJson(body), createdAt: at, updatedAt: at })
    .onConflictDoNothing()
    .returning({ id: sandboxObjects.id });
  const object = rows.length > 0 ? { id, key, body } : await lockObject(tx, kind, id);
  if (object === null) throw new Error(`the sandbox lost ${id}`);
  return { object, isNew: rows.length > 0 };
}

export async function lockObject<K extends ObjectKind>(tx: Tx, kind: K, id: string): Promise<SandboxObject<K> | null> {
  const [row] = await tx
    .select()
    .from(sandboxObjects)
    .where(and(eq(sandboxObjects.id, id), eq(sandboxObjects.kind, kind)))
    .for('update');
  return row === undefined
    ? null
    : { id: row.id, key: row.idempotencyKey, body: BODIES[kind].parse(row.body) as BodyOf<K> };
}

export async function objectsOf<K extends ObjectKind>(tx: Tx, kind: K): Promise<SandboxObject<K>[]> {
  const rows = await tx
    .select()
    .from(sandboxObjects)
    .where(eq(sandboxObjects.kind, kind))
    .orderBy(asc(sandboxObjects.id));
  return rows.map((row) => ({
    id: row.id,
    key: row.idempotencyKey,
    body: BODIES[kind].parse(row.body) as BodyOf<K>,
  }));
}

export async function changeObject<K extends ObjectKind>(
  tx: Tx,
  { id }: SandboxObject<K>,
  body: BodyOf<K>,
  at: Date,
): Promise<void> {
  await tx
    .update(sandboxObjects)
    .set({ body: asJson(body), updatedAt: at })
    .where(eq(sandboxObjects.id, id));
}

export interface Telling {
  /** When its webhook goes out; null: never. */
  readonly dueAt: Date | null;
  readonly sends?: number;
}

/** Telling of the same thing twice is one event. */
export async function noteEvent(tx: Tx, event: ProviderEvent, { dueAt, sends = 1 }: Telling): Promise<void> {
  await tx
    .insert(sandboxEvents)
    .values({ id: event.id, at: new Date(event.at), body: asJson(event), dueAt, sends })
    .onConflictDoNothing();
}

export interface Unsent {
  readonly id: string;
  readonly body: unknown;
  readonly sends: number;
}
const unsent = { id: sandboxEvents.id, body: sandboxEvents.body, sends: sandboxEvents.sends };

/** In the order in which they are due. */
export async function dueEvents(tx: Tx, now: Date): Promise<readonly Unsent[]> {
  return tx
    .select(unsent)
    .from(sandboxEvents)
    .where(and(lte(sandboxEvents.dueAt, now), gt(sandboxEvents.sends, 0)))
    .orderBy(asc(sandboxEvents.dueAt), asc(sandboxEvents.at), asc(sandboxEvents.id))
    .limit(200);
}

/** Those of these that were never sent. */
export async function unsentOf(tx: Tx, ids: readonly string[]): Promise<readonly Unsent[]> {
  return tx
    .select(unsent)
    .from(sandboxEvents)
    .where(and(inArray(sandboxEvents.id, [...ids]), gt(sandboxEvents.sends, 0), isNotNull(sandboxEvents.dueAt)))
    .orderBy(asc(sandboxEvents.at), asc(sandboxEvents.id));
}

export async function markSent(tx: Tx, id: string): Promise<void> {
  await tx
    .update(sandboxEvents)
    .set({ sends: sql`greatest(${sandboxEvents.sends} - 1, 0)` })
    .where(eq(sandboxEvents.id, id));
}

export async function sendAgain(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await tx
    .update(sandboxEvents)
    .set({ sends: sql`${sandboxEvents.sends} + 1`, dueAt })
    .where(eq(sandboxEvents.id, id));
}

/** What had happened by `now`, oldest first, a page at a time. */
export async function eventsSince(
  tx: Tx,
  since: Date,
  now: Date,
  after: { at: Date; id: string } | null,
): Promise<readonly ProviderEvent[]> {
  const rows = await tx
    .select({ body: sandboxEvents.body })
    .from(sandboxEvents)
    .where(
      and(
        gte(sandboxEvents.at, since),
        lte(sandboxEvents.at, now),
        after === null
          ? undefined
          : or(gt(sandboxEvents.at, after.at), and(eq(sandboxEvents.at, after.at), gt(sandboxEvents.id, after.id))),
      ),
    )
    .orderBy(asc(sandboxEvents.at), asc(sandboxEvents.id))
    .limit(200);
  return rows.map(({ body }) => providerEvent.parse(body));
}
