/** The rules of the house: versions that nobody can change (a trigger refuses it), and one draft of each next one. */
import type { PolicyContent } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import { check, date, integer, jsonb, pgPolicy, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { ADMIN, everybodyReads, me, systemDoesAll } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

export const policyVersions = pgTable(
  'policy_versions',
  {
    policyId: text('policy_id').notNull(),
    version: integer('version').notNull(),
    /** A day of the calendar in UTC. */
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    content: jsonb('content').$type<PolicyContent>().notNull(),
    publishedAt: instant('published_at').notNull(),
    /** Null: it came with the software, or whoever wrote it is gone. */
    publishedBy: id('published_by').references(() => profiles.id, { onDelete: 'set null' }),
  },
  (table) => [
    primaryKey({ columns: [table.policyId, table.version] }),
    check('policy_versions_number', sql`version between 1 and 9999`),
    everybodyReads(),
    pgPolicy('admin_insert', { for: 'insert', to: ADMIN, withCheck: sql`published_by = ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();

export const policyDrafts = pgTable(
  'policy_drafts',
  {
    policyId: text('policy_id').primaryKey(),
    baseVersion: integer('base_version').notNull(),
    content: jsonb('content').$type<PolicyContent>().notNull(),
    revision: integer('revision').notNull(),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: id('updated_by').references(() => profiles.id, { onDelete: 'set null' }),
  },
  () => [pgPolicy('admin_all', { for: 'all', to: ADMIN, using: sql`true`, withCheck: sql`true` }), systemDoesAll()],
).enableRLS();
