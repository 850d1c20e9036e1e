/** The ledger: accounts, transfers, their entries. Append-only; written by `ledger_post` alone (migration 0015). */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
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

/** Transaction ids that never wrap: who saw what is decided by them, not by sequences. */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
const minorUnits = (name: string) => bigint(name, { mode: 'bigint' });
const myAccounts = sql`(select id from ledger_accounts where owner_id = ${me})`;

export const currencies = pgTable(
  'currencies',
  {
    /** ISO 4217. */
    code: text('code').primaryKey(),
    /** How many digits of the amount stand behind the point. */
    exponent: integer('exponent').notNull(),
    isAccepted: boolean('is_accepted').notNull(),
  },
  () => [
    check('currencies_code', sql`code ~ '^[A-Z]{3}$'`),
    check('currencies_exponent', sql`exponent between 0 and 4`),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    /** `creator:<profile>:available`, `platform:fees`, … */
    id: id().primaryKey(),
    /** Whose money it is; null for the platform's. No reference: the books outlive accounts. */
    ownerId: id('owner_id'),
    purpose: text('purpose').notNull(),
    /** May not go below zero, except by what is taken back. */
    isFloored: boolean('is_floored').notNull(),
  },
  (table) => [
    index('ledger_accounts_owner').on(table.ownerId).where(sql`owner_id is not null`),
    check(
      'ledger_accounts_purpose',
      sql`case when owner_id is null
        then id = 'platform:' || purpose
        else id = 'creator:' || owner_id || ':' || purpose and purpose in ('available', 'pending', 'held') and is_floored
      end`,
    ),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`owner_id = ${me}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const ledgerTransfers = pgTable(
  'ledger_transfers',
  {
    id: id().primaryKey(),
    /** What makes a repetition harmless; unique for ever. */
    key: text('key').notNull(),
    /** SHA-256 of what was asked for under the key. */
    requestHash: text('request_hash').notNull(),
    kind: text('kind').notNull(),
    currency: text('currency').notNull(),
    /** The transfer of which this gives back all or a part. */
    reverses: id('reverses').references((): AnyPgColumn => ledgerTransfers.id),
    streamId: id('stream_id'),
    /** Taken whether or not it is there: refunds and chargebacks. */
    isForced: boolean('is_forced').notNull(),
    /** Ids and numbers only. */
    memo: jsonb('memo').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull(),
    /** `at`, or the end of the last closed day when that was closed before this came. */
    postedAt: instant('posted_at').notNull(),
    postedXid: xid8('posted_xid').notNull(),
  },
  (table) => [
    uniqueIndex('ledger_transfers_key').on(table.key),
    index('ledger_transfers_posted').on(table.postedAt),
    index('ledger_transfers_reverses').on(table.reverses).where(sql`reverses is not null`),
    index('ledger_transfers_stream').on(table.streamId).where(sql`stream_id is not null`),
    pgPolicy('own_read', {
      for: 'select',
      to: USER,
      using: sql`exists (select from ledger_entries e where e.transfer_id = ledger_transfers.id
        and e.account_id in ${myAccounts})`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    transferId: id('transfer_id').notNull(),
    accountId: id('account_id').notNull(),
    currency: text('currency').notNull(),
    /** Minor units; below zero takes away. A transfer's entries sum to zero. */
    amount: minorUnits('amount').notNull(),
    postedXid: xid8('posted_xid').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.transferId, table.accountId] }),
    index('ledger_entries_balance').on(table.accountId, table.currency, table.postedXid),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`account_id in ${myAccounts}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

export const ledgerSnapshots = pgTable(
  'ledger_snapshots',
  {
    accountId: id('account_id').notNull(),
    currency: text('currency').notNull(),
    balance: minorUnits('balance').notNull(),
    entries: minorUnits('entries').notNull(),
    /** Entries of older transactions are in the sum, all others are not. */
    belowXid: xid8('below_xid').notNull(),
    takenAt: instant('taken_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.currency] }),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`account_id in ${myAccounts}` }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** What a day's entries were when it was closed. */
export const ledgerDigests = pgTable(
  'ledger_digests',
  {
    /** `2027-01-31`, in UTC. */
    day: text('day').primaryKey(),
    until: instant('until').notNull(),
    entries: minorUnits('entries').notNull(),
    sha256: text('sha256').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  () => [adminReads(), systemDoesAll()],
).enableRLS();

export const ledgerChecks = pgTable(
  'ledger_checks',
  {
    id: id().primaryKey(),
    at: instant('at').notNull(),
    /** The admin who asked; null for the nightly job. */
    askedBy: id('asked_by'),
    isSound: boolean('is_sound').notNull(),
    findings: jsonb('findings').$type<unknown>().notNull(),
  },
  (table) => [index('ledger_checks_newest').on(table.at.desc()), adminReads(), systemDoesAll()],
).enableRLS();
