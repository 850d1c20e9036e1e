/** Payments and what becomes of them, payouts, and the memory of the sandbox provider. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { adminReads, me, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

/** Minor units. */
const minor = (name: string) => bigint(name, { mode: 'bigint' });
const person = (name: string) => id(name).references(() => profiles.id, { onDelete: 'set null' });

export const payments = pgTable(
  'payments',
  {
    id: id().primaryKey(),
    purposeKind: text('purpose_kind', { enum: ['tip', 'patronage', 'tier'] }).notNull(),
    purposeId: text('purpose_id').notNull(),
    /** No references: the books stay after an account is gone. */
    payerId: id('payer_id').notNull(),
    payeeId: id('payee_id'),
    amount: minor('amount').notNull(),
    currency: text('currency').notNull(),
    description: text('description').notNull(),
    returnTo: text('return_to'),
    streamId: text('stream_id'),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: text('request_hash').notNull(),
    provider: text('provider').notNull(),
    checkoutId: text('checkout_id'),
    checkoutUrl: text('checkout_url'),
    /** What the provider's refunds and disputes name. */
    chargeId: text('charge_id'),
    status: text('status', { enum: ['created', 'pending', 'paid', 'failed'] }).notNull(),
    failure: text('failure'),
    /** The creator's part, fixed when it is paid; zero where nobody is paid. */
    payeeShare: minor('payee_share').notNull().default(0n),
    providerFee: minor('provider_fee').notNull().default(0n),
    refundedAmount: minor('refunded_amount').notNull().default(0n),
    disputeState: text('dispute_state', { enum: ['none', 'open', 'won', 'lost'] })
      .notNull()
      .default('none'),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
    availableAt: instant('available_at'),
    maturedAt: instant('matured_at'),
    /** What the ledger holds for this payment by account, in minor units as text. */
    posted: jsonb('posted').$type<unknown>().notNull().default({}),
    /** How many transfers made it so. */
    postings: integer('postings').notNull().default(0),
  },
  (table) => [
    uniqueIndex('payments_idempotency').on(table.payerId, table.purposeKind, table.idempotencyKey),
    uniqueIndex('payments_checkout').on(table.provider, table.checkoutId).where(sql`checkout_id is not null`),
    uniqueIndex('payments_charge').on(table.provider, table.chargeId).where(sql`charge_id is not null`),
    index('payments_of_payer').on(table.payerId, table.createdAt.desc(), table.id.desc()),
    index('payments_of_payee').on(table.payeeId, table.createdAt.desc(), table.id.desc()),
    index('payments_newest').on(table.createdAt.desc(), table.id.desc()),
    index('payments_purpose_row').on(table.purposeKind, table.purposeId),
    check('payments_purpose', sql`purpose_kind in ('tip', 'patronage', 'tier')`),
    check('payments_amount', sql`amount > 0`),
    check('payments_status', sql`status in ('created', 'pending', 'paid', 'failed')`),
    check('payments_paid', sql`(status = 'paid') = (paid_at is not null)`),
    check('payments_payee_share', sql`payee_share between 0 and amount`),
    check('payments_refunded', sql`refunded_amount between 0 and amount`),
    check('payments_dispute_state', sql`dispute_state in ('none', 'open', 'won', 'lost')`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`payer_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const paymentRefunds = pgTable(
  'payment_refunds',
  {
    id: id().primaryKey(),
    paymentId: id('payment_id')
      .notNull()
      .references(() => payments.id),
    amount: minor('amount').notNull(),
    status: text('status', { enum: ['requested', 'pending', 'succeeded', 'failed'] }).notNull(),
    providerRefundId: text('provider_refund_id'),
    /** Null for one made at the provider. */
    requestedBy: person('requested_by'),
    reason: text('reason').notNull(),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    /** The provider's time of what is known; older news change nothing. */
    knownAt: instant('known_at').notNull(),
  },
  (table) => [
    uniqueIndex('payment_refunds_provider').on(table.providerRefundId).where(sql`provider_refund_id is not null`),
    index('payment_refunds_of_payment').on(table.paymentId),
    check('payment_refunds_amount', sql`amount > 0`),
    check('payment_refunds_status', sql`status in ('requested', 'pending', 'succeeded', 'failed')`),
    pgPolicy('own_read', {
      for: 'select',
      to: USER,
      using: sql`payment_id in (select id from payments where payer_id = ${me})`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const paymentDisputes = pgTable(
  'payment_disputes',
  {
    id: id().primaryKey(),
    paymentId: id('payment_id')
      .notNull()
      .references(() => payments.id),
    providerDisputeId: text('provider_dispute_id').notNull(),
    amount: minor('amount').notNull(),
    fee: minor('fee').notNull().default(0n),
    status: text('status', { enum: ['open', 'won', 'lost'] }).notNull(),
    /** The provider's word for why. */
    reason: text('reason').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    knownAt: instant('known_at').notNull(),
  },
  (table) => [
    uniqueIndex('payment_disputes_provider').on(table.providerDisputeId),
    index('payment_disputes_of_payment').on(table.paymentId),
    index('payment_disputes_newest').on(table.openedAt.desc(), table.id.desc()),
    check('payment_disputes_amount', sql`amount > 0`),
    check('payment_disputes_status', sql`status in ('open', 'won', 'lost')`),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Every event a provider told us, once. Those about a payment that is not known yet wait for it. */
export const paymentEvents = pgTable(
  'payment_events',
  {
    provider: text('provider').notNull(),
    eventId: text('event_id').notNull(),
    kind: text('kind').notNull(),
    /** What it waits for, until it is there. */
    chargeId: text('charge_id'),
    at: instant('at').notNull(),
    receivedAt: instant('received_at').notNull(),
    appliedAt: instant('applied_at'),
    body: jsonb('body').$type<unknown>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.eventId] }),
    index('payment_events_waiting').on(table.provider, table.chargeId).where(sql`applied_at is null`),
    index('payment_events_newest').on(table.receivedAt.desc()),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** Whom the provider knows a payer as, so that what is paid for every month is charged again there. */
export const savedPayers = pgTable(
  'saved_payers',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    customerId: text('customer_id').notNull(),
    knownAt: instant('known_at').notNull(),
  },
  () => [systemDoesAll()],
).enableRLS();

/** Where a creator is paid out to: an account at the provider, never a bank account here. */
export const payoutAccounts = pgTable(
  'payout_accounts',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    accountId: text('account_id').notNull(),
    ready: boolean('ready').notNull(),
    createdAt: instant('created_at').notNull(),
    knownAt: instant('known_at').notNull(),
  },
  (table) => [
    uniqueIndex('payout_accounts_provider').on(table.provider, table.accountId),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const payouts = pgTable(
  'payouts',
  {
    id: id().primaryKey(),
    creatorId: id('creator_id').notNull(),
    amount: minor('amount').notNull(),
    currency: text('currency').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: text('request_hash').notNull(),
    provider: text('provider').notNull(),
    accountId: text('account_id').notNull(),
    providerTransferId: text('provider_transfer_id'),
    providerPayoutId: text('provider_payout_id'),
    status: text('status', { enum: ['requested', 'sent', 'paid', 'failed'] }).notNull(),
    failure: text('failure'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
    knownAt: instant('known_at').notNull(),
  },
  (table) => [
    uniqueIndex('payouts_idempotency').on(table.creatorId, table.idempotencyKey),
    uniqueIndex('payouts_provider')
      .on(table.provider, table.providerPayoutId)
      .where(sql`provider_payout_id is not null`),
    index('payouts_of_creator').on(table.creatorId, table.createdAt.desc(), table.id.desc()),
    index('payouts_newest').on(table.createdAt.desc(), table.id.desc()),
    check('payouts_amount', sql`amount > 0`),
    check('payouts_status', sql`status in ('requested', 'sent', 'paid', 'failed')`),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`creator_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const sandboxObjects = pgTable(
  'sandbox_objects',
  {
    id: id().primaryKey(),
    kind: text('kind', { enum: ['checkout', 'refund', 'recipient', 'transfer', 'payout'] }).notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    body: jsonb('body').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [uniqueIndex('sandbox_objects_idempotency').on(table.kind, table.idempotencyKey), systemDoesAll()],
).enableRLS();

export const sandboxEvents = pgTable(
  'sandbox_events',
  {
    id: id().primaryKey(),
    at: instant('at').notNull(),
    body: jsonb('body').$type<unknown>().notNull(),
    /** Null: its webhook is lost, and only asking finds it. */
    dueAt: instant('due_at'),
    sends: integer('sends').notNull().default(1),
  },
  (table) => [
    index('sandbox_events_due').on(table.dueAt, table.id).where(sql`sends > 0 and due_at is not null`),
    index('sandbox_events_newest').on(table.at, table.id),
    systemDoesAll(),
  ],
).enableRLS();
