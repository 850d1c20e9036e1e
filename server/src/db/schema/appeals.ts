/** Objections. Exactly one decision each; one open at a time, and none after a denial (the two unique indexes). */
import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';
import { adminPenalties } from './sanctions.ts';
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
    appealReason: text('appeal_reason').notNull(),
    status: text('status', { enum: ['pending', 'approved', 'denied'] })
      .notNull()
      .default('pending'),
    reviewedByAdminId: id('reviewed_by_admin_id').references(() => profiles.id, { onDelete: 'set null' }),
    reviewedAt: instant('reviewed_at'),
    resolutionMessage: text('resolution_message'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check('appeals_subject', sql`num_nonnulls(penalty_id, strike_id) = 1`),
    check('appeals_status', sql`status in ('pending', 'approved', 'denied')`),
    check('appeals_reviewed', sql`(status = 'pending') = (reviewed_at is null)`),
    uniqueIndex('appeals_one_a_penalty').on(table.penaltyId).where(sql`status in ('pending', 'denied')`),
    uniqueIndex('appeals_one_a_strike').on(table.strikeId).where(sql`status in ('pending', 'denied')`),
    index('appeals_person').on(table.userId, table.createdAt.desc()),
    index('appeals_by_status').on(table.status, table.createdAt, table.id),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('own_insert', {
      for: 'insert',
      to: USER,
      withCheck: sql`user_id = ${me} and status = 'pending'
        and (penalty_id is null or penalty_id in (select id from admin_penalties where user_id = ${me}))
        and (strike_id is null or strike_id in (select id from content_safety_strikes where user_id = ${me}))`,
    }),
    adminReads(),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();
