/** A creator's permanent place: the channel, its people, its followers, its stream key. */
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgPolicy, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, channelsIModerate, everybodyReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const REALMS = ['inferno', 'purgatorio', 'paradiso'] as const;

export const channels = pgTable(
  'channels',
  {
    /** The owner's profile id. */
    id: id()
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    description: text('description').notNull().default(''),
    defaultTitle: text('default_title').notNull().default(''),
    defaultRealm: text('default_realm', { enum: REALMS }).notNull().default('purgatorio'),
    defaultCategory: text('default_category').notNull().default(''),
    record: boolean('record').notNull().default(true),
    /** What a month as a patron costs, in minor units; null while the channel offers none. */
    patronAmount: integer('patron_amount'),
    patronCurrency: text('patron_currency', { enum: ['USD', 'EUR', 'GBP'] }),
    /** Kept right by a trigger on `follows`, whose rows only the people concerned may read. */
    followers: integer('followers').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  () => [
    check('channels_realm', sql`default_realm in ('inferno', 'purgatorio', 'paradiso')`),
    check(
      'channels_patron_price',
      sql`(patron_amount is null) = (patron_currency is null)
        and (patron_amount is null or (patron_amount between 100 and 10000 and patron_currency in ('USD', 'EUR', 'GBP')))`,
    ),
    everybodyReads(),
    pgPolicy('owner_update', { for: 'update', to: USER, using: sql`id = ${me}`, withCheck: sql`id = ${me}` }),
    systemDoesAll(),
  ],
).enableRLS();

export const streamKeys = pgTable(
  'stream_keys',
  {
    channelId: id('channel_id')
      .primaryKey()
      .references(() => channels.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('stream_keys_key').on(table.key),
    pgPolicy('owner_all', {
      for: 'all',
      to: USER,
      using: sql`channel_id = ${me}`,
      withCheck: sql`channel_id = ${me}`,
    }),
    systemDoesAll(),
  ],
).enableRLS();

export const channelMembers = pgTable(
  'channel_members',
  {
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['moderator', 'vip', 'patron'] }).notNull(),
    /** A patron may be both, and stays one while either holds. */
    source: text('source', { enum: ['granted', 'paid'] })
      .notNull()
      .default('granted'),
    grantedBy: id('granted_by').references(() => profiles.id, { onDelete: 'set null' }),
    since: instant('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.userId, table.role, table.source] }),
    index('channel_members_user').on(table.userId),
    check('channel_members_role', sql`role in ('moderator', 'vip', 'patron')`),
    check('channel_members_source', sql`source in ('granted', 'paid') and (source = 'granted' or role = 'patron')`),
    pgPolicy('concerned_read', {
      for: 'select',
      to: USER,
      using: sql`user_id = ${me} or channel_id in ${channelsIModerate}`,
    }),
    pgPolicy('owner_grants', {
      for: 'insert',
      to: USER,
      withCheck: sql`channel_id = ${me} and source = 'granted'`,
    }),
    pgPolicy('owner_revokes', { for: 'delete', to: USER, using: sql`channel_id = ${me} and source = 'granted'` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const follows = pgTable(
  'follows',
  {
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    since: instant('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.userId] }),
    index('follows_user').on(table.userId, table.since.desc()),
    check('follows_not_self', sql`channel_id <> user_id`),
    pgPolicy('concerned_read', {
      for: 'select',
      to: USER,
      using: sql`user_id = ${me} or channel_id in ${channelsIModerate}`,
    }),
    pgPolicy('own_insert', { for: 'insert', to: USER, withCheck: sql`user_id = ${me}` }),
    pgPolicy('own_delete', { for: 'delete', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
