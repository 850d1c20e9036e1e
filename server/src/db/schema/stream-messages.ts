/**
 * Chat. Partitioned by month on `created_at`, made ahead by a job; a DEFAULT partition catches what no month
 * covers. Each partition carries its own unique (stream_id, seq) and (stream_id, user_id, client_id).
 */
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgPolicy, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core';
import {
  adminReads,
  channelsIModerate,
  channelsIPatronise,
  EVERYBODY,
  me,
  STAFF,
  systemDoesAll,
  USER,
} from './access.ts';
import { id, instant } from './columns.ts';

export const streamMessages = pgTable(
  'stream_messages',
  {
    /** UUIDv7: order of arrival. */
    id: id().notNull(),
    streamId: id('stream_id').notNull(),
    /** Copied from the stream, so that the policies need no join on the hot path. */
    channelId: id('channel_id').notNull(),
    patronOnly: boolean('patron_only').notNull().default(false),
    userId: id('user_id').notNull(),
    displayName: text('display_name').notNull(),
    message: text('message').notNull(),
    danteRealm: text('dante_realm', { enum: ['inferno', 'purgatorio', 'paradiso'] }).notNull(),
    badges: text('badges').array().notNull().default(sql`'{}'`),
    /** Place in the room; an approved message gets a new one. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    status: text('status', { enum: ['published', 'held', 'blocked', 'removed', 'rejected'] }).notNull(),
    riskScore: real('risk_score').notNull().default(0),
    category: text('category'),
    /** Which classifier decided, e.g. `rules`. */
    scoredBy: text('scored_by').notNull(),
    /** What the author's client called it: a re-send finds the first. */
    clientId: text('client_id'),
    createdAt: instant('created_at').notNull(),
    approvedAt: instant('approved_at'),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.createdAt] }),
    index('stream_messages_newest').on(table.streamId, table.id.desc()),
    index('stream_messages_seq').on(table.streamId, table.seq),
    index('stream_messages_author').on(table.userId, table.createdAt.desc()),
    index('stream_messages_time').using('brin', table.createdAt),
    check('stream_messages_status', sql`status in ('published', 'held', 'blocked', 'removed', 'rejected')`),
    check('stream_messages_score', sql`risk_score between 0 and 1`),
    pgPolicy('public_read', {
      for: 'select',
      to: EVERYBODY,
      using: sql`status = 'published' and not patron_only`,
    }),
    pgPolicy('patron_read', {
      for: 'select',
      to: USER,
      using: sql`status = 'published' and patron_only and channel_id in ${channelsIPatronise}`,
    }),
    pgPolicy('staff_read', { for: 'select', to: STAFF, using: sql`status = 'published' and ${me} is not null` }),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    pgPolicy('moderator_read', { for: 'select', to: USER, using: sql`channel_id in ${channelsIModerate}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
