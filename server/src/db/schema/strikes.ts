/** Strikes. One is in force while it was not lifted and the clock has not passed its end; the job only announces. */
import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';
import { adminPenalties } from './sanctions.ts';

export const contentSafetyStrikes = pgTable(
  'content_safety_strikes',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    reason: text('reason').notNull(),
    category: text('category'),
    /** The decision it came from. */
    sourceKind: text('source_kind', { enum: ['report', 'dmca', 'review', 'admin'] }).notNull(),
    sourceId: text('source_id').notNull(),
    /** Set when that channel's own moderators decided; null for the platform's people. */
    sourceChannelId: id('source_channel_id').references(() => channels.id, { onDelete: 'set null' }),
    /** What the same day's strikes for one work share. */
    lineageKey: text('lineage_key'),
    issuedBy: id('issued_by').references(() => profiles.id, { onDelete: 'set null' }),
    issuedAt: instant('issued_at').notNull(),
    /** The UTC day. */
    issuedOn: date('issued_on').notNull(),
    expiresAt: instant('expires_at').notNull(),
    liftedAt: instant('lifted_at'),
    liftedBy: id('lifted_by').references(() => profiles.id, { onDelete: 'set null' }),
    liftedCause: text('lifted_cause', {
      enum: ['appeal', 'retraction', 'put_back', 'decision', 'undone'],
    }),
    liftedReason: text('lifted_reason'),
  },
  (table) => [
    index('content_safety_strikes_in_force').on(table.userId, table.expiresAt).where(sql`lifted_at is null`),
    index('content_safety_strikes_person').on(table.userId, table.issuedAt.desc()),
    uniqueIndex('content_safety_strikes_one_a_decision')
      .on(table.sourceKind, table.sourceId, table.userId)
      .where(sql`lifted_at is null`),
    uniqueIndex('content_safety_strikes_one_a_work')
      .on(table.userId, table.issuedOn, table.lineageKey)
      .where(sql`lineage_key is not null and lifted_at is null`),
    check('content_safety_strikes_source', sql`source_kind in ('report', 'dmca', 'review', 'admin')`),
    check(
      'content_safety_strikes_cause',
      sql`lifted_cause in ('appeal', 'retraction', 'put_back', 'decision', 'undone')`,
    ),
    check('content_safety_strikes_end', sql`expires_at > issued_at`),
    check('content_safety_strikes_lifted', sql`(lifted_at is null) = (lifted_cause is null)`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Three strikes that close no account by themselves, because one channel gave them all: an admin decides. */
export const strikeEscalations = pgTable(
  'strike_escalations',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** The newest of them. */
    strikeId: id('strike_id')
      .notNull()
      .references(() => contentSafetyStrikes.id, { onDelete: 'cascade' }),
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    /** In force when it was escalated. */
    activeStrikes: integer('active_strikes').notNull(),
    escalatedAt: instant('escalated_at').notNull(),
    /** `approved`: the account stays open. `rejected`: a penalty. `lapsed`: fewer than three were left. */
    resolutionStatus: text('resolution_status', { enum: ['escalated', 'approved', 'rejected', 'lapsed'] })
      .notNull()
      .default('escalated'),
    resolutionTimestamp: instant('resolution_timestamp'),
    resolvedBy: id('resolved_by').references(() => profiles.id, { onDelete: 'set null' }),
    resolution: text('resolution'),
    penaltyId: id('penalty_id').references(() => adminPenalties.id, { onDelete: 'set null' }),
  },
  (table) => [
    uniqueIndex('strike_escalations_one_open').on(table.userId).where(sql`resolution_status = 'escalated'`),
    index('strike_escalations_waiting').on(table.escalatedAt, table.id).where(sql`resolution_status = 'escalated'`),
    index('strike_escalations_decided')
      .on(table.resolutionTimestamp.desc(), table.id.desc())
      .where(sql`resolution_timestamp is not null`),
    index('strike_escalations_person').on(table.userId, table.id.desc()),
    check('strike_escalations_status', sql`resolution_status in ('escalated', 'approved', 'rejected', 'lapsed')`),
    check('strike_escalations_resolved', sql`(resolution_status = 'escalated') = (resolution_timestamp is null)`),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
