/** What was decided about each item of the review queue, and what has to be undone to take it back. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';
import { moderatorReviewQueue, userViolations } from './review.ts';

export const moderationActions = pgTable(
  'moderation_actions',
  {
    id: id().primaryKey(),
    itemId: id('item_id')
      .notNull()
      .references(() => moderatorReviewQueue.id, { onDelete: 'cascade' }),
    /** Whom it concerns. */
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    kind: text('kind', {
      enum: ['approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate', 'penalty'],
    }).notNull(),
    actorId: id('actor_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** The person concerned reads it; of an escalation the note for the admins. */
    reason: text('reason').notNull(),
    policyReference: text('policy_reference'),
    minutes: integer('minutes'),
    escalationTrigger: text('escalation_trigger', {
      enum: ['hate_speech', 'threats', 'minors', 'staff_impersonation', 'racism', 'multi_violation'],
    }),
    /** What the item was before. */
    statusBefore: text('status_before', { enum: ['pending', 'escalated'] }).notNull(),
    /** What the text was before; null when it was left alone. */
    contentBefore: text('content_before', { enum: ['held', 'published', 'blocked', 'removed', 'rejected'] }),
    /** The violation that this decision made, of a text that people reported. */
    violationId: id('violation_id').references(() => userViolations.id, { onDelete: 'set null' }),
    notificationId: id('notification_id'),
    statementId: id('statement_id'),
    timeoutId: id('timeout_id'),
    banId: id('ban_id'),
    strikeId: id('strike_id'),
    penaltyId: id('penalty_id'),
    /** The report of the same text that was resolved with it. */
    reportId: id('report_id'),
    /** What its reporters were told. */
    reporterNotices: text('reporter_notices').array().notNull().default(sql`'{}'`),
    /** The decision's event in the audit log. */
    receipt: id('receipt'),
    createdAt: instant('created_at').notNull(),
    /** Until then, and not at that moment any more, whoever decided can take it back. */
    undoableUntil: instant('undoable_until'),
    undoneAt: instant('undone_at'),
  },
  (table) => [
    uniqueIndex('moderation_actions_one_decision')
      .on(table.itemId)
      .where(sql`undone_at is null and kind <> 'escalate'`),
    index('moderation_actions_item').on(table.itemId, table.id),
    index('moderation_actions_person').on(table.userId, table.id.desc()),
    index('moderation_actions_actor').on(table.actorId, table.id.desc()),
    check(
      'moderation_actions_kind',
      sql`kind in ('approve', 'reject', 'timeout', 'warning', 'strike', 'ban', 'escalate', 'penalty')`,
    ),
    check('moderation_actions_minutes', sql`(kind = 'timeout') = (minutes is not null)`),
    check('moderation_actions_trigger', sql`(kind = 'escalate') = (escalation_trigger is not null)`),
    check('moderation_actions_before', sql`status_before in ('pending', 'escalated')`),
    check('moderation_actions_content', sql`content_before in ('held', 'published', 'blocked', 'removed', 'rejected')`),
    check('moderation_actions_undone', sql`undone_at is null or undoable_until is not null`),
    // Whoever may read the item may read what was decided about it.
    pgPolicy('with_the_item', {
      for: 'select',
      to: USER,
      using: sql`exists (select from moderator_review_queue as waiting where waiting.id = item_id)`,
    }),
    systemDoesAll(),
  ],
).enableRLS();
