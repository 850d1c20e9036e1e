/** Tells open pages that an appeal has moved: the appellant's, and those of the admins who may review it. */
import { appeals as contract, type UserId } from '@virgil/contract';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import { actingAdmins } from '../penalties/index.ts';
import type { AppealChanged } from './events.ts';

export async function showAppealChange(
  deps: { readonly database: Database; readonly clock: Clock; readonly realtime: Realtime },
  { appealId, userId }: AppealChanged,
): Promise<void> {
  const admins = await deps.database.asSystem('who reviews appeals', (tx) => actingAdmins(tx, deps.clock.now()));
  // Their ids come from our own rows.
  for (const id of new Set([userId, ...(admins as UserId[])])) {
    deps.realtime.toUser(id, contract.appealChanged, { appealId });
  }
}
