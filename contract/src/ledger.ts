/** What creators earned, and the platform's books. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { currency, instant, listOf, money, paging, person, streamId, text } from './primitives.ts';

/** A day of the calendar in the reader's time zone, or in UTC where nobody's is meant. */
const day = z.iso.date();

/**
 * `available` can be paid out; `pending` was credited and becomes available when the time in which most payments are
 * taken back is over; `held` waits for the end of a dispute. `available` is below zero when more was taken back than
 * was there.
 */
export const earningsBalance = z.object({ available: money, pending: money, held: money });
export type EarningsBalance = z.infer<typeof earningsBalance>;

/** `returned`: refunds, lost disputes and reversals, below zero. Payouts are no earnings and are in none. */
export const earningsSource = z.enum(['tips', 'patrons', 'bonus', 'returned']);
export type EarningsSource = z.infer<typeof earningsSource>;

/** What one source gave in one period, after the platform's part; periods and sources without anything are left out. */
export const earningsOfPeriod = z.object({
  /** `2027-01-31` for a day, `2027-01` for a month, in the time zone of the answer. */
  period: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  source: earningsSource,
  earned: money,
  /** How many payments or streams it came from. */
  count: z.int().nonnegative(),
});
export type EarningsOfPeriod = z.infer<typeof earningsOfPeriod>;

export const getEarnings = operation({
  id: 'me.earnings.get',
  method: 'GET',
  path: '/api/v1/me/earnings',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s balance in each currency, and what was earned by day and by month from which source.',
  output: z.object({
    /** IANA name; whose days and months these are. */
    timeZone: z.string(),
    /** The current day there. */
    today: day,
    /** One a currency in which anything was ever credited. */
    balances: z.array(earningsBalance),
    /** The last 30 days with today, oldest first. */
    days: z.array(earningsOfPeriod),
    /** The last twelve months with this one, oldest first. */
    months: z.array(earningsOfPeriod),
  }),
  errors: ['sign_in_required'],
});

/** What a creator can look for: each names one or more kinds of transfer. */
export const earningsKind = z.enum(['tips', 'patrons', 'bonus', 'returned', 'disputes', 'payouts']);
export type EarningsKind = z.infer<typeof earningsKind>;

/** Why money moved. */
export const transferKind = z.enum([
  /** Split 90/10, from the provider to the creator and the platform; the database checks the tenth of these two. */
  'tip',
  'patronage',
  /** A tier of the platform, paid by a person: all of it is the platform’s. */
  'tier',
  'bonus',
  /** From pending to available. */
  'release',
  'refund',
  /** Held while a dispute is open; given back when it is won; taken when it is lost. */
  'dispute',
  'dispute_won',
  'dispute_lost',
  'dispute_fee',
  'provider_fee',
  /** Asked for; arrived; came back. */
  'payout',
  'payout_paid',
  'payout_failed',
  /** Taken back because it should not have been: a bonus, or a refund that failed. */
  'reversal',
]);
export type TransferKind = z.infer<typeof transferKind>;

const aboutStream = z.object({ id: streamId, title: z.string() });

/** One transfer as the creator sees it. What it took away is below zero. */
export const earningsEntry = z.object({
  id: z.string(),
  at: instant,
  kind: transferKind,
  /** What the payer paid; null for what was no payment. */
  paid: money.nullable(),
  /** The platform's part of it. */
  platform: money.nullable(),
  /** What it did to the sum of one's own accounts. */
  yours: money,
  /** What it put aside for a dispute, or gave back from there (below zero). */
  held: money.nullable(),
  /** For a tip and for what was taken back of one. `message` is null when there is none that others may see. */
  tip: z.object({ from: z.string(), message: z.string().nullable(), at: instant }).nullable(),
  /** Null also when the stream is gone. */
  stream: aboutStream.nullable(),
});
export type EarningsEntry = z.infer<typeof earningsEntry>;

export const listEarnings = operation({
  id: 'me.earnings.list',
  method: 'GET',
  path: '/api/v1/me/earnings/entries',
  who: 'signed-in',
  scope: 'account',
  summary: 'Everything that changed one’s earnings, newest first; `q` looks for who tipped and for titles of streams.',
  query: z.strictObject({ ...paging(), kind: earningsKind.optional(), q: z.string().max(100).optional() }),
  output: listOf(earningsEntry),
  errors: ['sign_in_required'],
});

export const listEarningsByStream = operation({
  id: 'me.earnings.byStream',
  method: 'GET',
  path: '/api/v1/me/earnings/streams',
  who: 'signed-in',
  scope: 'account',
  summary: 'What each of one’s livestreams earned from which source, newest stream first.',
  query: z.strictObject({ ...paging(), q: z.string().max(100).optional() }),
  output: listOf(
    z.object({
      stream: aboutStream.extend({ startedAt: instant }),
      earned: z.array(z.object({ source: earningsSource, earned: money, count: z.int().nonnegative() })),
    }),
  ),
  errors: ['sign_in_required'],
});

