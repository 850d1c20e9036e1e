/** Tips: who gave how much to whom on which stream, and what became of the words with it. */
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgPolicy, pgTable, real, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { livestreams } from './livestreams.ts';
import { profiles } from './profiles.ts';

export const tips = pgTable(
  'tips',
  {
    id: id().primaryKey(),
    streamId: id('stream_id').references(() => livestreams.id, { onDelete: 'set null' }),
    /** The creator who gets it. */
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    tipperId: id('tipper_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** Name and badges as they were shown. */
    displayName: text('display_name').notNull(),
    badges: text('badges').array().notNull().default(sql`'{}'`),
    /** Minor units, and how they are split. */
    amount: integer('amount').notNull(),
    currency: text('currency', { enum: ['USD', 'EUR', 'GBP'] }).notNull(),
    artistShare: integer('artist_share').notNull(),
    platformShare: integer('platform_share').notNull(),
    /** Shown only while `message_status` is `published`. */
    message: text('message').notNull().default(''),
    messageStatus: text('message_status', {
      enum: ['none', 'published', 'held', 'blocked', 'removed', 'rejected'],
    })
      .notNull()
      .default('none'),
    riskScore: real('risk_score').notNull().default(0),
    category: text('category'),
    scoredBy: text('scored_by'),
    reason: text('reason'),
    /** With its version; parsed where it is read. */
    judgement: jsonb('judgement'),
    /** The client's, one a person; the hash tells a retry from another request under the same key. */
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: text('status', { enum: ['pending', 'paid', 'failed', 'refunded'] })
      .notNull()
      .default('pending'),
    paymentId: text('payment_id'),
    refundedAmount: integer('refunded_amount').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
  },
  (table) => [
    uniqueIndex('tips_once').on(table.tipperId, table.idempotencyKey),
    index('tips_of_stream').on(table.streamId, table.paidAt.desc(), table.id.desc()).where(sql`paid_at is not null`),
    index('tips_of_channel').on(table.channelId, table.paidAt.desc(), table.id.desc()).where(sql`paid_at is not null`),
    index('tips_of_person').on(table.tipperId, table.id.desc()),
    check('tips_amount', sql`amount between 100 and 50000`),
    check('tips_shares', sql`artist_share + platform_share = amount and artist_share > 0 and platform_share >= 0`),
    check('tips_currency', sql`currency in ('USD', 'EUR', 'GBP')`),
    check('tips_status', sql`status in ('pending', 'paid', 'failed', 'refunded')`),
    check('tips_paid', sql`status not in ('paid', 'refunded') or paid_at is not null`),
    check(
      'tips_message_status',
      sql`message_status in ('none', 'published', 'held', 'blocked', 'removed', 'rejected')`,
    ),
    check('tips_refunded', sql`refunded_amount between 0 and amount`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`tipper_id = ${me}` }),
    pgPolicy('own_insert', {
      for: 'insert',
      to: USER,
      withCheck: sql`tipper_id = ${me} and status = 'pending' and paid_at is null and channel_id <> ${me}`,
    }),
    pgPolicy('creator_read', { for: 'select', to: USER, using: sql`channel_id = ${me} and paid_at is not null` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
