/** Rows as the contract tells of them. */
import type { payments as contract, Money } from '@virgil/contract';
import { personOf } from '../channels/index.ts';
import type { PersonShown } from './list-store.ts';
import type { PayoutRow } from './payout-store.ts';
import type { DisputeFacts } from './policy.ts';
import { refundable } from './policy.ts';
import type { DisputeRow, PaymentRow, RefundRow } from './store.ts';

/** Every amount here is far below the 2^53 a JSON number holds: none is above a million units. */
export const moneyOf = (amount: bigint, currency: string): Money => ({
  amount: Number(amount),
  // Only the currencies of the contract are written.
  currency: currency as Money['currency'],
});
function shownOrNull(person: PersonShown) {
  if (person === null || person.id === null || person.displayName === null) return null;
  const { avatarKey, displayName, id } = person;
  return personOf({ id, displayName, avatarKey });
}

type RefundShown = Pick<RefundRow, 'amount' | 'createdAt' | 'status'>;
const refundOf = (currency: string) => (row: RefundShown) => ({
  amount: moneyOf(row.amount, currency),
  status: row.status,
  at: row.createdAt.toISOString(),
});

function common(row: PaymentRow) {
  const status = row.status === 'created' ? ('pending' as const) : row.status;
  return {
    id: row.id,
    purpose: row.purposeKind,
    description: row.description,
    amount: moneyOf(row.amount, row.currency),
    status,
    // Only words of the contract are written there.
    failure: row.failure as contract.Payment['failure'],
    refunded: moneyOf(row.refundedAmount, row.currency),
    dispute: row.disputeState,
    provider: row.provider as contract.Payment['provider'],
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
  };
}

export function paymentOf(row: PaymentRow, payee: PersonShown, refunds: readonly RefundShown[]): contract.Payment {
  const described = common(row);
  return {
    ...described,
    payee: shownOrNull(payee),
    refunds: refunds.map(refundOf(row.currency)),
    checkoutUrl: described.status === 'pending' ? row.checkoutUrl : null,
    returnTo: row.returnTo,
  };
}

export function adminPaymentOf(
  row: PaymentRow,
  known: {
    readonly payer: PersonShown;
    readonly payee: PersonShown;
    readonly refunds: readonly { readonly refund: RefundRow; readonly by: PersonShown }[];
    readonly disputes: readonly DisputeFacts[];
    readonly payerDisputes: number;
  },
): contract.AdminPayment {
  const { disputes, payee, payer, payerDisputes, refunds } = known;
  const asked = refunds
    .filter(({ refund }) => refund.status === 'requested')
    .reduce((sum, { refund }) => sum + refund.amount, 0n);
  const left = refundable({
    isPaid: row.status === 'paid',
    amount: row.amount,
    refunded: row.refundedAmount + asked,
    disputes,
  });
  return {
    ...common(row),
    payer: shownOrNull(payer),
    payee: shownOrNull(payee),
    refundable: moneyOf(left, row.currency),
    refunds: refunds.map(({ by, refund }) => ({
      ...refundOf(row.currency)(refund),
      reason: refund.reason,
      by: shownOrNull(by),
    })),
    payerDisputes,
    chargeId: row.chargeId,
  };
}

export function disputeOf(
  row: DisputeRow,
  payment: PaymentRow,
  people: { readonly payer: PersonShown; readonly payee: PersonShown },
): contract.Dispute {
  return {
    id: row.id,
    paymentId: payment.id,
    amount: moneyOf(row.amount, payment.currency),
    fee: moneyOf(row.fee, payment.currency),
    status: row.status,
    reason: row.reason,
    payer: shownOrNull(people.payer),
    payee: shownOrNull(people.payee),
    description: payment.description,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

export function payoutOf(row: PayoutRow): contract.Payout {
  return {
    id: row.id,
    amount: moneyOf(row.amount, row.currency),
    status: row.status,
    failure: row.failure,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

export function adminPayoutOf(row: PayoutRow, creator: PersonShown): contract.AdminPayout {
  return { ...payoutOf(row), creator: shownOrNull(creator), payoutId: row.providerPayoutId };
}
