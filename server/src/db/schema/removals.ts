/** What was removed for which decision, and what it was before. The state it left is on the thing itself. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, jsonb, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import type { videoComments } from './comments.ts';
import type { directMessages } from './direct-messages.ts';
import { profiles } from './profiles.ts';

/** Stored with its version. A livestream that ended does not start again, so nothing is kept of it. */
export type StoredPrevious =
  | { readonly version: 1; readonly type: 'livestream' }
  | { readonly version: 1; readonly type: 'video'; readonly isPublic: boolean }
  | {
      readonly version: 1;
      readonly type: 'message';
      readonly status: 'published' | 'held' | 'blocked' | 'removed' | 'rejected';
    }
  | {
      readonly version: 1;
      readonly type: 'comment';
      readonly status: (typeof videoComments.$inferSelect)['status'];
    }
  | {
      readonly version: 1;
      readonly type: 'direct_message';
      readonly status: (typeof directMessages.$inferSelect)['status'];
    };

export const contentRemovals = pgTable(
  'content_removals',
  {
    id: id().primaryKey(),
    decisionKind: text('decision_kind', { enum: ['report', 'dmca', 'review', 'penalty'] }).notNull(),
    decisionId: id('decision_id').notNull(),
    subjectType: text('subject_type', {
      enum: ['livestream', 'video', 'message', 'comment', 'direct_message'],
    }).notNull(),
    subjectId: id('subject_id').notNull(),
    ownerId: id('owner_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** Not even its owner may watch it. */
    isWithheld: boolean('is_withheld').notNull().default(false),
    /** Before the first of the removals that are in force together. */
    previous: jsonb('previous').$type<StoredPrevious>().notNull(),
    removedBy: id('removed_by').references(() => profiles.id, { onDelete: 'set null' }),
    removedAt: instant('removed_at').notNull(),
    /** Null while it is in force. */
    restoredAt: instant('restored_at'),
  },
  (table) => [
    uniqueIndex('content_removals_once')
      .on(table.decisionKind, table.decisionId, table.subjectType, table.subjectId)
      .where(sql`restored_at is null`),
    index('content_removals_in_force').on(table.subjectType, table.subjectId).where(sql`restored_at is null`),
    index('content_removals_owner').on(table.ownerId),
    check('content_removals_decision', sql`decision_kind in ('report', 'dmca', 'review', 'penalty')`),
    check(
      'content_removals_subject',
      sql`subject_type in ('livestream', 'video', 'message', 'comment', 'direct_message')`,
    ),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`owner_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
