/**
 * The audit log: leaves, tiles and signed heads of its Merkle tree, for ever, and beside it the ordinary tables in
 * which people look things up. Triggers in the migration refuse what the grants already do not allow.
 */
import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, pgPolicy, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { adminReads, everybodyReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const log = () =>
  integer('log')
    .notNull()
    .references(() => auditLogs.id);
const number = (name: string) => bigint(name, { mode: 'number' });

/** One row a tree. A new one begins only when an operator says so, after a restore that lost published entries. */
export const auditLogs = pgTable(
  'audit_logs',
  {
    id: integer('id').primaryKey(),
    /** First line of its checkpoints and name of its keys. */
    origin: text('origin').notNull().unique(),
    startedAt: instant('started_at').notNull(),
  },
  () => [everybodyReads(), systemDoesAll()],
).enableRLS();

export const auditEntries = pgTable(
  'audit_entries',
  {
    log: log(),
    seq: number('seq').notNull(),
    leaf: bytes('leaf').notNull(),
    leafHash: bytes('leaf_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.log, table.seq] }), everybodyReads(), systemDoesAll()],
).enableRLS();

/** Full tiles only. `root` is the tile's one hash in the level above, of which partial tiles are made. */
export const auditTiles = pgTable(
  'audit_tiles',
  {
    log: log(),
    level: integer('level').notNull(),
    n: number('n').notNull(),
    hashes: bytes('hashes').notNull(),
    root: bytes('root').notNull(),
  },
  (table) => [primaryKey({ columns: [table.log, table.level, table.n] }), everybodyReads(), systemDoesAll()],
).enableRLS();

export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    log: log(),
    size: number('size').notNull(),
    root: bytes('root').notNull(),
    committedAt: instant('committed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.log, table.size] }), everybodyReads(), systemDoesAll()],
).enableRLS();

/** Ids of people become null when they are erased. */
export const auditIndex = pgTable(
  'audit_index',
  {
    log: log(),
    seq: number('seq').notNull(),
    eventId: id('event_id').notNull().unique(),
    type: text('type').notNull(),
    entity: text('entity').notNull(),
    entityId: id('entity_id'),
    actorId: id('actor_id'),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.log, table.seq] }),
    index('audit_index_time').on(table.at),
    index('audit_index_type').on(table.type, table.log, table.seq),
    index('audit_index_entity').on(table.entityId, table.log, table.seq).where(sql`entity_id is not null`),
    index('audit_index_actor').on(table.actorId, table.log, table.seq).where(sql`actor_id is not null`),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Whose key seals which part of an entry. */
export const auditPeople = pgTable(
  'audit_people',
  {
    log: log(),
    seq: number('seq').notNull(),
    part: integer('part').notNull(),
    userId: id('user_id').notNull(),
    eventId: id('event_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.log, table.seq, table.part] }),
    index('audit_people_person').on(table.userId, table.eventId),
    index('audit_people_event').on(table.eventId),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** A key for each person, wrapped by the one in the data folder. No reference: the row outlives the person. */
export const auditKeys = pgTable(
  'audit_keys',
  {
    userId: id('user_id').primaryKey(),
    wrapped: bytes('wrapped'),
    /** `hold`: erased for everybody, but a legal hold keeps it until `heldUntil`, wrapped by the hold key. */
    wrappedBy: text('wrapped_by').$type<'kek' | 'hold'>().notNull().default('kek'),
    createdAt: instant('created_at').notNull(),
    destroyedAt: instant('destroyed_at'),
    heldUntil: instant('held_until'),
  },
  () => [
    check('audit_keys_wrapped_by', sql`wrapped_by in ('kek', 'hold')`),
    check('audit_keys_state', sql`(wrapped is null) = (destroyed_at is not null)`),
    systemDoesAll(),
  ],
).enableRLS();