export const exportEarnings = operation({
  id: 'me.earnings.export',
  method: 'GET',
  path: '/api/v1/me/earnings/export',
  who: 'signed-in',
  scope: 'account',
  summary: 'The same as CSV, oldest first; `from` and `to` are days in one’s own time zone, both included.',
  query: z.strictObject({ from: day.optional(), to: day.optional() }),
  download: { types: ['text/csv'] },
  errors: ['sign_in_required'],
});

export const invariantId = z.enum(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8']);
export type InvariantId = z.infer<typeof invariantId>;

/** What a check of the books found. `unchecked`: it could not be asked now; `findings` say why. */
export const booksCheck = z.object({
  at: instant,
  isSound: z.boolean(),
  results: z.array(
    z.object({ id: invariantId, state: z.enum(['holds', 'broken', 'unchecked']), findings: z.array(z.string()) }),
  ),
});
export type BooksCheck = z.infer<typeof booksCheck>;

export const platformPurpose = z.enum([
  'clearing',
  'provider_fees',
  'fees',
  'promotion',
  'payout_in_transit',
  'dispute_hold',
  'tax_withheld',
]);
export type PlatformPurpose = z.infer<typeof platformPurpose>;

const entryOfBooks = z.object({
  account: z.union([platformPurpose, z.enum(['available', 'pending', 'held'])]),
  /** Whose account it is; null for the platform’s, and for a creator whose account is gone. */
  owner: person.nullable(),
  amount: money,
});

export const bookedTransfer = z.object({
  id: z.string(),
  key: z.string(),
  kind: transferKind,
  at: instant,
  /** All that it moved. */
  amount: money,
  entries: z.array(entryOfBooks),
  reverses: z.string().nullable(),
  /** A reversal took it back; payments are given back as refunds, which name their payment. */
  isReversed: z.boolean(),
  streamId: streamId.nullable(),
});
export type BookedTransfer = z.infer<typeof bookedTransfer>;

const booksFilter = {
  kind: transferKind.optional(),
  currency: currency.optional(),
  /** Days in UTC, both included. */
  from: day.optional(),
  to: day.optional(),
  /** An id, a key or a part of it, or a creator's name. */
  q: z.string().max(100).optional(),
};

export const booksOverview = z.object({
  /** Money flows from what is below zero to what is above: `clearing` is below zero by what the provider holds. */
  platform: z.array(z.object({ account: platformPurpose, balance: money })),
  /** The sum over all creators. */
  creators: z.array(earningsBalance),
  /** What moved in the last 30 days, by kind. */
  volume: z.array(z.object({ kind: transferKind, amount: money, count: z.int().nonnegative() })),
  /** The newest check; null before the first. */
  check: booksCheck.nullable(),
});
export type BooksOverview = z.infer<typeof booksOverview>;

export const getBooks = operation({
  id: 'admin.ledger.get',
  method: 'GET',
  path: '/api/admin/ledger',
  who: 'admin',
  scope: 'admin',
  summary: 'The platform’s books: balances, volume, the last check, and every transfer, newest first.',
  query: z.strictObject({ ...paging(), ...booksFilter }),
  /** `overview` comes with the first page only. */
  output: listOf(bookedTransfer).extend({ overview: booksOverview.nullable() }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const checkBooks = operation({
  id: 'admin.ledger.check',
  method: 'POST',
  path: '/api/admin/ledger/check',
  who: 'admin',
  scope: 'admin',
  summary: 'Check all invariants of the books now.',
  output: booksCheck,
  audit: 'LEDGER_CHECKED',
  errors: ['sign_in_required', 'not_allowed'],
});

export const reverseTransfer = operation({
  id: 'admin.ledger.reverse',
  method: 'POST',
  path: '/api/admin/ledger/transfers/:id/reverse',
  who: 'admin',
  scope: 'admin',
  summary: 'Take back a bonus that should not have been credited; payments are given back as refunds instead.',
  params: z.strictObject({ id: z.string().min(1).max(64) }),
  body: z.strictObject({ reason: text(1, 500) }),
  output: bookedTransfer,
  audit: 'TRANSFER_REVERSED',
  errors: ['sign_in_required', 'not_allowed', 'not_found', 'own_content', 'already_decided'],
});

export const exportBooks = operation({
  id: 'admin.ledger.export',
  method: 'GET',
  path: '/api/admin/ledger/export',
  who: 'admin',
  scope: 'admin',
  summary: 'The entries of the same transfers as CSV, oldest first.',
  query: z.strictObject(booksFilter),
  download: { types: ['text/csv'] },
  errors: ['sign_in_required', 'not_allowed'],
});
