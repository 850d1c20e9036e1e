/**
 * What payments, refunds, disputes and payouts become, and where their money lies. Facts in, decision out.
 *
 * Events of a provider come late, twice, in any order, or only when asked for. So nothing here steps from one state to
 * the next: what is known of an object is the newest news of it (`newer`), and the books of a payment are a function of
 * everything known (`booksOf`). Whoever applies both in any order ends in the same state and the same ledger.
 */
import type { ProviderEvent } from '../../payments/provider.ts';
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

/** Where the money of a payment can lie, seen from the platform's books. */
export const PLACES = ['pending', 'available', 'held', 'fees', 'clearing', 'dispute_hold', 'provider_fees'] as const;
export type Place = (typeof PLACES)[number];
/** Minor units by place; positive: owed or earned, negative: ours at the provider, or spent. They sum to zero. */
export type Books = Readonly<Record<Place, bigint>>;

export const NO_BOOKS: Books = {
  pending: 0n,
  available: 0n,
  held: 0n,
  fees: 0n,
  clearing: 0n,
  dispute_hold: 0n,
  provider_fees: 0n,
};

export interface DisputeFacts {
  readonly amount: bigint;
  readonly fee: bigint;
  readonly status: 'open' | 'won' | 'lost';
}

export interface PaymentFacts {
  readonly isPaid: boolean;
  readonly amount: bigint;
  /** The creator's part of `amount`; zero where nobody is paid. */
  readonly payeeShare: bigint;
  /** The risk delay is over. */
  readonly isMature: boolean;
  /** What the provider kept. */
  readonly providerFee: bigint;
  /** Refunds that stand: under way or done, not failed. */
  readonly refunded: bigint;
  readonly disputes: readonly DisputeFacts[];
}

/**
 * A refund or a lost dispute takes from both sides in the original split: the platform's part of everything that has
 * gone back is rounded down, so that parts of a payment, returned one by one, close to zero.
 */
export function booksOf(facts: PaymentFacts): Books {
  if (!facts.isPaid) return NO_BOOKS;
  const { amount, payeeShare } = facts;
  const platformShare = amount - payeeShare;
  // As it was split: a tenth rounded down, or all of it where nobody else is paid.
  const payeePart = (part: bigint) => (payeeShare === 0n ? 0n : part - part / 10n);

  const lost = sum(facts.disputes, 'lost', ({ amount }) => amount);
  const open = sum(facts.disputes, 'open', ({ amount }) => amount);
  const lostFees = sum(facts.disputes, 'lost', ({ fee }) => fee);
  const gone = smaller(amount, facts.refunded + lost);
  const goneOrContested = smaller(amount, gone + open);
  // Refunded and contested as well: the provider takes both, and the creator gives back no more than was theirs.
  const takenTwice = facts.refunded + lost + open - goneOrContested;

  const kept = payeeShare - payeePart(gone);
  const held = payeePart(goneOrContested) - payeePart(gone);
  return {
    pending: facts.isMature ? 0n : kept - held,
    available: facts.isMature ? kept - held : 0n,
    held,
    fees: platformShare - (gone - payeePart(gone)),
    clearing: -(amount - facts.refunded - lost - open - facts.providerFee - lostFees),
    dispute_hold: -(goneOrContested - gone),
    provider_fees: -(facts.providerFee + lostFees + takenTwice),
  };
}

/** What a payout does to the books. */
export function booksOfPayout(payout: { readonly amount: bigint; readonly status: PayoutStatus }): {
  readonly available: bigint;
  readonly payout_in_transit: bigint;
  readonly clearing: bigint;
} {
  const { amount, status } = payout;
  if (status === 'failed') return { available: 0n, payout_in_transit: 0n, clearing: 0n };
  if (status === 'paid') return { available: -amount, payout_in_transit: 0n, clearing: amount };
  return { available: -amount, payout_in_transit: amount, clearing: 0n };
}

