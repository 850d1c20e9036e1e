/** An admin takes back a bonus that should not have been credited: a correction is a new entry, with its reason. */
import type { BookedTransfer, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { enforce, personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { searchTransfers } from './books-store.ts';
import type { LedgerDeps } from './deps.ts';
import { moneyOf, unitsOf } from './minor-units.ts';
import { mayReverse } from './policy.ts';
import { withEntries } from './read-books.ts';
import { reverseTransfer } from './reverse-transfer.ts';
import { findTransfer, lockTransfer } from './store.ts';

export async function reverseBonus(
  { clock, database }: LedgerDeps,
  actor: Actor,
  transferId: string,
  reason: string,
): Promise<BookedTransfer> {
  const { userId } = personOfActor(actor);
  const at = clock.now();
  // Beyond row security: nobody writes in the ledger.
  return database.asSystem('take back a bonus for an admin', async (tx) => {
    await lockTransfer(tx, transferId);
    const transfer = await findTransfer(tx, transferId);
    if (transfer === null) throw new AppError('not_found');
    const credit = transfer.entries.find(({ amount }) => amount > 0n);
    const creatorId = (credit?.account.split(':')[1] ?? '') as UserId;
    enforce(mayReverse({ kind: transfer.kind, isOwn: creatorId === userId }));
    const key = `reversal:${transferId}`;
    const reversal = await reverseTransfer(tx, { transferId, kind: 'reversal', key, at });
    if (reversal.replayed) throw await reversedBefore(tx, reversal.transferId);
    const taken = moneyOf(reversal.amount, transfer.currency);
    const [receipt] = await recordAudit(tx, {
      type: 'TRANSFER_REVERSED',
      entity: 'profile',
      entityId: creatorId,
      actorId: userId,
      at,
      details: { transferId, reversalId: reversal.transferId, ...taken },
      personal: [{ userId: creatorId, data: { reason } }],
    });
    const amount = `${taken.currency} ${unitsOf(taken).toFixed(2)}`;
    await notify(tx, {
      userId: creatorId,
      sentBy: userId,
      kind: 'bonus_reversed',
      text: `A completion bonus of ${amount} was taken back. Reason: ${reason.replace(/\.$/, '')}.`,
      data: { amount, reason, ...(receipt === undefined ? {} : { receipt }) },
      at,
    });
    const found = await searchTransfers(tx, { words: reversal.transferId, after: null, limit: 1, order: 'newest' });
    const [booked] = await withEntries(tx, found.slice(0, 1));
    if (booked === undefined) throw new Error('a reversal vanished in the transaction that made it');
    return booked;
  });
}

async function reversedBefore(tx: Tx, reversalId: string): Promise<AppError> {
  const reversal = await findTransfer(tx, reversalId);
  return new AppError('already_decided', { detail: `This bonus was taken back at ${reversal?.at.toISOString()}.` });
}
