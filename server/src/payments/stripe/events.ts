/** Events of Stripe in our words. What we keep no books on is `other`. https://docs.stripe.com/api/events/types */
import type Stripe from 'stripe';
import type { ProviderEvent } from '../provider.ts';

const idOf = (object: string | { readonly id: string } | null): string | null =>
  typeof object === 'string' ? object : (object?.id ?? null);

/** The only things that happen in a creator's own account and matter here. */
const OF_RECIPIENTS: ReadonlySet<string> = new Set([
  'payout.paid',
  'payout.failed',
  'payout.canceled',
  'account.updated',
]);

/**
 * What a connected account charged is its own money, whatever its owner wrote beside it: it pays nothing here. Only
 * events of the platform's account tell of payments.
 */
export function eventOf(event: Stripe.Event): ProviderEvent {
  const base = { id: event.id, at: new Date(event.created * 1000).toISOString() };
  const other: ProviderEvent = { ...base, kind: 'other' };
  if (event.account !== undefined && !OF_RECIPIENTS.has(event.type)) return other;
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return successOf(base, event.data.object) ?? other;
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const { client_reference_id: paymentId, id: checkoutId } = event.data.object;
      const reason = event.type === 'checkout.session.expired' ? 'expired' : 'declined';
      return paymentId === null ? other : { ...base, kind: 'payment.failed', paymentId, checkoutId, reason };
    }
    case 'payment_intent.succeeded':
      return repeatOf(base, event.data.object) ?? other;
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundOf(base, event.data.object) ?? other;
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return disputeOf(base, event.data.object) ?? other;
    case 'payout.paid':
    case 'payout.failed':
    case 'payout.canceled':
      return payoutOf(base, event.type, event.data.object);
    case 'account.updated':
      return {
        ...base,
        kind: 'recipient.updated',
        recipientId: event.data.object.id,
        ready: event.data.object.payouts_enabled === true,
      };
    default:
      return other;
  }
}

type Base = Pick<ProviderEvent, 'id' | 'at'>;

function successOf(base: Base, session: Stripe.Checkout.Session): ProviderEvent | null {
  const { amount_total: amount, client_reference_id: paymentId, currency } = session;
  const chargeId = idOf(session.payment_intent);
  // Slow methods complete the page first and pay later, by an event of its own.
  if (session.payment_status !== 'paid') return null;
  if (paymentId === null || chargeId === null || amount === null || currency === null) return null;
  return {
    ...base,
    kind: 'payment.succeeded',
    paymentId,
    checkoutId: session.id,
    chargeId,
    amount: BigInt(amount),
    currency: currency.toUpperCase(),
    fee: null,
    customerId: idOf(session.customer),
  };
}

/** Those of checkouts succeed with their session. */
function repeatOf(base: Base, intent: Stripe.PaymentIntent): ProviderEvent | null {
  const paymentId = intent.metadata.repeat_of_payment;
  if (paymentId === undefined) return null;
  return {
    ...base,
    kind: 'payment.succeeded',
    paymentId,
    checkoutId: intent.id,
    chargeId: intent.id,
    amount: BigInt(intent.amount_received),
    currency: intent.currency.toUpperCase(),
    fee: null,
    customerId: idOf(intent.customer),
  };
}

const REFUND_STATUS = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
} as const;

function refundOf(base: Base, refund: Stripe.Refund): ProviderEvent | null {
  const chargeId = idOf(refund.payment_intent);
  const status = REFUND_STATUS[refund.status as keyof typeof REFUND_STATUS];
  if (chargeId === null || status === undefined) return null;
  return {
    ...base,
    kind: 'refund.updated',
    refundId: refund.id,
    key: refund.metadata?.refund_id ?? null,
    chargeId,
    amount: BigInt(refund.amount),
    status,
  };
}

const CLOSED = { won: 'won', lost: 'lost' } as const;

/** Inquiries (`warning_…`) take no money; they become disputes or end. */
function disputeOf(base: Base, dispute: Stripe.Dispute): ProviderEvent | null {
  const chargeId = idOf(dispute.payment_intent);
  const { status } = dispute;
  if (chargeId === null || status.startsWith('warning_') || status === 'prevented') return null;
  return {
    ...base,
    kind: 'dispute.updated',
    disputeId: dispute.id,
    chargeId,
    amount: BigInt(dispute.amount),
    fee: BigInt(dispute.balance_transactions.reduce((sum, { fee }) => sum + fee, 0)),
    status: CLOSED[status as keyof typeof CLOSED] ?? 'open',
    reason: dispute.reason,
    openedAt: new Date(dispute.created * 1000).toISOString(),
  };
}

function payoutOf(base: Base, type: string, payout: Stripe.Payout): ProviderEvent {
  const isPaid = type === 'payout.paid';
  return {
    ...base,
    kind: 'payout.updated',
    payoutId: payout.id,
    key: payout.metadata?.payout_id ?? null,
    status: isPaid ? 'paid' : 'failed',
    reason: isPaid ? null : (payout.failure_code ?? 'canceled'),
  };
}
