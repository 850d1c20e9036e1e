/** Posts one transfer, in one round trip and in the caller's transaction: `ledger_post` in migration 0015 does the work. */
import { createHash } from 'node:crypto';
import type { StreamId, TransferKind } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { LedgerAccount } from './accounts.ts';
import { callPost } from './store.ts';
import { isForced } from './transfer-kinds.ts';

export type Currency = 'USD' | 'EUR' | 'GBP';

export interface Entry {
  readonly account: LedgerAccount;
  /** Minor units, never zero; below zero takes away. */
  readonly amount: bigint;
}

export interface TransferRequest {
  readonly kind: TransferKind;
  /** Says what this is, once for ever: `tip:<id>`, `bonus:<stream>`. Not longer than 200 characters. */
  readonly key: string;
  readonly at: Date;
  readonly currency: Currency;
  /** Sum to zero, one an account. */
  readonly entries: readonly Entry[];
  readonly reverses?: string;
  readonly streamId?: StreamId;
  /** Ids and numbers only: it is kept for ever. Not part of what a repetition must repeat. */
  readonly memo?: Readonly<Record<string, unknown>>;
}

export interface Posted {
  readonly transferId: string;
  /** This very request was posted before, and nothing was written now. */
  readonly replayed: boolean;
}

/** A creator's account has less than was to be taken from it. Nothing was written, and the transaction can go on. */
export class NotEnoughMoney extends Error {
  constructor(key: string) {
    super(`transfer ${key}: there is less on the account than it takes`);
    this.name = 'NotEnoughMoney';
  }
}

/**
 * `tx` must be the system's (`asSystem`). Throws `idempotency_conflict` when the key stands for another request, and
 * `NotEnoughMoney` unless the kind may take what is not there. Entries that do not sum to zero are refused by the
 * database, and that ends the transaction: it is a fault in the caller.
 */
export async function postTransfer(tx: Tx, request: TransferRequest): Promise<Posted> {
  const { transferId, outcome } = await callPost(tx, {
    ...request,
    id: uuidv7(),
    hash: hashOf(request),
    isForced: isForced(request.kind),
  });
  switch (outcome) {
    case 'posted':
    case 'replayed':
      return { transferId, replayed: outcome === 'replayed' };
    case 'conflict':
      throw conflictOf();
    case 'short':
      throw new NotEnoughMoney(request.key);
  }
}

export const conflictOf = (): AppError =>
  new AppError('idempotency_conflict', { detail: 'This key was used for another request.' });

/** What a repetition must repeat: everything but when it came and what was noted beside it. */
function hashOf({ kind, currency, entries, reverses, streamId }: TransferRequest): string {
  const sorted = entries.map(({ account, amount }) => [account, String(amount)]).sort();
  return createHash('sha256')
    .update(JSON.stringify([kind, currency, sorted, reverses ?? null, streamId ?? null]))
    .digest('hex');
}
