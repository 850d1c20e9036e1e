/** Facts waiting to be told after their transaction: audit entries, and events for `subscriptions.ts`. */
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { GUEST, me, systemDoesAll } from './access.ts';
import { id, instant } from './columns.ts';

const sequence = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

export const auditOutbox = pgTable(
  'audit_outbox',
  {
    id: sequence(),
    type: text('type').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    /** Null: a guest, or the system. */
    actorId: id('actor_id'),
    at: instant('at').notNull(),
    /** Version of `details`. */
    version: integer('version').notNull().default(1),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    eventId: id('event_id').notNull().default(sql`gen_random_uuid()::text`),
    personal: jsonb('personal').$type<{ userId: string; data: Record<string, unknown> }[]>().notNull().default([]),
  },
  (table) => [
    uniqueIndex('audit_outbox_event').on(table.eventId),
    // Nobody can write an entry in another's name, and nobody but the log's own job reads or removes one.
    pgPolicy('append_in_own_name', { for: 'insert', to: GUEST, withCheck: sql`actor_id is not distinct from ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();

export const outbox = pgTable(
  'outbox',
  {
    id: sequence(),
    type: text('type').notNull(),
    /** Events with one key are delivered in order. */
    key: text('key').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull(),
  },
  () => [pgPolicy('announce', { for: 'insert', to: GUEST, withCheck: sql`true` }), systemDoesAll()],
).enableRLS();

/** One row an event and subscription, from fan-out until the handler succeeded. A parked one waits for a person. */
export const outboxDeliveries = pgTable(
  'outbox_deliveries',
  {
    id: sequence(),
    subscription: text('subscription').notNull(),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    key: text('key').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    at: instant('at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    dueAt: instant('due_at').notNull(),
    parkedAt: instant('parked_at'),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_deliveries_heads').on(table.subscription, table.key, table.eventId).where(sql`parked_at is null`),
    index('outbox_deliveries_due').on(table.subscription, table.dueAt).where(sql`parked_at is null`),
    systemDoesAll(),
  ],
).enableRLS();
