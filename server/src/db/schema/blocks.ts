/** Whom somebody keeps away, and whom they only do not want to read. Nobody else learns of either. */
import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const columns = {
  userId: id('user_id')
    .notNull()
    .references(() => profiles.id, { onDelete: 'cascade' }),
  otherId: id('other_id')
    .notNull()
    .references(() => profiles.id, { onDelete: 'cascade' }),
  since: instant('since').notNull(),
};
const ownAll = () =>
  pgPolicy('own_all', { for: 'all', to: USER, using: sql`user_id = ${me}`, withCheck: sql`user_id = ${me}` });

export const personBlocks = pgTable('person_blocks', columns, (table) => [
  primaryKey({ columns: [table.userId, table.otherId] }),
  index('person_blocks_latest').on(table.userId, table.since.desc(), table.otherId.desc()),
  index('person_blocks_other').on(table.otherId, table.userId),
  check('person_blocks_not_self', sql`user_id <> other_id`),
  ownAll(),
  systemDoesAll(),
]).enableRLS();

export const personMutes = pgTable('person_mutes', columns, (table) => [
  primaryKey({ columns: [table.userId, table.otherId] }),
  index('person_mutes_latest').on(table.userId, table.since.desc(), table.otherId.desc()),
  check('person_mutes_not_self', sql`user_id <> other_id`),
  ownAll(),
  systemDoesAll(),
]).enableRLS();
