/** Reports: one open report a subject, one voice a person who said so. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const REASONS = ['hate', 'harassment', 'violence', 'sexual', 'minors', 'spam', 'rights', 'other'] as const;

export const reports = pgTable(
  'reports',
  {
    id: id().primaryKey(),
    subjectType: text('subject_type', {
      enum: ['livestream', 'video', 'message', 'comment', 'direct_message', 'user'],
    }).notNull(),
    subjectId: text('subject_id').notNull(),
    /** Whose content it is; null once that account is gone. */
    subjectOwnerId: id('subject_owner_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** The first voice's reason, or `minors` as soon as one says so; each voice keeps its own. */
    reason: text('reason', { enum: REASONS }).notNull(),
    status: text('status', { enum: ['pending', 'approved', 'rejected'] })
      .notNull()
      .default('pending'),
    voices: integer('voices').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: id('resolved_by').references(() => profiles.id, { onDelete: 'set null' }),
    resolution: text('resolution'),
    /** Of someone who may not raise any: it opens nothing and is in no queue. */
    setAside: boolean('set_aside').notNull().default(false),
    /** Rejected as made to harm: counts against whoever made it. */
    isAbusive: boolean('is_abusive').notNull().default(false),
    /** The strike it led to; several reports of a day about one stream share one. */
    strikeId: id('strike_id'),
  },
  (table) => [
    uniqueIndex('reports_one_pending')
      .on(table.subjectType, table.subjectId)
      .where(sql`status = 'pending' and not set_aside`),
    index('reports_by_owner').on(table.subjectOwnerId, table.createdAt.desc()),
    index('reports_by_status').on(table.status, table.createdAt.desc(), table.id.desc()),
    index('reports_strike').on(table.strikeId),
    index('reports_subject').on(table.subjectType, table.subjectId),
    check(
      'reports_subject_type',
      sql`subject_type in ('livestream', 'video', 'message', 'comment', 'direct_message', 'user')`,
    ),
    check('reports_status', sql`status in ('pending', 'approved', 'rejected')`),
    check('reports_voices', sql`voices >= 1`),
    pgPolicy('reporter_read', {
      for: 'select',
      to: USER,
      using: sql`id in (select report_id from report_voices where reporter_id = ${me})`,
    }),
    adminReads(),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();

export const reportVoices = pgTable(
  'report_voices',
  {
    id: id().primaryKey(),
    reportId: id('report_id')
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    /** Never shown to the person reported. */
    reporterId: id('reporter_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    reason: text('reason', { enum: REASONS }).notNull(),
    description: text('description').notNull().default(''),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('report_voices_once').on(table.reportId, table.reporterId),
    index('report_voices_reporter').on(table.reporterId),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`reporter_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Someone whose reports are set aside for a while, because they kept making abusive ones. */
export const reportMutes = pgTable(
  'report_mutes',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** How many it took. */
    abusiveReports: integer('abusive_reports').notNull(),
    createdAt: instant('created_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    liftedAt: instant('lifted_at'),
    liftedBy: id('lifted_by').references(() => profiles.id, { onDelete: 'set null' }),
  },
  (table) => [
    index('report_mutes_person').on(table.userId, table.endsAt.desc()),
    check('report_mutes_end', sql`ends_at > created_at`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
