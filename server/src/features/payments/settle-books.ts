/** Brings the ledger to what is known of a payment: posts the difference, whatever way led here. */
import type { StreamId, UserId } from '@virgil/contract';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { Currency } from '../../payments/provider.ts';
import {
  creatorAccount,
  type LedgerAccount,
  platformAccount,
  postTransfer,
  type TransferKind,
} from '../ledger/index.ts';
import { type Books, booksOf, NO_BOOKS, type PaymentFacts, PLACES, type Place } from './policy.ts';
import { disputesOf, type PaymentRow, updatePayment } from './store.ts';

const storedBooks = z.partialRecord(
  z.enum(PLACES),
  z.string().transform((text) => BigInt(text)),
);
const booksIn = (posted: unknown): Books => ({ ...NO_BOOKS, ...storedBooks.parse(posted) });

export async function factsOf(tx: Tx, row: PaymentRow): Promise<PaymentFacts> {
  return {
    isPaid: row.status === 'paid',
    amount: row.amount,
    payeeShare: row.payeeShare,
    isMature: row.maturedAt !== null,
    providerFee: row.providerFee,
    refunded: row.refundedAmount,
    disputes: await disputesOf(tx, row.id),
  };
}

/**
 * Writes what was learned of a payment together with where its money lies since; `known` must be locked. What goes to
 * the provider's fees is a transfer of its own, so that a refund in the books is the refund and nothing else.
 */
export async function settleBooks(
  tx: Tx,
  known: PaymentRow,
  learned: Partial<PaymentRow>,
  kind: TransferKind,
  at: Date,
): Promise<PaymentRow> {
  const row = { ...known, ...learned };
  const target = booksOf(await factsOf(tx, row));
  const posted = booksIn(row.posted);
  const change = new Map<Place, bigint>(PLACES.map((place) => [place, target[place] - posted[place]]));
  const fees = change.get('provider_fees') ?? 0n;
  change.set('provider_fees', 0n);
  change.set('clearing', (change.get('clearing') ?? 0n) + fees);

  let { postings } = row;
  const post = async (as: TransferKind, entries: ReadonlyMap<Place, bigint>) => {
    const moved = [...entries].filter(([, amount]) => amount !== 0n);
    if (moved.length === 0) return;
    postings += 1;
    await postTransfer(tx, {
      kind: as,
      key: `payment:${row.id}:${postings}`,
      at,
      currency: row.currency as Currency,
      entries: moved.map(([place, amount]) => ({ account: accountOf(row, place), amount })),
      ...(row.streamId === null ? {} : { streamId: row.streamId as StreamId }),
      memo: { paymentId: row.id, purpose: row.purposeKind, purposeId: row.purposeId },
    });
  };
  await post(kind, change);
  await post(
    kind === 'dispute_lost' ? 'dispute_fee' : 'provider_fee',
    new Map([
      ['provider_fees', fees],
      ['clearing', -fees],
    ]),
  );
  const stored = Object.fromEntries(PLACES.map((place) => [place, String(target[place])]));
  return updatePayment(tx, row.id, { ...learned, posted: stored, postings });
}

function accountOf(row: PaymentRow, place: Place): LedgerAccount {
  switch (place) {
    case 'pending':
    case 'available':
    case 'held': {
      if (row.payeeId === null) throw new Error(`payment ${row.id} has nobody to credit`);
      return creatorAccount(row.payeeId as UserId, place);
    }
    case 'fees':
    case 'clearing':
    case 'dispute_hold':
    case 'provider_fees':
      return platformAccount(place);
  }
}
