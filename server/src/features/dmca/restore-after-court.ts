/**
 * The court action ended in the creator's favour, or was withdrawn: an admin says so, and the material returns. The same
 * by hand where the clock ran out and its job could not run; before that nobody puts anything back by hand.
 */
import type { DmcaDossier, DmcaNoticeId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { getDossier } from './describe-dossier.ts';
import { enforceMove } from './guards.ts';
import { restoreMaterial } from './restore-material.ts';
import { moveOf } from './state-policy.ts';
import { lockNotice } from './store.ts';

export async function restoreAfterCourt(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  reason: string,
): Promise<DmcaDossier> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asSystem('the end of a court action puts content back and lifts a strike', async (tx) => {
    const notice = await lockNotice(tx, id);
    if (notice === null) throw new AppError('not_found');
    const isOverdue = notice.status === 'counter_noticed' && notice.putBackAt !== null && notice.putBackAt <= at;
    const cause = isOverdue ? 'put_back' : 'court';
    const to = enforceMove(moveOf(notice.status, isOverdue ? 'put_back' : 'court_end'), notice);
    if (notice.targetOwnerId === by) throw new AppError('own_content');
    await restoreMaterial(deps, tx, notice, { to, cause, by, reason, at });
    const details = { cause, ownerId: notice.targetOwnerId };
    await recordAudit(tx, { type: 'DMCA_RESTORED', entity: 'dmca', entityId: id, actorId: by, at, details });
  });
  return getDossier(deps, actor, id);
}
