/** An admin closes someone's account, for 24 hours, 7 days, 30 days or for good. */
import type { AdminPenalty } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { personOfActor } from '../channels/index.ts';
import { describePenalty } from './admin-store.ts';
import { applyPenalty, type WantedPenalty } from './apply-penalty.ts';
import type { PenaltyDeps } from './deps.ts';

export async function adminApplyPenalty(deps: PenaltyDeps, actor: Actor, wanted: WantedPenalty): Promise<AdminPenalty> {
  const { userId: adminId } = personOfActor(actor);
  const at = deps.clock.now();
  const penalty = await deps.database.asActor(actor, async (tx) => {
    const { penaltyId } = await applyPenalty(tx, wanted, { adminId, at });
    return describePenalty(tx, penaltyId, at);
  });
  if (penalty === null) throw new Error('a penalty vanished in the transaction that made it');
  return penalty;
}
