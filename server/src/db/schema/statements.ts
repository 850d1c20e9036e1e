/** Why something was restricted, as the person concerned was told, and what the public database was told of it. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

export const statementsOfReasons = pgTable(
  'statements_of_reasons',
  {
    id: id().primaryKey(),
    /** Null once that account is gone. */
    userId: id('user_id').references(() => profiles.id, { onDelete: 'set null' }),
    decisionKind: text('decision_kind').notNull(),
    decisionId: id('decision_id').notNull(),
    restriction: text('restriction').notNull(),
    subjectType: text('subject_type'),
    subjectId: id('subject_id'),
    /** As it was called then. */
    subjectTitle: text('subject_title'),
    subjectAt: instant('subject_at'),
    /** The words of whoever decided. */
    reason: text('reason').notNull(),
    ground: text('ground', { enum: ['illegal', 'terms'] }).notNull(),
    /** The rule or the law, by name. */
    rule: text('rule').notNull(),
    explanation: text('explanation').notNull(),
    category: text('category').notNull(),
    source: text('source').notNull(),
    automatedDetection: boolean('automated_detection').notNull(),
    automatedDecision: text('automated_decision', { enum: ['none', 'partly', 'fully'] }).notNull(),
    /** Null: until it is lifted. */
    endsAt: instant('ends_at'),
    /** The strike warning: the letter's last paragraph. */
    warning: text('warning'),
    appealType: text('appeal_type'),
    appealId: id('appeal_id'),
    /** The English letter, as it lies in the inbox. */
    letter: text('letter').notNull(),
    notificationId: id('notification_id').notNull(),
    /** The decision's event in the audit log. */
    receipt: id('receipt'),
    issuedBy: id('issued_by').references(() => profiles.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    /** The restriction was taken back: our own record of it, the public database knows no correction. */
    reversedAt: instant('reversed_at'),
    reversedBecause: text('reversed_because'),
    /** The rule in the words of that day: `community-rules/3#insults`. Null in older ones. */
    policyReference: text('policy_reference'),
    /** Waits with its notice: the decision may still be undone, and then nothing of it was ever told. */
    heldUntil: instant('held_until'),
  },
  (table) => [
    uniqueIndex('statements_of_reasons_once').on(table.decisionKind, table.decisionId),
    index('statements_of_reasons_person').on(table.userId, table.id.desc()),
    index('statements_of_reasons_subject').on(table.subjectType, table.subjectId),
    index('statements_of_reasons_time').on(table.createdAt.desc(), table.id.desc()),
    check('statements_of_reasons_ground', sql`ground in ('illegal', 'terms')`),
    check('statements_of_reasons_automated', sql`automated_decision in ('none', 'partly', 'fully')`),
    check('statements_of_reasons_appeal', sql`(appeal_type is null) = (appeal_id is null)`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me} and held_until is null` }),
    adminReads(),
    pgPolicy('admin_insert', { for: 'insert', to: ADMIN, withCheck: sql`issued_by = ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();

export const statementExports = pgTable(
  'statement_exports',
  {
    statementId: id('statement_id')
      .primaryKey()
      .references(() => statementsOfReasons.id, { onDelete: 'cascade' }),
    state: text('state', { enum: ['sent', 'refused'] }).notNull(),
    /** What the other side did not like. */
    problem: text('problem'),
    triedAt: instant('tried_at').notNull(),
  },
  () => [check('statement_exports_state', sql`state in ('sent', 'refused')`), adminReads(), systemDoesAll()],
).enableRLS();
