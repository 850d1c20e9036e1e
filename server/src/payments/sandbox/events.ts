/** The words of the sandbox for what happened; the same happening always makes the same event. */
import type { EventOf } from '../provider.ts';
import { type BodyOf, idOf, type SandboxObject } from './memory.ts';
import { DISPUTE_FEE } from './scenarios.ts';

type CheckoutObject = SandboxObject<'checkout'>;

export const chargeIdOf = ({ id }: CheckoutObject): string => id.replace(/^sb_checkout_/, 'sb_charge_');
export const succeededId = ({ id }: CheckoutObject): string => idOf('evt', id, 'succeeded');

export function succeededEvent(object: CheckoutObject, at: Date): EventOf<'payment.succeeded'> {
  const { amount, currency, fee, keepMethod, paymentId }: BodyOf<'checkout'> = object.body;
  return {
    id: succeededId(object),
    at: at.toISOString(),
    kind: 'payment.succeeded',
    paymentId,
    checkoutId: object.id,
    chargeId: chargeIdOf(object),
    amount,
    currency,
    fee,
    customerId: keepMethod ? idOf('customer', object.id) : null,
  };
}

export function refundEvent(
  refundId: string,
  key: string | null,
  chargeId: string,
  amount: bigint,
  status: 'succeeded' | 'failed',
  at: Date,
): EventOf<'refund.updated'> {
  const id = idOf('evt', refundId, status);
  return { id, at: at.toISOString(), kind: 'refund.updated', refundId, key, chargeId, amount, status };
}

export function disputeEvent(
  object: CheckoutObject,
  status: 'open' | 'won' | 'lost',
  at: Date,
  openedAt: Date,
): EventOf<'dispute.updated'> {
  const disputeId = idOf('dispute', object.id);
  return {
    id: idOf('evt', disputeId, status),
    at: at.toISOString(),
    kind: 'dispute.updated',
    disputeId,
    chargeId: chargeIdOf(object),
    amount: object.body.amount,
    fee: DISPUTE_FEE,
    status,
    reason: 'fraudulent',
    openedAt: openedAt.toISOString(),
  };
}

export function failedEvent(
  { body, id }: CheckoutObject,
  at: Date,
  reason: 'declined' | 'expired',
): EventOf<'payment.failed'> {
  return {
    id: idOf('evt', id, reason),
    at: at.toISOString(),
    kind: 'payment.failed',
    paymentId: body.paymentId,
    checkoutId: id,
    reason,
  };
}

export function payoutEvent(
  payoutId: string,
  key: string,
  status: 'paid' | 'failed',
  at: Date,
): EventOf<'payout.updated'> {
  return {
    id: idOf('evt', payoutId, status),
    at: at.toISOString(),
    kind: 'payout.updated',
    payoutId,
    key,
    status,
    reason: status === 'failed' ? 'account_closed' : null,
  };
}
