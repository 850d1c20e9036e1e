/**
 * What keeps a person out: timeouts and bans of a channel, penalties of the platform. One is in force while it was
 * not lifted and the clock has not passed its end; readers compare with the product clock, the job only announces.
 */
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, channelsIModerate, me, systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const concernedRead = () =>
  pgPolicy('concerned_read', {
    for: 'select',
    to: USER,
    using: sql`user_id = ${me} or channel_id in ${channelsIModerate}`,
  });
const moderatorWrites = () => [
  pgPolicy('moderator_insert', { for: 'insert', to: USER, withCheck: sql`channel_id in ${channelsIModerate}` }),
  pgPolicy('moderator_update', {
    for: 'update',
    to: USER,
    using: sql`channel_id in ${channelsIModerate}`,
    withCheck: sql`channel_id in ${channelsIModerate}`,
  }),
];
/** `undone`: the decision behind it was taken back within seconds, and counts as if it had never been. */
const LIFTED_CAUSES = ['moderator', 'appeal', 'undone'] as const;
const liftedCauses = sql`lifted_cause in ('moderator', 'appeal', 'undone')`;
const beforeItsTime = () => ({
  /** The item of the review queue that it was decided on. */
  reviewItemId: id('review_item_id'),
  liftedCause: text('lifted_cause', { enum: LIFTED_CAUSES }),
  liftedReason: text('lifted_reason'),
});
const adminDoesAll = () => pgPolicy('admin_all', { for: 'all', to: ADMIN, using: sql`true`, withCheck: sql`true` });

export const timedOutUsers = pgTable(
  'timed_out_users',
  {
    id: id().primaryKey(),
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    moderatorId: id('moderator_id').references(() => profiles.id, { onDelete: 'set null' }),
    reason: text('reason').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    liftedAt: instant('lifted_at'),
    liftedBy: id('lifted_by').references(() => profiles.id, { onDelete: 'set null' }),
    ...beforeItsTime(),
  },
  (table) => [
    check('timed_out_users_cause', liftedCauses),
    index('timed_out_users_in_force')
      .on(table.channelId, table.userId, table.expiresAt.desc())
      .where(sql`lifted_at is null`),
    index('timed_out_users_person').on(table.userId),
    concernedRead(),
    ...moderatorWrites(),
    adminDoesAll(),
    systemDoesAll(),
  ],
).enableRLS();

export const bannedViewers = pgTable(
  'banned_viewers',
  {
    id: id().primaryKey(),
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    bannedBy: id('banned_by').references(() => profiles.id, { onDelete: 'set null' }),
    reason: text('reason').notNull(),
    category: text('category'),
    createdAt: instant('created_at').notNull(),
    /** Null: until lifted. */
    expiresAt: instant('expires_at'),
    liftedAt: instant('lifted_at'),
    liftedBy: id('lifted_by').references(() => profiles.id, { onDelete: 'set null' }),
    ...beforeItsTime(),
  },
  (table) => [
    check('banned_viewers_cause', liftedCauses),
    index('banned_viewers_in_force').on(table.channelId, table.userId).where(sql`lifted_at is null`),
    index('banned_viewers_person').on(table.userId),
    concernedRead(),
    ...moderatorWrites(),
    adminDoesAll(),
    systemDoesAll(),
  ],
).enableRLS();

export const adminPenalties = pgTable(
  'admin_penalties',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    severity: text('severity', { enum: ['temporary', 'permanent'] }).notNull(),
    reason: text('reason').notNull(),
    category: text('category'),
    durationHours: integer('duration_hours'),
    evidenceLink: text('evidence_link'),
    policyReference: text('policy_reference'),
    /** Null: the system (three strikes). */
    issuedBy: id('issued_by').references(() => profiles.id, { onDelete: 'set null' }),
    issuedAt: instant('issued_at').notNull(),
    /** Null: permanent. */
    expiresAt: instant('expires_at'),
    isActive: boolean('is_active').notNull().default(true),
    deactivatedAt: instant('deactivated_at'),
    deactivatedBy: id('deactivated_by').references(() => profiles.id, { onDelete: 'set null' }),
    /** `strikes`: the system's own, in force only while the strikes carry it (`app_penalty_holds`). */
    cause: text('cause', { enum: ['decision', 'strikes'] })
      .notNull()
      .default('decision'),
    deactivationReason: text('deactivation_reason'),
  },
  (table) => [
    index('admin_penalties_in_force').on(table.userId).where(sql`is_active`),
    uniqueIndex('admin_penalties_one_for_strikes').on(table.userId).where(sql`is_active and cause = 'strikes'`),
    index('admin_penalties_newest').on(table.issuedAt.desc(), table.id.desc()),
    check(
      'admin_penalties_cause',
      sql`cause = 'decision' or (cause = 'strikes' and severity = 'permanent' and issued_by is null)`,
    ),
    check('admin_penalties_severity', sql`severity in ('temporary', 'permanent')`),
    check('admin_penalties_end', sql`(severity = 'permanent') = (expires_at is null)`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    pgPolicy('admin_insert', { for: 'insert', to: ADMIN, withCheck: sql`issued_by = ${me}` }),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();
