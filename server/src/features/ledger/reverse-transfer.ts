/** Gives back all or a part of a transfer: by the original split, from where the money is now, and never more than was paid. */
import type { StreamId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { type CreatorPurpose, type LedgerAccount, platformAccount, withPurpose } from './accounts.ts';
import { conflictOf, type Posted, postTransfer } from './post-transfer.ts';
import { type Share, sharesToReturn } from './split.ts';
import { findByKey, findTransfer, lockTransfer, returnedOf } from './store.ts';
import { isSplit } from './transfer-kinds.ts';

/** After this a credit is available for payout; until then it can be taken back without touching anything else. */
export const RISK_DELAY_MS = 7 * 24 * 3_600_000;

export interface ReversalRequest {
  readonly transferId: string;
  readonly kind: 'refund' | 'dispute_lost' | 'reversal';
  readonly key: string;
  readonly at: Date;
  /** Minor units of the gross; all that has not been returned yet when absent. */
  readonly amount?: bigint;
  /** From which of the creator's accounts; absent: where the credit is, `pending` before the risk delay, else `available`. */
  readonly from?: CreatorPurpose;
  readonly memo?: Readonly<Record<string, unknown>>;
}

export interface Reversed extends Posted {
  /** Minor units given back by this reversal. */
  readonly amount: bigint;
  /** What can still be given back. */
  readonly remaining: bigint;
}

/** More was to be given back than is left of the transfer. Nothing was written, and the transaction can go on. */
export class MoreThanWasPaid extends Error {
  constructor(transferId: string) {
    super(`transfer ${transferId}: more is to be given back than is left of it`);
    this.name = 'MoreThanWasPaid';
  }
}

/** `tx` must be the system's. Repeating a key repeats the answer. Throws what `postTransfer` throws, and `MoreThanWasPaid`. */
export async function reverseTransfer(tx: Tx, request: ReversalRequest): Promise<Reversed> {
  const { at, key, kind, memo, transferId } = request;
  await lockTransfer(tx, transferId);
  const original = await findTransfer(tx, transferId);
  if (original === null) throw new Error(`there is no transfer ${transferId} to give back`);
  const credits = original.entries.filter(({ amount }) => amount > 0n);
  const debits = original.entries.filter(({ amount }) => amount < 0n);
  const gross = credits.reduce((sum, { amount }) => sum + amount, 0n);
  const returned = await returnedOf(tx, transferId);
  const known = await findByKey(tx, key);
  if (known !== null) {
    const isSame = known.reverses === transferId && known.kind === kind;
    if (!isSame || (request.amount ?? known.gross) !== known.gross) throw conflictOf();
    return { transferId: known.id, replayed: true, amount: known.gross, remaining: gross - returned };
  }
  const amount = request.amount ?? gross - returned;
  if (amount <= 0n || returned + amount > gross) throw new MoreThanWasPaid(transferId);

  const purpose = request.from ?? (original.at.getTime() + RISK_DELAY_MS <= at.getTime() ? 'available' : null);
  const fees = isSplit(original.kind) ? platformAccount('fees') : null;
  const taken = sharesToReturn(credits, returned, amount, fees).map((share) =>
    purpose === null ? share : { ...share, account: withPurpose(share.account, purpose) },
  );
  const given = sharesToReturn(debits.map(positive), returned, amount, null);
  const posted = await postTransfer(tx, {
    kind,
    key,
    at,
    currency: original.currency,
    reverses: transferId,
    ...(original.streamId === null ? {} : { streamId: original.streamId as StreamId }),
    ...(memo === undefined ? {} : { memo }),
    entries: [...taken.map(({ account, amount }) => ({ account, amount: -amount })), ...given].map(
      ({ account, amount }) => ({ account: account as LedgerAccount, amount }),
    ),
  });
  return { ...posted, amount, remaining: gross - returned - amount };
}

const positive = ({ account, amount }: Share): Share => ({ account, amount: -amount });
