/** What people paid, what creators are paid out, and what admins do about both. Card data is never part of it. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { currency, idempotencyKey, instant, listOf, money, paging, person, text } from './primitives.ts';

const paymentId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const params = z.strictObject({ id: paymentId });

export const paymentPurpose = z.enum(['tip', 'patronage', 'tier']);
export type PaymentPurpose = z.infer<typeof paymentPurpose>;
/** `pending`: the provider's page waits for the payer, or the provider's answer is on its way. */
export const paymentStatus = z.enum(['pending', 'paid', 'failed']);
export type PaymentStatus = z.infer<typeof paymentStatus>;
/** `refused`: the provider would not take it. A failed payment may still be paid where the provider lets the payer try again. */
export const paymentFailure = z.enum(['declined', 'expired', 'canceled', 'refused']);
export const disputeState = z.enum(['none', 'open', 'won', 'lost']);
export type DisputeState = z.infer<typeof disputeState>;

const refund = z.object({
  amount: money,
  status: z.enum(['requested', 'pending', 'succeeded', 'failed']),
  at: instant,
});

export const payment = z.object({
  id: z.string(),
  purpose: paymentPurpose,
  description: z.string(),
  amount: money,
  status: paymentStatus,
  failure: paymentFailure.nullable(),
  /** Who it was for; null: the platform, or an account that is gone. */
  payee: person.nullable(),
  refunded: money,
  refunds: z.array(refund),
  /** `won` and `lost` are the creator's. */
  dispute: disputeState,
  /** The sandbox moves no money. */
  provider: z.enum(['sandbox', 'stripe']),
  /** Where the payer finishes a pending payment; null when there is nothing for them to do. */
  checkoutUrl: z.string().nullable(),
  /** A path of this instance to which the payment belongs. */
  returnTo: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
});
export type Payment = z.infer<typeof payment>;

const search = { ...paging(), q: z.string().max(100).optional() };

export const listPayments = operation({
  id: 'me.payments.list',
  method: 'GET',
  path: '/api/v1/me/payments',
  who: 'signed-in',
  scope: 'account',
  summary: 'What one has paid or tried to pay, newest first; `q` looks in descriptions and names of creators.',
  query: z.strictObject({ ...search, status: paymentStatus.optional() }),
  output: listOf(payment).extend({
    counts: z.object({ all: z.int(), pending: z.int(), paid: z.int(), failed: z.int() }),
  }),
  errors: ['sign_in_required'],
});

export const getPayment = operation({
  id: 'me.payments.get',
  method: 'GET',
  path: '/api/v1/me/payments/:id',
  who: 'signed-in',
  scope: 'account',
  summary: 'One of one’s own payments: its state while it is pending, its receipt afterwards.',
  params,
  output: payment,
  errors: ['sign_in_required', 'not_found'],
});

/** Why nothing can be paid out now. */
export const payoutObstacle = z.enum(['no_account', 'debt', 'dispute', 'no_provider']);
export type PayoutObstacle = z.infer<typeof payoutObstacle>;

export const payoutAccount = z.object({
  /** `unfinished`: the provider still asks its owner for something. */
  state: z.enum(['none', 'unfinished', 'ready']),
  provider: z.enum(['sandbox', 'stripe']).nullable(),
  /** The first thing that stands against a payout; null: nothing. */
  obstacle: payoutObstacle.nullable(),
  /** Minor units of any currency. */
  minimum: z.int(),
  /** Whole days from a payment until its money is available. */
  riskDelayDays: z.int(),
});
export type PayoutAccount = z.infer<typeof payoutAccount>;

export const getPayoutAccount = operation({
  id: 'me.payoutAccount.get',
  method: 'GET',
  path: '/api/v1/me/payout-account',
  who: 'signed-in',
  scope: 'account',
  summary: 'Where one’s earnings are paid out to, and what stands against a payout.',
  output: payoutAccount,
  errors: ['sign_in_required'],
});

export const openPayoutAccount = operation({
  id: 'me.payoutAccount.open',
  method: 'POST',
  path: '/api/v1/me/payout-account',
  who: 'signed-in',
  scope: 'account',
  summary:
    'Open an account at the payment provider, or go on where it was left; bank details are given there, never here.',
  output: payoutAccount.extend({ url: z.string().nullable() }),
  audit: 'PAYOUT_ACCOUNT_OPENED',
  errors: ['sign_in_required', 'payments_unavailable'],
});