export type RefundStatus = 'requested' | 'pending' | 'succeeded' | 'failed';
export type DisputeStatus = 'open' | 'won' | 'lost';
export type PayoutStatus = 'requested' | 'sent' | 'paid' | 'failed';

/**
 * Where two pieces of news are of one moment (providers count seconds), the one that ends more wins. What we asked for
 * ourselves is older than anything the provider says of it.
 */
const RANKS = {
  refund: ['requested', 'pending', 'succeeded', 'failed'],
  dispute: ['open', 'won', 'lost'],
  payout: ['requested', 'sent', 'paid', 'failed'],
} as const;

interface News<Status> {
  readonly status: Status;
  readonly at: Date;
}

/** Whether `news` replaces what is known. */
export function isNewer<Status extends string>(
  object: 'refund' | 'dispute' | 'payout',
  known: News<Status> | null,
  news: News<Status>,
): boolean {
  if (known === null) return true;
  const ranks: readonly string[] = RANKS[object];
  const ownWords = object === 'dispute' ? 0 : object === 'payout' ? 2 : 1;
  const isOurs = (status: string) => ranks.indexOf(status) < ownWords;
  if (isOurs(known.status) !== isOurs(news.status)) return isOurs(known.status);
  const later = news.at.getTime() - known.at.getTime();
  return later > 0 || (later === 0 && ranks.indexOf(news.status) > ranks.indexOf(known.status));
}

/** Paid is final; a failed attempt may still be followed by a successful one. */
export function paymentAfter(
  known: 'created' | 'pending' | 'paid' | 'failed',
  event: ProviderEvent['kind'],
): 'created' | 'pending' | 'paid' | 'failed' {
  if (event === 'payment.succeeded') return 'paid';
  if (event === 'payment.failed' && known !== 'paid') return 'failed';
  return known;
}

/** Of several disputes about one payment, the one that matters most. */
export function disputeStateOf(disputes: readonly DisputeFacts[]): 'none' | DisputeStatus {
  for (const status of ['open', 'lost', 'won'] as const) {
    if (disputes.some((dispute) => dispute.status === status)) return status;
  }
  return 'none';
}

/** Nobody decides about money that they paid or were paid. */
export function mayRefund(
  payment: { readonly payerId: string; readonly payeeId: string | null },
  adminId: string,
): Decision {
  return payment.payerId === adminId || payment.payeeId === adminId ? refuse('own_content') : ALLOWED;
}

/** How much of a payment can be given back: not what went or is going back, nor what a bank holds. */
export function refundable(facts: Pick<PaymentFacts, 'isPaid' | 'amount' | 'refunded' | 'disputes'>): bigint {
  if (!facts.isPaid) return 0n;
  const contested = facts.disputes
    .filter(({ status }) => status !== 'won')
    .reduce((all, { amount }) => all + amount, 0n);
  const left = facts.amount - facts.refunded - contested;
  return left > 0n ? left : 0n;
}

export type PayoutRefusal = 'no_account' | 'debt' | 'dispute' | 'below_minimum' | 'above_available';

/** Null: it may be paid out. */
export function payoutRefusal(facts: {
  readonly isAccountReady: boolean;
  readonly amount: bigint;
  readonly minimum: bigint;
  readonly available: bigint;
  /** Of any currency. */
  readonly isInDebt: boolean;
  readonly hasOpenDispute: boolean;
}): PayoutRefusal | null {
  if (facts.isInDebt) return 'debt';
  if (facts.hasOpenDispute) return 'dispute';
  if (!facts.isAccountReady) return 'no_account';
  if (facts.amount < facts.minimum) return 'below_minimum';
  if (facts.amount > facts.available) return 'above_available';
  return null;
}

function sum(disputes: readonly DisputeFacts[], status: DisputeStatus, of: (dispute: DisputeFacts) => bigint): bigint {
  return disputes.filter((dispute) => dispute.status === status).reduce((all, dispute) => all + of(dispute), 0n);
}

export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
