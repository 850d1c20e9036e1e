/** Objections. Exactly one decision each; one open at a time, and none after a denial (the unique indexes). */
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';
import { userViolations } from './review.ts';
import { adminPenalties, bannedViewers, timedOutUsers } from './sanctions.ts';
import { contentSafetyStrikes } from './strikes.ts';

export const appeals = pgTable(
  'appeals',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    penaltyId: id('penalty_id').references(() => adminPenalties.id, { onDelete: 'cascade' }),
    strikeId: id('strike_id').references(() => contentSafetyStrikes.id, { onDelete: 'cascade' }),
    violationId: id('violation_id').references(() => userViolations.id, { onDelete: 'cascade' }),
    timeoutId: id('timeout_id').references(() => timedOutUsers.id, { onDelete: 'cascade' }),
    /** A ban from a channel. */
    banRecordId: id('ban_record_id').references(() => bannedViewers.id, { onDelete: 'cascade' }),
    appealReason: text('appeal_reason').notNull(),
    /** Where its owner and admins fetch the picture; the file has the same unguessable name. */
    appealScreenshotUrl: text('appeal_screenshot_url'),
    status: text('status', { enum: ['pending', 'approved', 'denied'] })
      .notNull()
      .default('pending'),
    reviewedByAdminId: id('reviewed_by_admin_id').references(() => profiles.id, { onDelete: 'set null' }),
    reviewedAt: instant('reviewed_at'),
    resolutionMessage: text('resolution_message'),
    createdAt: instant('created_at').notNull(),
    /** The decision was taken back in another way before anybody read the appeal. */
    closedUnheard: boolean('closed_unheard').notNull().default(false),
    /** Of the decision, as it was when the appeal was decided: what overturned decisions are counted by. */
    decisionCategory: text('decision_category'),
    decisionRule: text('decision_rule'),
    decisionBy: id('decision_by').references(() => profiles.id, { onDelete: 'set null' }),
    decisionAutomatic: boolean('decision_automatic'),
  },
  (table) => [
    check('appeals_subject', sql`num_nonnulls(penalty_id, strike_id, violation_id, timeout_id, ban_record_id) = 1`),
    check('appeals_status', sql`status in ('pending', 'approved', 'denied')`),
    check('appeals_reviewed', sql`(status = 'pending') = (reviewed_at is null)`),
    uniqueIndex('appeals_one_a_penalty').on(table.penaltyId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_one_a_strike').on(table.strikeId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_one_a_violation').on(table.violationId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_one_a_timeout').on(table.timeoutId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_one_a_ban').on(table.banRecordId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_screenshot').on(table.appealScreenshotUrl),
    index('appeals_reviewed').on(table.reviewedAt.desc()).where(sql`status <> 'pending'`),
    index('appeals_person').on(table.userId, table.createdAt.desc()),
    index('appeals_by_status').on(table.status, table.createdAt, table.id),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('own_insert', {
      for: 'insert',
      to: USER,
      withCheck: sql`user_id = ${me} and status = 'pending'
        and (penalty_id is null or penalty_id in (select id from admin_penalties where user_id = ${me}))
        and (strike_id is null or strike_id in (select id from content_safety_strikes where user_id = ${me}))
        and (violation_id is null or violation_id in (select id from user_violations where user_id = ${me}))
        and (timeout_id is null or timeout_id in (select id from timed_out_users where user_id = ${me}))
        and (ban_record_id is null or ban_record_id in (select id from banned_viewers where user_id = ${me}))`,
    }),
    adminReads(),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();

/** What an admin asks and the appellant answers, while the appeal is open. */
export const appealMessages = pgTable(
  'appeal_messages',
  {
    id: id().primaryKey(),
    appealId: id('appeal_id')
      .notNull()
      .references(() => appeals.id, { onDelete: 'cascade' }),
    side: text('side', { enum: ['appellant', 'admin'] }).notNull(),
    /** The appellant hears an admin, not which one. */
    authorId: id('author_id').references(() => profiles.id, { onDelete: 'set null' }),
    message: text('message').notNull(),
    createdAt: instant('created_at').notNull(),
    /** By the other side. */
    readAt: instant('read_at'),
  },
  (table) => [
    check('appeal_messages_side', sql`side in ('appellant', 'admin')`),
    index('appeal_messages_thread').on(table.appealId, table.id),
    index('appeal_messages_unread').on(table.appealId, table.side).where(sql`read_at is null`),
    pgPolicy('own_read', {
      for: 'select',
      to: USER,
      using: sql`appeal_id in (select id from appeals where user_id = ${me})`,
    }),
    pgPolicy('own_insert', {
      for: 'insert',
      to: USER,
      withCheck: sql`side = 'appellant' and author_id = ${me}
        and appeal_id in (select id from appeals where user_id = ${me} and status = 'pending')`,
    }),
    adminReads(),
    pgPolicy('admin_insert', {
      for: 'insert',
      to: ADMIN,
      withCheck: sql`side = 'admin' and author_id = ${me}
        and appeal_id in (select id from appeals where user_id <> ${me} and status = 'pending')`,
    }),
    systemDoesAll(),
  ],
).enableRLS();

/** What admins write for each other: never shown to the person concerned, and gone with an erasure. */
export const appealNotes = pgTable(
  'appeal_notes',
  {
    id: id().primaryKey(),
    appealId: id('appeal_id')
      .notNull()
      .references(() => appeals.id, { onDelete: 'cascade' }),
    authorId: id('author_id').references(() => profiles.id, { onDelete: 'set null' }),
    note: text('note').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('appeal_notes_thread').on(table.appealId, table.id),
    // An admin who appeals is a person concerned like everybody else.
    pgPolicy('admin_read', {
      for: 'select',
      to: ADMIN,
      using: sql`appeal_id in (select id from appeals where user_id <> ${me})`,
    }),
    pgPolicy('admin_insert', {
      for: 'insert',
      to: ADMIN,
      withCheck: sql`author_id = ${me} and appeal_id in (select id from appeals where user_id <> ${me})`,
    }),
    systemDoesAll(),
  ],
).enableRLS();
