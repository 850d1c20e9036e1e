/** What was found in texts, and the items that wait for a moderator. */
import type { Category } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgPolicy,
  pgTable,
  real,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import {
  ADMIN,
  adminReads,
  channelsIModerate,
  channelsIModerateAsArray,
  me,
  STAFF,
  systemDoesAll,
  USER,
} from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const SOURCE_TYPES = ['live', 'comment', 'inboxMessage'] as const;
const sourceTypes = sql`source_type in ('live', 'comment', 'inboxMessage')`;

export const userViolations = pgTable(
  'user_violations',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** Who found it. */
    source: text('source', { enum: ['auto', 'moderator', 'report'] }).notNull(),
    sourceType: text('source_type', { enum: SOURCE_TYPES }).notNull(),
    contentId: id('content_id').notNull(),
    streamId: id('stream_id'),
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    /** As it was written, and as the classifier read it. */
    content: text('content').notNull(),
    normalisedText: text('normalised_text').notNull(),
    riskScore: real('risk_score').notNull(),
    category: text('category').$type<Category>().notNull(),
    /** 0–1 for each category that was looked at. */
    breakdown: jsonb('breakdown').$type<Partial<Record<Category, number>>>().notNull().default({}),
    classifier: text('classifier').notNull(),
    classifierVersion: text('classifier_version').notNull(),
    /** The rule or label that decided. */
    rule: text('rule').notNull(),
    /** The thresholds of that moment. */
    holdAt: real('hold_at').notNull(),
    blockAt: real('block_at').notNull(),
    action: text('action', { enum: ['held', 'blocked', 'rejected', 'warned', 'struck', 'reported'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    /** Null while it counts against the person. */
    resolvedAt: instant('resolved_at'),
    resolvedBecause: text('resolved_because', { enum: ['approved', 'appeal', 'undone', 'decision'] }),
  },
  (table) => [
    index('user_violations_person').on(table.userId, table.createdAt.desc(), table.id.desc()),
    index('user_violations_content').on(table.contentId),
    index('user_violations_channel').on(table.channelId, table.createdAt.desc()),
    index('user_violations_blocked').on(table.userId, table.streamId, table.createdAt).where(sql`action = 'blocked'`),
    check('user_violations_source', sql`source in ('auto', 'moderator', 'report')`),
    check('user_violations_source_type', sourceTypes),
    check('user_violations_score', sql`risk_score between 0 and 1`),
    check('user_violations_action', sql`action in ('held', 'blocked', 'rejected', 'warned', 'struck', 'reported')`),
    check('user_violations_resolved', sql`(resolved_at is null) = (resolved_because is null)`),
    check('user_violations_because', sql`resolved_because in ('approved', 'appeal', 'undone', 'decision')`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('moderator_read', {
      for: 'select',
      to: USER,
      using: sql`channel_id = any (${channelsIModerateAsArray})`,
    }),
    // Who decides on an item sees what was found in the text.
    pgPolicy('assigned_read', {
      for: 'select',
      to: STAFF,
      using: sql`user_id <> ${me} and id in (
        select violation_id from moderator_review_queue where assigned_moderator_id = ${me}
      )`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const moderatorReviewQueue = pgTable(
  'moderator_review_queue',
  {
    id: id().primaryKey(),
    /** Null where nobody is blamed: somebody wrote of harming themselves. */
    violationId: id('violation_id').references(() => userViolations.id, { onDelete: 'set null' }),
    /** Who wrote it. */
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** False: people reported it. */
    reportedByAi: boolean('reported_by_ai').notNull().default(true),
    sourceType: text('source_type', { enum: SOURCE_TYPES }).notNull(),
    contentId: id('content_id').notNull(),
    contentPreview: text('content_preview').notNull(),
    contentCreatedAt: instant('content_created_at').notNull(),
    riskScore: real('risk_score').notNull(),
    category: text('category').$type<Category>().notNull(),
    /** Before everything else, whatever it scored: children may be in danger. */
    headsQueue: boolean('heads_queue').notNull().default(false),
    /** Whose moderators may decide; null for comments and messages, which are assigned. */
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    streamId: id('stream_id'),
    videoId: id('video_id'),
    assignedModeratorId: id('assigned_moderator_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** A claim holds while the clock has not passed its end. */
    claimedBy: id('claimed_by').references(() => profiles.id, { onDelete: 'set null' }),
    claimedAt: instant('claimed_at'),
    claimExpiresAt: instant('claim_expires_at'),
    resolutionStatus: text('resolution_status', { enum: ['pending', 'approved', 'rejected', 'escalated'] })
      .notNull()
      .default('pending'),
    resolutionTimestamp: instant('resolution_timestamp'),
    resolvedBy: id('resolved_by').references(() => profiles.id, { onDelete: 'set null' }),
    moderatorNotes: text('moderator_notes'),
    escalatedBy: id('escalated_by').references(() => profiles.id, { onDelete: 'set null' }),
    escalatedAt: instant('escalated_at'),
    escalationTrigger: text('escalation_trigger', {
      enum: ['hate_speech', 'threats', 'minors', 'staff_impersonation', 'racism', 'multi_violation'],
    }),
    escalationNote: text('escalation_note'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('moderator_review_queue_one_open')
      .on(table.contentId)
      .where(sql`resolution_status in ('pending', 'escalated')`),
    index('moderator_review_queue_riskiest')
      .on(table.headsQueue.desc(), table.riskScore.desc(), table.id.desc())
      .where(sql`resolution_status = 'pending'`),
    index('moderator_review_queue_channel_riskiest')
      .on(table.channelId, table.headsQueue.desc(), table.riskScore.desc(), table.id.desc())
      .where(sql`resolution_status = 'pending'`),
    index('moderator_review_queue_oldest')
      .on(table.headsQueue.desc(), table.id)
      .where(sql`resolution_status = 'pending'`),
    index('moderator_review_queue_channel').on(table.channelId, table.resolutionStatus, table.id.desc()),
    index('moderator_review_queue_assigned').on(table.assignedModeratorId, table.resolutionStatus, table.id.desc()),
    index('moderator_review_queue_escalations')
      .on(table.escalatedAt, table.id)
      .where(sql`resolution_status = 'escalated'`),
    // What admins decide, or decided: passed on, or nobody else's to take.
    index('moderator_review_queue_for_admins')
      .on(table.id)
      .where(sql`escalated_at is not null or (assigned_moderator_id is null and channel_id is null)`),
    index('moderator_review_queue_person').on(table.userId, table.id.desc()),
    index('moderator_review_queue_violation').on(table.violationId),
    check('moderator_review_queue_source_type', sourceTypes),
    check('moderator_review_queue_score', sql`risk_score between 0 and 1`),
    check('moderator_review_queue_status', sql`resolution_status in ('pending', 'approved', 'rejected', 'escalated')`),
    check(
      'moderator_review_queue_resolved',
      sql`(resolution_status in ('approved', 'rejected')) = (resolution_timestamp is not null)`,
    ),
    check(
      'moderator_review_queue_claim',
      sql`num_nonnulls(claimed_by, claimed_at, claim_expires_at) in (0, 3) or claimed_by is null`,
    ),
    check(
      'moderator_review_queue_trigger',
      sql`escalation_trigger in ('hate_speech', 'threats', 'minors', 'staff_impersonation', 'racism', 'multi_violation')`,
    ),
    check(
      'moderator_review_queue_escalated',
      sql`resolution_status <> 'escalated' or (escalated_at is not null and escalation_trigger is not null)`,
    ),
    // Whoever wrote it does not sit in judgement on it, nor read what is noted there.
    pgPolicy('moderator_read', {
      for: 'select',
      to: USER,
      using: sql`user_id <> ${me} and channel_id = any (${channelsIModerateAsArray})`,
    }),
    pgPolicy('assigned_read', {
      for: 'select',
      to: STAFF,
      using: sql`user_id <> ${me} and assigned_moderator_id = ${me}`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Where a channel is stricter than the platform. */
export const channelThresholds = pgTable(
  'channel_thresholds',
  {
    channelId: id('channel_id')
      .primaryKey()
      .references(() => channels.id, { onDelete: 'cascade' }),
    hold: doublePrecision('hold').notNull(),
    block: doublePrecision('block').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [
    check('channel_thresholds_order', sql`hold >= 0 and hold <= block and block <= 1`),
    pgPolicy('moderator_all', {
      for: 'all',
      to: USER,
      using: sql`channel_id in ${channelsIModerate}`,
      withCheck: sql`channel_id in ${channelsIModerate}`,
    }),
    pgPolicy('admin_all', { for: 'all', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();