export const payout = z.object({
  id: z.string(),
  amount: money,
  /** `sent`: the provider has taken it. A failed one is back in the balance. */
  status: z.enum(['requested', 'sent', 'paid', 'failed']),
  /** The provider's word for why. */
  failure: z.string().nullable(),
  createdAt: instant,
  settledAt: instant.nullable(),
});
export type Payout = z.infer<typeof payout>;

export const listPayouts = operation({
  id: 'me.payouts.list',
  method: 'GET',
  path: '/api/v1/me/payouts',
  who: 'signed-in',
  scope: 'account',
  summary: 'One’s payouts, newest first.',
  query: z.strictObject(paging()),
  output: listOf(payout),
  errors: ['sign_in_required'],
});

export const requestPayout = operation({
  id: 'me.payouts.request',
  method: 'POST',
  path: '/api/v1/me/payouts',
  who: 'signed-in',
  scope: 'account',
  summary: 'Pay out what is available. Refused with a debt, an open dispute, or without an account to pay to.',
  body: z.strictObject({
    /** Minor units; at least the minimum, at most what is available. */
    amount: z.int().min(100).max(100_000_000),
    currency,
    /** One a person and payout: the same key with the same request answers the first one, with another 409. */
    idempotencyKey,
  }),
  output: payout,
  status: 201,
  audit: 'PAYOUT_REQUESTED',
  errors: ['sign_in_required', 'not_allowed', 'idempotency_conflict', 'payments_unavailable'],
});

export const adminPayment = payment.omit({ checkoutUrl: true, returnTo: true, payee: true, refunds: true }).extend({
  payer: person.nullable(),
  payee: person.nullable(),
  /** What can still be given back. */
  refundable: money,
  refunds: z.array(refund.extend({ reason: z.string(), by: person.nullable() })),
  /** How many payments of this payer were disputed. */
  payerDisputes: z.int(),
  /** The provider's name for it. */
  chargeId: z.string().nullable(),
});
export type AdminPayment = z.infer<typeof adminPayment>;

