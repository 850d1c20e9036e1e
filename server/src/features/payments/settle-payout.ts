/** Brings the ledger from one state of a payout to another. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import type { Currency } from '../../payments/provider.ts';
import { creatorAccount, platformAccount, postTransfer, type TransferKind } from '../ledger/index.ts';
import type { PayoutRow } from './payout-store.ts';
import { booksOfPayout, type PayoutStatus } from './policy.ts';

const NOTHING = { available: 0n, payout_in_transit: 0n, clearing: 0n } as const;

/** `before` null: it was just asked for. Throws `NotEnoughMoney` when less is available than it takes. */
export async function settlePayout(tx: Tx, payout: PayoutRow, before: PayoutStatus | null, at: Date): Promise<void> {
  const posted = before === null ? NOTHING : booksOfPayout({ amount: payout.amount, status: before });
  const target = booksOfPayout(payout);
  const accounts = {
    available: creatorAccount(payout.creatorId as UserId, 'available'),
    payout_in_transit: platformAccount('payout_in_transit'),
    clearing: platformAccount('clearing'),
  };
  const entries = (['available', 'payout_in_transit', 'clearing'] as const)
    .map((place) => ({ account: accounts[place], amount: target[place] - posted[place] }))
    .filter(({ amount }) => amount !== 0n);
  if (entries.length === 0) return;
  await postTransfer(tx, {
    kind: kindOf(before, payout.status),
    key: `payout:${payout.id}:${payout.status}:${payout.knownAt.getTime()}`,
    at,
    currency: payout.currency as Currency,
    entries,
    memo: { payoutId: payout.id },
  });
}

function kindOf(before: PayoutStatus | null, status: PayoutStatus): TransferKind {
  if (status === 'failed') return 'payout_failed';
  if (status !== 'paid') return 'payout';
  // Paid after all, when the money had already gone back: taken whether it is still there or not.
  return before === 'failed' ? 'reversal' : 'payout_paid';
}
