/** What a moderator set for their own desk, and how much they looked at in the shift they are in. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgPolicy, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';
import { moderatorReviewQueue } from './review.ts';

const ownAll = () =>
  pgPolicy('own_all', { for: 'all', to: USER, using: sql`user_id = ${me}`, withCheck: sql`user_id = ${me}` });

export const deskSettings = pgTable(
  'desk_settings',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    version: integer('version').notNull().default(1),
    /** Only what the person chose; the rest follows the instance. */
    value: jsonb('value').$type<unknown>().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [ownAll(), systemDoesAll()],
).enableRLS();

/** The shift someone is in, or was in last: no history is kept. */
export const deskShifts = pgTable(
  'desk_shifts',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    beganAt: instant('began_at').notNull(),
    lastAt: instant('last_at').notNull(),
    /** Since when, and after how many looks, a break is counted from. */
    restedAt: instant('rested_at').notNull(),
    looksAtRest: integer('looks_at_rest').notNull().default(0),
  },
  () => [ownAll(), systemDoesAll()],
).enableRLS();

/** Harsh items looked at in that shift, each once. */
export const deskLooks = pgTable(
  'desk_looks',
  {
    userId: id('user_id')
      .notNull()
      .references(() => deskShifts.userId, { onDelete: 'cascade' }),
    itemId: id('item_id')
      .notNull()
      .references(() => moderatorReviewQueue.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.itemId] }),
    index('desk_looks_item').on(table.itemId),
    ownAll(),
    systemDoesAll(),
  ],
).enableRLS();
