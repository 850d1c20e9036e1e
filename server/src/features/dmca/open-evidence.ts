/** An admin opens what was sealed; that they did is written before they see it. */
import type { DmcaNoticeId, dmca, OutputOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { sha256Of } from './evidence-seal.ts';
import { findEvidence } from './evidence-store.ts';
import { addStep, findNotice } from './store.ts';

export async function openEvidence(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  reason: string,
): Promise<OutputOf<typeof dmca.openEvidence>> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const found = await deps.database.asActor(actor, async (tx) => {
    if ((await findNotice(tx, id)) === null) throw new AppError('not_found');
    return findEvidence(tx, id);
  });
  if (found.length === 0) throw new AppError('not_found', { detail: 'Nothing was sealed for this notice.' });
  await deps.database.asSystem('each opening of evidence leaves its trace', async (tx) => {
    await addStep(tx, { noticeId: id, type: 'evidence_opened', at, byId: userId, note: reason });
    await recordAudit(tx, {
      type: 'DMCA_EVIDENCE_OPENED',
      entity: 'dmca',
      entityId: id,
      actorId: userId,
      at,
      details: { evidence: found.map((each) => each.id) },
      personal: [{ userId, data: { reason } }],
    });
  });
  return {
    items: found.map(({ id: evidenceId, kind, sealed, sealedAt, sha256 }) => {
      // Changed bytes cannot be opened; that they were changed is what has to be seen then.
      const isIntact = sha256Of(sealed) === sha256;
      const content = isIntact ? deps.seal.open(sealed, `${id}:${kind}`) : {};
      return { id: evidenceId, kind, sha256, sealedAt: sealedAt.toISOString(), isIntact, content };
    }),
  };
}
