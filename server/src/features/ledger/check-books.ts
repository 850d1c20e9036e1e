/** Checks the books and keeps what was found: at night, and when an admin asks. */
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { insertCheck } from './check-store.ts';
import { checkInvariants, type InvariantResult, type ProviderBalances } from './invariants.ts';

export interface BooksCheck {
  readonly id: string;
  readonly at: Date;
  readonly isSound: boolean;
  readonly results: readonly InvariantResult[];
}

/** `tx` must be the system's. Every check is an entry of the audit log, with the invariants that were found broken. */
export async function checkBooks(
  tx: Tx,
  check: { readonly askedBy: string | null; readonly at: Date; readonly providerBalances: ProviderBalances | null },
): Promise<BooksCheck> {
  const { askedBy, at } = check;
  const results = await checkInvariants(tx, check.providerBalances);
  const isSound = results.every(({ state }) => state !== 'broken');
  const id = uuidv7();
  await insertCheck(tx, { id, at, askedBy, isSound, results });
  const broken = results.filter(({ state }) => state === 'broken').map((result) => result.id);
  await recordAudit(tx, {
    type: 'LEDGER_CHECKED',
    entity: 'instance',
    entityId: id,
    actorId: askedBy,
    at,
    details: { isSound, broken },
  });
  return { id, at, isSound, results };
}
