/**
 * A decision was undone before anybody was told: its statement and its notice go, as if they had not been written. What
 * was decided and undone stands in the audit log; a statement of reasons that nobody got gave no reasons, so it is
 * neither counted nor handed over.
 */
import type { DecisionKind } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { cancel } from '../../jobs/index.ts';
import { cancelNotice } from '../notifications/index.ts';
import { RELEASE_STATEMENT } from './job-kinds.ts';
import { deleteStatement, findIssued } from './store.ts';

/**
 * With the system's rights. False: it was delivered, or there is none; then nothing was changed, and only
 * `reverseStatement` is left. The notice decides: it is delivered or cancelled, never both.
 */
export async function withdrawStatement(
  tx: Tx,
  decision: { readonly kind: DecisionKind; readonly id: string },
): Promise<boolean> {
  const issued = await findIssued(tx, decision);
  if (issued === null || !(await cancelNotice(tx, issued.notificationId))) return false;
  await deleteStatement(tx, issued.id);
  await cancel(tx, { kind: RELEASE_STATEMENT, key: issued.id });
  return true;
}
