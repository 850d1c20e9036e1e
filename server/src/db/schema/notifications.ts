/** The inbox, and what of it goes out by e-mail. */
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgPolicy, pgTable, text } from 'drizzle-orm/pg-core';
import { me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

export const notifications = pgTable(
  'notifications',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** Stable; picks translation and link. */
    kind: text('kind').notNull(),
    /** The English letter of the notice. */
    text: text('text').notNull(),
    data: jsonb('data').$type<Record<string, string>>().notNull().default({}),
    /** Whose action caused it; null for the system. Not shown. */
    sentBy: id('sent_by').references(() => profiles.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    /** Not null: its decision may still be undone, and nobody reads it yet. Delivery clears it. */
    heldUntil: instant('held_until'),
    /** What it is about: picks the filter of the inbox, and whether it goes out by e-mail. */
    topic: text('topic', { enum: ['decisions', 'money', 'social', 'account'] })
      .notNull()
      .default('account'),
  },
  (table) => [
    index('notifications_inbox').on(table.userId, table.id.desc()),
    index('notifications_unread').on(table.userId).where(sql`read_at is null`),
    index('notifications_topic').on(table.userId, table.topic, table.id.desc()),
    check('notifications_topic', sql`topic in ('decisions', 'money', 'social', 'account')`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me} and held_until is null` }),
    pgPolicy('own_mark_read', {
      for: 'update',
      to: USER,
      using: sql`user_id = ${me} and held_until is null`,
      withCheck: sql`user_id = ${me}`,
    }),
    // A notice is written in the transaction of the act it tells of, so whoever acts may write one, in their own name.
    pgPolicy('send_in_own_name', { for: 'insert', to: USER, withCheck: sql`sent_by = ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();

/** No row: decisions alone. */
export const mailPreferences = pgTable(
  'mail_preferences',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    notices: text('notices', { enum: ['all', 'decisions', 'required'] })
      .notNull()
      .default('decisions'),
    /** It refused a letter for good: nothing more goes there until its owner says so, or has another. */
    refusedAddress: text('refused_address'),
    refusedAt: instant('refused_at'),
    refusedBecause: text('refused_because'),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [
    check('mail_preferences_notices', sql`notices in ('all', 'decisions', 'required')`),
    check('mail_preferences_refused', sql`num_nonnulls(refused_address, refused_at, refused_because) in (0, 3)`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('own_insert', { for: 'insert', to: USER, withCheck: sql`user_id = ${me}` }),
    pgPolicy('own_update', {
      for: 'update',
      to: USER,
      using: sql`user_id = ${me}`,
      withCheck: sql`user_id = ${me}`,
    }),
    systemDoesAll(),
  ],
).enableRLS();

/** Letters to send, one a notice. */
export const noticeMails = pgTable(
  'notice_mails',
  {
    notificationId: id('notification_id')
      .primaryKey()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    state: text('state', { enum: ['waiting', 'sent', 'refused', 'given_up', 'not_wanted'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: instant('next_try_at').notNull(),
    /** Real time: whoever sends it works on it until then. */
    leaseUntil: instant('lease_until'),
    /** What the other side answered. */
    problem: text('problem'),
    createdAt: instant('created_at').notNull(),
    doneAt: instant('done_at'),
  },
  (table) => [
    index('notice_mails_waiting').on(table.nextTryAt).where(sql`state = 'waiting'`),
    index('notice_mails_person').on(table.userId),
    check('notice_mails_state', sql`state in ('waiting', 'sent', 'refused', 'given_up', 'not_wanted')`),
    systemDoesAll(),
  ],
).enableRLS();
