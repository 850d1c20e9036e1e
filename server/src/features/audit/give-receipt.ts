/** A person takes home the proof that a decision about them is in the log, exactly as it was made. */
import { formatReceipt } from 'virgil-tlog';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { FileAnswer } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { AuditLog } from './audit-log.ts';
import { findInIndex, leafAt, peopleOf } from './index-store.ts';
import { mayHaveReceipt } from './policy.ts';
import { Prover } from './prove-entry.ts';

export async function giveReceipt(log: AuditLog, caller: Caller, eventId: string): Promise<FileAnswer> {
  const person = personOfActor(caller.actor);
  // Row security shows a person their own part of an entry, and an admin every part.
  const parts = await log.handle.database.asActor(person, (tx) => peopleOf(tx, [eventId]));
  const isIn = parts.some(({ userId }) => userId === person.userId);
  const receipt = await log.handle.database.asSystem('the receipt of an audit entry', async (tx) => {
    const row = await findInIndex(tx, eventId);
    if (
      row === null ||
      !mayHaveReceipt({
        isAdmin: person.role === 'admin',
        isIn,
        isActor: row.actorId === person.userId,
        type: row.type,
      })
    )
      return null;
    const leaf = await leafAt(tx, row);
    const proof = leaf && (await new Prover(tx, log).prove(row, leaf));
    if (leaf === null || proof === null) return null;
    return formatReceipt({
      index: proof.index,
      proof: proof.hashes.map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: proof.checkpoint,
      extra: leaf,
    });
  });
  if (receipt === null) throw new AppError('not_found');
  return { type: 'text/plain', fileName: `${eventId}.tlog-proof`, body: receipt };
}
