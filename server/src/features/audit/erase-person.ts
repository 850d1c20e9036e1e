/** What privacy asks of the log: a person's key is destroyed, or waits for the end of a legal hold. */
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { endKey, forgetInIndex, lockKey, replaceKey } from './key-store.ts';
import { underHold, unwrapped, type Wrapping, wrap } from './person-keys.ts';

/**
 * Destroys the person's key: whatever the log holds of them cannot be read by anybody any more, and no entry leads to
 * another of theirs. The entries and all proofs stay as they are. Leaves one entry that names nobody. As the system.
 */
export async function destroyKeyOf(tx: Tx, userId: string, at: Date): Promise<void> {
  await endKey(tx, userId, at);
  await forgetInIndex(tx, userId);
  await recordAudit(tx, { type: 'PERSON_ERASED', entity: 'instance', entityId: 'audit', actorId: null, at });
}

/**
 * A legal hold on somebody who is erased for everybody else: their key is wrapped by the hold key, so that no page reads
 * by it, and new entries do not name them. Ends by `destroyKeyOf`, or by `releaseKeyOf` when they are not erased after
 * all. False when there is no key to hold.
 */
export async function holdKeyOf(tx: Tx, wrapping: Wrapping, userId: string, until: Date): Promise<boolean> {
  const row = await lockKey(tx, userId);
  const key = row === null ? null : unwrapped(row, wrapping);
  if (key === null) return false;
  await replaceKey(tx, userId, {
    wrapped: wrap(key, userId, wrapping.holdKey),
    wrappedBy: 'hold',
    heldUntil: until,
  });
  return true;
}

/** The held key is the person's own again. False when none was held. */
export async function releaseKeyOf(tx: Tx, wrapping: Wrapping, userId: string): Promise<boolean> {
  const row = await lockKey(tx, userId);
  const key = row === null ? null : underHold(row, wrapping);
  if (key === null) return false;
  await replaceKey(tx, userId, { wrapped: wrap(key, userId, wrapping.kek), wrappedBy: 'kek', heldUntil: null });
  return true;
}
