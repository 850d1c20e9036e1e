/** What people are told about their money. The English letter; the pages translate by `kind` and `data`. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { notify } from '../notifications/index.ts';
import type { PaymentRow } from './store.ts';

/** `12.50 EUR`: the pages write it their own way. */
export function amountInWords(amount: bigint, currency: string): string {
  const cents = String(amount % 100n).padStart(2, '0');
  return `${amount / 100n}.${cents} ${currency}`;
}

interface Letter {
  readonly userId: string;
  readonly kind: string;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

async function send(tx: Tx, at: Date, { data, kind, text, userId }: Letter): Promise<void> {
  await notify(tx, { userId: userId as UserId, sentBy: null, kind, text, data, at });
}

const PURPOSES = { tip: 'tip', patronage: 'patronage', tier: 'tier of the platform' } as const;

const dataOf = (row: PaymentRow, amount: bigint) => ({
  paymentId: row.id,
  amount: String(amount),
  currency: row.currency,
  purpose: row.purposeKind,
});

/** Of a tip. Whoever pays every month hears of it from their subscription, with what follows from it. */
export async function notifyFailure(tx: Tx, row: PaymentRow, at: Date): Promise<void> {
  if (row.purposeKind !== 'tip') return;
  await send(tx, at, {
    userId: row.payerId,
    kind: 'payment.failed',
    text: `Your payment of ${amountInWords(row.amount, row.currency)} (${PURPOSES[row.purposeKind]}) was not made. Nothing was charged.`,
    data: dataOf(row, row.amount),
  });
}

/** To the payer, and to the creator whose part goes back. */
export async function notifyRefund(tx: Tx, row: PaymentRow, amount: bigint, isGiven: boolean, at: Date): Promise<void> {
  const words = amountInWords(amount, row.currency);
  const data = dataOf(row, amount);
  if (!isGiven) {
    await send(tx, at, {
      userId: row.payerId,
      kind: 'payment.refundFailed',
      text: `A refund of ${words} (${PURPOSES[row.purposeKind]}) did not arrive. The platform looks into it.`,
      data,
    });
    return;
  }
  await send(tx, at, {
    userId: row.payerId,
    kind: 'payment.refunded',
    text: `${words} (${PURPOSES[row.purposeKind]}) is on its way back to you.`,
    data,
  });
  if (row.payeeId !== null) {
    await send(tx, at, {
      userId: row.payeeId,
      kind: 'earnings.refunded',
      text: `Of a payment to you (${PURPOSES[row.purposeKind]}) ${words} was given back. Your share of it was taken back.`,
      data,
    });
  }
}

const DISPUTES = {
  open: {
    kind: 'earnings.disputed',
    says: (words: string) =>
      `A payment to you of ${words} is disputed by the payer’s bank. Your share is held, and you cannot be paid out until the bank has decided.`,
  },
  won: {
    kind: 'earnings.disputeWon',
    says: (words: string) => `The bank decided for you: your share of a disputed payment of ${words} is yours again.`,
  },
  lost: {
    kind: 'earnings.disputeLost',
    says: (words: string) => `The bank decided for the payer: your share of a payment of ${words} was taken back.`,
  },
} as const;

/** To the creator; the payer knows, having asked their bank. */
export async function notifyDispute(
  tx: Tx,
  row: PaymentRow,
  status: keyof typeof DISPUTES,
  amount: bigint,
  at: Date,
): Promise<void> {
  if (row.payeeId === null) return;
  const { kind, says } = DISPUTES[status];
  await send(tx, at, {
    userId: row.payeeId,
    kind,
    text: says(amountInWords(amount, row.currency)),
    data: dataOf(row, amount),
  });
}

export async function notifyPayout(
  tx: Tx,
  payout: { readonly id: string; readonly creatorId: string; readonly amount: bigint; readonly currency: string },
  isPaid: boolean,
  at: Date,
): Promise<void> {
  const words = amountInWords(payout.amount, payout.currency);
  await send(tx, at, {
    userId: payout.creatorId,
    kind: isPaid ? 'payout.paid' : 'payout.failed',
    text: isPaid
      ? `Your payout of ${words} has been sent to your bank.`
      : `Your payout of ${words} could not be made. The money is back in your balance.`,
    data: { payoutId: payout.id, amount: String(payout.amount), currency: payout.currency },
  });
}
