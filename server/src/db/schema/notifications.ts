/** The inbox. */
import { sql } from 'drizzle-orm';
import { index, jsonb, pgPolicy, pgTable, text } from 'drizzle-orm/pg-core';
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
  },
  (table) => [
    index('notifications_inbox').on(table.userId, table.id.desc()),
    index('notifications_unread').on(table.userId).where(sql`read_at is null`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('own_mark_read', {
      for: 'update',
      to: USER,
      using: sql`user_id = ${me}`,
      withCheck: sql`user_id = ${me}`,
    }),
    // A notice is written in the transaction of the act it tells of, so whoever acts may write one, in their own name.
    pgPolicy('send_in_own_name', { for: 'insert', to: USER, withCheck: sql`sent_by = ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();
