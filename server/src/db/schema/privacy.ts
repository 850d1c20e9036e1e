/** Copies of one's data, erasures that were asked for, and holds that keep data for a case of law. */
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const person = () =>
  id('user_id')
    .notNull()
    .references(() => profiles.id, { onDelete: 'cascade' });
const ownRead = () => pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` });

export const dataExports = pgTable(
  'data_exports',
  {
    id: id().primaryKey(),
    userId: person(),
    status: text('status', { enum: ['preparing', 'ready', 'failed', 'expired'] })
      .notNull()
      .default('preparing'),
    progress: integer('progress').notNull().default(0),
    requestedAt: instant('requested_at').notNull(),
    readyAt: instant('ready_at'),
    expiresAt: instant('expires_at'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    /** Whoever makes it renews this; when it has passed, another may begin anew. Real time. */
    leaseUntil: instant('lease_until'),
  },
  (table) => [
    uniqueIndex('data_exports_one_at_a_time').on(table.userId).where(sql`status = 'preparing'`),
    index('data_exports_person').on(table.userId, table.requestedAt.desc()),
    check('data_exports_status', sql`status in ('preparing', 'ready', 'failed', 'expired')`),
    check('data_exports_progress', sql`progress between 0 and 100`),
    ownRead(),
    pgPolicy('own_insert', {
      for: 'insert',
      to: USER,
      withCheck: sql`user_id = ${me} and status = 'preparing'`,
    }),
    systemDoesAll(),
  ],
).enableRLS();

export const erasures = pgTable(
  'erasures',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    askedAt: instant('asked_at').notNull(),
    erasesAt: instant('erases_at').notNull(),
    /** `restricted`: the day has come, but a hold keeps the data; access is closed. */
    status: text('status', { enum: ['asked', 'restricted', 'done'] })
      .notNull()
      .default('asked'),
    erasedAt: instant('erased_at'),
  },
  () => [
    check('erasures_status', sql`status in ('asked', 'restricted', 'done')`),
    check('erasures_done', sql`(status = 'done') = (erased_at is not null)`),
    ownRead(),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const legalHolds = pgTable(
  'legal_holds',
  {
    id: id().primaryKey(),
    userId: person(),
    caseReference: text('case_reference').notNull(),
    authority: text('authority').notNull(),
    reason: text('reason').notNull(),
    createdBy: id('created_by').references(() => profiles.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    releasedAt: instant('released_at'),
    releasedBy: id('released_by').references(() => profiles.id, { onDelete: 'set null' }),
  },
  (table) => [
    index('legal_holds_in_force').on(table.userId, table.expiresAt).where(sql`released_at is null`),
    check('legal_holds_end', sql`expires_at > created_at`),
    adminReads(),
    pgPolicy('admin_insert', { for: 'insert', to: ADMIN, withCheck: sql`created_by = ${me}` }),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();
