/**
 * The port to whoever moves real money. Features know this file; `app.ts` chooses the implementation (sandbox, Stripe).
 *
 * Amounts are bigint minor units of an ISO 4217 currency. Every call that creates something takes a key and answers the
 * same for the same key, so that a repeated call after a crash makes nothing twice. What happened is told by events
 * alone, and one may arrive before the call that caused it has answered. Card data never passes this port.
 */
import type { Money } from '@virgil/contract';
import { z } from 'zod';

export type Currency = Money['currency'];

/** Something went wrong at the provider. `refused` will not go better by itself; anything else may be tried again. */
export class ProviderProblem extends Error {
  readonly kind: 'refused' | 'unavailable';
  constructor(kind: 'refused' | 'unavailable', message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ProviderProblem';
    this.kind = kind;
  }
}

/** A webhook that does not prove where it comes from. */
export class UntrustedWebhook extends Error {}

const minor = z.union([z.bigint(), z.string().regex(/^-?\d{1,18}$/)]).transform((value) => BigInt(value));
const base = { id: z.string().min(1).max(255), at: z.iso.datetime() };

/** What providers tell, in our words. Stored and parsed again, so its shape carries a version. */
export const providerEvent = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('payment.succeeded'),
    paymentId: z.string(),
    checkoutId: z.string(),
    /** What refunds and disputes of it will name. */
    chargeId: z.string(),
    amount: minor,
    currency: z.string(),
    /** What the provider kept; null where it does not say so here (see `feeOf`). */
    fee: minor.nullable(),
    /** The payer at the provider, who can be charged again there (see `chargeAgain`). */
    customerId: z.string().nullable(),
  }),
  z.object({
    ...base,
    /** It may still succeed later where the provider allows another attempt. */
    kind: z.literal('payment.failed'),
    paymentId: z.string(),
    checkoutId: z.string(),
    reason: z.enum(['declined', 'expired', 'canceled']),
  }),
  z.object({
    ...base,
    kind: z.literal('refund.updated'),
    refundId: z.string(),
    /** The key it was asked for with; null for one made at the provider. */
    key: z.string().nullable(),
    chargeId: z.string(),
    amount: minor,
    status: z.enum(['pending', 'succeeded', 'failed']),
  }),
  z.object({
    ...base,
    kind: z.literal('dispute.updated'),
    disputeId: z.string(),
    chargeId: z.string(),
    amount: minor,
    /** What the provider takes for a lost one. */
    fee: minor,
    status: z.enum(['open', 'won', 'lost']),
    reason: z.string(),
    openedAt: z.iso.datetime(),
  }),
  z.object({
    ...base,
    kind: z.literal('payout.updated'),
    payoutId: z.string(),
    /** The key it was asked for with. */
    key: z.string().nullable(),
    status: z.enum(['paid', 'failed']),
    reason: z.string().nullable(),
  }),
  z.object({ ...base, kind: z.literal('recipient.updated'), recipientId: z.string(), ready: z.boolean() }),
  /** Authentic, and nothing we keep books on. */
  z.object({ ...base, kind: z.literal('other') }),
]);
export type ProviderEvent = z.infer<typeof providerEvent>;
export type EventOf<Kind extends ProviderEvent['kind']> = Extract<ProviderEvent, { kind: Kind }>;

export interface WebhookMessage {
  /** The bytes as they came: a signature is over these, not over what they parse to. */
  readonly raw: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface CheckoutRequest {
  /** Ours; comes back in events. Also the key. */
  readonly paymentId: string;
  readonly amount: bigint;
  readonly currency: Currency;
  /** Shown to the payer. */
  readonly description: string;
  /** Where the payer's browser comes back to, whatever happened. */
  readonly returnUrl: string;
  /** Whom it knows the payer as; null: a stranger. */
  readonly customerId: string | null;
  /** The payer agrees to be charged again without being there: what is paid for every month. */
  readonly keepMethod: boolean;
}

/** The payer is not there; they agreed to it before. */
export interface RepeatRequest {
  readonly paymentId: string;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly description: string;
  readonly customerId: string;
}

export interface Checkout {
  readonly checkoutId: string;
  /** Where the payer goes: an address, or a path of ours; null when there is nothing for them to do. */
  readonly url: string | null;
}

export interface RefundRequest {
  readonly key: string;
  readonly chargeId: string;
  readonly amount: bigint;
  readonly currency: Currency;
}

export interface TransferRequest {
  readonly key: string;
  readonly recipientId: string;
  readonly amount: bigint;
  readonly currency: Currency;
}

export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe';
  /** Origins of pages of the provider that ours may show in a frame or post a form to. */
  readonly origins: readonly string[];

  createCheckout(request: CheckoutRequest): Promise<Checkout>;
  /** Charges what the payer paid with before. Throws `refused` where the bank wants to see them; then a checkout follows. */
  chargeAgain(request: RepeatRequest): Promise<{ readonly checkoutId: string }>;
  /** What the provider kept for the payment, once it knows; null until then. */
  feeOf(chargeId: string): Promise<bigint | null>;
  refund(request: RefundRequest): Promise<{ readonly refundId: string }>;

  /** An account to pay out to. `url`: where its owner proves who they are; null when nothing is asked. */
  onboard(request: {
    readonly key: string;
    readonly recipientId: string | null;
    readonly returnUrl: string;
  }): Promise<{ readonly recipientId: string; readonly ready: boolean; readonly url: string | null }>;
  /** From the platform's balance to the recipient's. */
  createTransfer(request: TransferRequest): Promise<{ readonly transferId: string }>;
  /** Back again, whole. */
  reverseTransfer(request: { readonly key: string; readonly transferId: string }): Promise<void>;
  /** From the recipient's balance to their bank. */
  createPayout(request: TransferRequest): Promise<{ readonly payoutId: string }>;

  /** The platform's balance: what has arrived and what is on its way. */
  getBalance(currency: Currency): Promise<bigint>;
  /** The event, once it is certain who sent it; throws `UntrustedWebhook`. Checks the signature over the raw bytes and its age. */
  verifyWebhook(message: WebhookMessage): Promise<ProviderEvent>;
  /**
   * Everything from `since` on, oldest first: what a lost webhook would have told. Events of payouts belong to the
   * accounts they go to, and are listed for these alone.
   */
  listEvents(since: Date, recipientIds: readonly string[]): AsyncIterable<ProviderEvent>;
}
