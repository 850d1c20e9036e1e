/** What people pay for every month: patronages of a channel, tiers of the platform, and each attempt at charging them. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgPolicy, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;
const PAID_TIERS = ['pro', 'premium'] as const;

export const subscriptions = pgTable(
  'subscriptions',
  {
    id: id().primaryKey(),
    kind: text('kind', { enum: ['patronage', 'tier'] }).notNull(),
    subscriberId: id('subscriber_id').references(() => profiles.id, { onDelete: 'set null' }),
    /** Of a patronage. */
    channelId: id('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    /** Of a tier. */
    tier: text('tier', { enum: PAID_TIERS }),
    /** `pending`: the first payment is on its way; `grace`: a renewal failed and is tried again. */
    status: text('status', { enum: ['pending', 'active', 'grace', 'ended'] })
      .notNull()
      .default('pending'),
    /** What a month costs now, in minor units. */
    amount: integer('amount').notNull(),
    currency: text('currency', { enum: CURRENCIES }).notNull(),
    /** What a period that begins at `next_from` or later costs, or is. */
    nextAmount: integer('next_amount'),
    nextCurrency: text('next_currency', { enum: CURRENCIES }),
    nextTier: text('next_tier', { enum: PAID_TIERS }),
    nextFrom: instant('next_from'),
    /** Day of the month on which periods begin; the last day where a month is shorter. */
    anchorDay: integer('anchor_day'),
    periodStart: instant('period_start'),
    periodEnd: instant('period_end'),
    /** Attempts at the renewal that is due; 0 while none is. */
    attempts: integer('attempts').notNull().default(0),
    graceUntil: instant('grace_until'),
    /** Ends with the period that runs. */
    cancelledAt: instant('cancelled_at'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    endReason: text('end_reason'),
  },
  (table) => [
    uniqueIndex('subscriptions_one_patronage')
      .on(table.channelId, table.subscriberId)
      .where(sql`kind = 'patronage' and status <> 'ended'`),
    uniqueIndex('subscriptions_one_tier').on(table.subscriberId).where(sql`kind = 'tier' and status <> 'ended'`),
    index('subscriptions_of_person').on(table.subscriberId, table.id.desc()),
    index('subscriptions_of_channel').on(table.channelId, table.id.desc()),
    check('subscriptions_kind', sql`kind in ('patronage', 'tier')`),
    check(
      'subscriptions_tier',
      sql`(kind = 'tier') = (tier is not null) and (tier is null or tier in ('pro', 'premium'))`,
    ),
    check('subscriptions_next_tier', sql`next_tier is null or next_tier in ('pro', 'premium')`),
    check('subscriptions_status', sql`status in ('pending', 'active', 'grace', 'ended')`),
    check('subscriptions_amount', sql`amount between 100 and 100000`),
    check('subscriptions_currency', sql`currency in ('USD', 'EUR', 'GBP')`),
    check('subscriptions_not_self', sql`channel_id is null or subscriber_id is null or channel_id <> subscriber_id`),
    check('subscriptions_period', sql`status not in ('active', 'grace') or period_end is not null`),
    check('subscriptions_ended', sql`(status = 'ended') = (ended_at is not null)`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`subscriber_id = ${me}` }),
    pgPolicy('creator_read', { for: 'select', to: USER, using: sql`channel_id = ${me} and status <> 'pending'` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** One row an attempt; the one that is paid carries the period. */
export const subscriptionCharges = pgTable(
  'subscription_charges',
  {
    id: id().primaryKey(),
    subscriptionId: id('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    payerId: id('payer_id').references(() => profiles.id, { onDelete: 'set null' }),
    status: text('status', { enum: ['pending', 'paid', 'failed', 'refunded'] })
      .notNull()
      .default('pending'),
    amount: integer('amount').notNull(),
    currency: text('currency', { enum: CURRENCIES }).notNull(),
    /** Which tier this month buys. */
    tier: text('tier', { enum: PAID_TIERS }),
    paymentId: text('payment_id'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (table) => [
    index('subscription_charges_of_subscription').on(table.subscriptionId, table.id.desc()),
    index('subscription_charges_payer').on(table.payerId),
    uniqueIndex('subscription_charges_one_open').on(table.subscriptionId).where(sql`status = 'pending'`),
    check('subscription_charges_status', sql`status in ('pending', 'paid', 'failed', 'refunded')`),
    check('subscription_charges_amount', sql`amount between 100 and 100000`),
    check('subscription_charges_currency', sql`currency in ('USD', 'EUR', 'GBP')`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`payer_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
