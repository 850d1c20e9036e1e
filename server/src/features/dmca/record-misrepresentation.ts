/**
 * An admin found that a notice knowingly misrepresented an infringement (17 U.S.C. § 512(f)). It stays with the notice
 * and is counted where the same address sends another.
 */
import type { DmcaDossier, DmcaNoticeId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { getDossier } from './describe-dossier.ts';
import { enforceMove } from './guards.ts';
import { moveOf } from './state-policy.ts';
import { addStep, hasStep, lockNotice } from './store.ts';

export async function recordMisrepresentation(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  finding: string,
): Promise<DmcaDossier> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asSystem('an admin records a finding about a notice', async (tx) => {
    const notice = await lockNotice(tx, id);
    if (notice === null) throw new AppError('not_found');
    enforceMove(moveOf(notice.status, 'misrepresent'), notice);
    // Who gains from the finding does not make it.
    if (notice.targetOwnerId === by) throw new AppError('own_content');
    if (await hasStep(tx, id, 'misrepresentation')) {
      throw new AppError('already_decided', { detail: 'The finding is recorded already.' });
    }
    await addStep(tx, { noticeId: id, type: 'misrepresentation', at, byId: by, note: finding });
    await recordAudit(tx, {
      type: 'DMCA_MISREPRESENTATION_FOUND',
      entity: 'dmca',
      entityId: id,
      actorId: by,
      at,
      personal: [{ userId: by, data: { finding } }],
    });
  });
  return getDossier(deps, actor, id);
}