export const listAllPayments = operation({
  id: 'admin.payments.list',
  method: 'GET',
  path: '/api/admin/payments',
  who: 'admin',
  scope: 'admin',
  summary:
    'Everybody’s payments, newest first; `q` is a name, an id of ours or the provider’s, or words of a description.',
  query: z.strictObject({ ...search, status: paymentStatus.optional() }),
  output: listOf(adminPayment).extend({
    counts: z.object({ all: z.int(), pending: z.int(), paid: z.int(), failed: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const refundPayment = operation({
  id: 'admin.payments.refund',
  method: 'POST',
  path: '/api/admin/payments/:id/refund',
  who: 'admin',
  scope: 'admin',
  summary: 'Give a payment back, whole or in part. Creator and platform give in the split in which they received.',
  params,
  body: z.strictObject({
    /** Minor units; all that can be given back when absent. While the provider is away it stays `requested`. */
    amount: z.int().min(1).max(100_000_000).optional(),
    reason: text(1, 1000),
    /** One a refund of a payment: a repeated request gives back once; with another amount it answers 409. */
    idempotencyKey: idempotencyKey.optional(),
  }),
  output: adminPayment,
  status: 201,
  audit: 'REFUND_REQUESTED',
  errors: [
    'sign_in_required',
    'not_allowed',
    'own_content',
    'not_found',
    'already_decided',
    'idempotency_conflict',
    'payments_unavailable',
  ],
});

export const dispute = z.object({
  id: z.string(),
  paymentId: z.string(),
  amount: money,
  fee: money,
  status: z.enum(['open', 'won', 'lost']),
  /** The bank's word for why. */
  reason: z.string(),
  payer: person.nullable(),
  payee: person.nullable(),
  description: z.string(),
  openedAt: instant,
  closedAt: instant.nullable(),
});
export type Dispute = z.infer<typeof dispute>;

export const listDisputes = operation({
  id: 'admin.disputes.list',
  method: 'GET',
  path: '/api/admin/disputes',
  who: 'admin',
  scope: 'admin',
  summary: 'Payments that a payer’s bank contests, newest first. They are answered at the provider.',
  query: z.strictObject({ ...search, status: z.enum(['open', 'won', 'lost']).optional() }),
  output: listOf(dispute).extend({
    counts: z.object({ all: z.int(), open: z.int(), won: z.int(), lost: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const adminPayout = payout.extend({ creator: person.nullable(), payoutId: z.string().nullable() });
export type AdminPayout = z.infer<typeof adminPayout>;

export const listAllPayouts = operation({
  id: 'admin.payouts.list',
  method: 'GET',
  path: '/api/admin/payouts',
  who: 'admin',
  scope: 'admin',
  summary: 'Everybody’s payouts, newest first.',
  query: z.strictObject({ ...search, status: z.enum(['requested', 'sent', 'paid', 'failed']).optional() }),
  output: listOf(adminPayout).extend({
    counts: z.object({ all: z.int(), requested: z.int(), sent: z.int(), paid: z.int(), failed: z.int() }),
  }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const paymentSettings = z.object({
  /** Whole days from a payment until its money is available; for payments from now on. */
  riskDelayDays: z.int().min(0).max(90),
  /** Minor units of any currency. */
  payoutMinimum: z.int().min(100).max(100_000),
});
export type PaymentSettings = z.infer<typeof paymentSettings>;

export const getPaymentSettings = operation({
  id: 'admin.payments.getSettings',
  method: 'GET',
  path: '/api/admin/payments/settings',
  who: 'admin',
  scope: 'admin',
  summary: 'How long money rests, how little is paid out, and who moves it.',
  output: paymentSettings.extend({ provider: z.enum(['sandbox', 'stripe']).nullable() }),
  errors: ['sign_in_required', 'not_allowed'],
});

export const updatePaymentSettings = operation({
  id: 'admin.payments.updateSettings',
  method: 'PUT',
  path: '/api/admin/payments/settings',
  who: 'admin',
  scope: 'admin',
  summary: 'Change the risk delay and the smallest payout.',
  body: z.strictObject(paymentSettings.shape),
  output: paymentSettings.extend({ provider: z.enum(['sandbox', 'stripe']).nullable() }),
  audit: 'PAYMENT_SETTINGS_CHANGED',
  errors: ['sign_in_required', 'not_allowed'],
});

/** The page a payer is sent to by the sandbox. With another provider there is none: `not_found`. */
export const sandboxCheckout = z.object({
  id: z.string(),
  paymentId: z.string(),
  amount: money,
  description: z.string(),
  status: z.enum(['open', 'paid', 'declined']),
});
export type SandboxCheckout = z.infer<typeof sandboxCheckout>;

export const getSandboxCheckout = operation({
  id: 'payments.sandbox.get',
  method: 'GET',
  path: '/api/v1/payments/sandbox/checkouts/:id',
  who: 'signed-in',
  scope: 'account',
  summary: 'A test payment that waits for its payer. No money moves.',
  params,
  output: sandboxCheckout,
  errors: ['sign_in_required', 'not_found'],
});

export const decideSandboxCheckout = operation({
  id: 'payments.sandbox.decide',
  method: 'POST',
  path: '/api/v1/payments/sandbox/checkouts/:id/decision',
  who: 'signed-in',
  scope: 'account',
  summary: 'Approve or decline a test payment, as a bank would; the first decision holds.',
  params,
  body: z.strictObject({ decision: z.enum(['approve', 'decline']) }),
  output: sandboxCheckout,
  audit: 'SANDBOX_CHECKOUT_DECIDED',
  errors: ['sign_in_required', 'not_found'],
});

export const playPayment = operation({
  id: 'test.playPayment',
  method: 'POST',
  path: '/api/test/payments/:id',
  who: 'test-mode',
  scope: 'admin',
  summary:
    'Let something happen to a test payment at the provider: paid, declined, disputed, decided, refunded, told again.',
  params,
  body: z.strictObject({ act: z.enum(['succeed', 'fail', 'dispute', 'win', 'lose', 'refund', 'redeliver']) }),
  audit: { none: 'It happens at the provider; what follows here is recorded when its webhook comes.' },
  errors: ['not_found'],
});
