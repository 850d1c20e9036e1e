/**
 * An appeal against the strike of a take-down was accepted: what was taken down for it returns too. Where a counter-
 * notice or a court action is under way, that decides when; the strike is gone all the same.
 */
import { recordAudit } from '../../db/audit-outbox.ts';
import type { StrikeLifted } from '../strikes/index.ts';
import type { DmcaDeps } from './deps.ts';
import { restoreMaterial } from './restore-material.ts';
import { moveOf } from './state-policy.ts';
import { lockOnStrike } from './store.ts';

export async function followLiftedStrike(deps: DmcaDeps, event: StrikeLifted): Promise<void> {
  if (event.source.kind !== 'dmca' || event.cause !== 'appeal') return;
  const at = deps.clock.now();
  await deps.database.asSystem('an accepted appeal puts content back', async (tx) => {
    for (const notice of await lockOnStrike(tx, event.strikeId)) {
      const move = moveOf(notice.status, 'overturn');
      if (!move.allowed) continue;
      const { liftedBy: by, reason } = event;
      await restoreMaterial(deps, tx, notice, { to: move.to, cause: 'appeal', by, reason, at });
      const details = { cause: 'appeal', ownerId: notice.targetOwnerId };
      await recordAudit(tx, { type: 'DMCA_RESTORED', entity: 'dmca', entityId: notice.id, actorId: by, at, details });
    }
  });
}
