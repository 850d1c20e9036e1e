/** Settings of the whole instance, each with the version of its shape. */
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { systemDoesAll } from './access.ts';
import { instant } from './columns.ts';

export const platformSettings = pgTable(
  'platform_settings',
  {
    key: text('key').primaryKey(),
    version: integer('version').notNull().default(1),
    value: jsonb('value').$type<unknown>().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [systemDoesAll()],
).enableRLS();
