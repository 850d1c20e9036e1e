/**
 * What the claimant does later, by the token of the receipt: report a court action, or take the notice back. An admin
 * enters the same without a token when it came by letter.
 */
import type { DmcaMatter, DmcaNoticeId, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import type { DmcaDeps } from './deps.ts';
import { matterOf } from './describe-matter.ts';
import { enforceMove } from './guards.ts';
import { letterJob } from './job-kinds.ts';
import { restoreMaterial, stopClock } from './restore-material.ts';
import { isDown, moveOf } from './state-policy.ts';
import { addStep, findCounters, lockNotice, type Notice, updateNotice } from './store.ts';
import { tellCreator } from './tell-creator.ts';

export async function reportCourtAction(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  token: string | undefined,
  action: { readonly court: string; readonly reference: string },
): Promise<DmcaMatter> {
  const at = deps.clock.now();
  const { court, reference } = action;
  return deps.database.asSystem('a claimant without an account reports a court action', async (tx) => {
    const { by, notice } = await lockAsClaimant(deps, tx, actor, id, token);
    const status = enforceMove(moveOf(notice.status, 'court'), notice);
    await stopClock(tx, id);
    const changed = await updateNotice(tx, id, { status, court, courtReference: reference, courtAt: at, alarm: null });
    await addStep(tx, { noticeId: id, type: 'court_action', at, byId: by, note: `${court}, ${reference}` });
    await recordAudit(tx, { type: 'DMCA_COURT_ACTION_REPORTED', entity: 'dmca', entityId: id, actorId: by, at });
    await tellCreator(tx, notice, { kind: 'dmca.court_action', at, sentBy: null, data: { court, reference } });
    if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'court_action', at));
    return claimantView(tx, changed);
  });
}

export async function retractNotice(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  token: string | undefined,
  reason: string,
): Promise<DmcaMatter> {
  const at = deps.clock.now();
  return deps.database.asSystem('a claimant without an account takes a notice back', async (tx) => {
    const { by, notice } = await lockAsClaimant(deps, tx, actor, id, token);
    const to = enforceMove(moveOf(notice.status, 'retract'), notice);
    const changed = isDown(notice.status)
      ? await restoreMaterial(deps, tx, notice, { to, cause: 'retraction', by, reason, at })
      : await closeUndecided(deps, tx, notice, { by, reason, at });
    await recordAudit(tx, {
      type: 'DMCA_RETRACTED',
      entity: 'dmca',
      entityId: id,
      actorId: by,
      at,
      // Whoever was never told of it finds it in no copy of their data either.
      details: { from: notice.status, ...(isDown(notice.status) ? { ownerId: notice.targetOwnerId } : {}) },
    });
    return claimantView(tx, changed);
  });
}

/** Nobody was told of it and nothing was touched. */
async function closeUndecided(
  deps: DmcaDeps,
  tx: Tx,
  { id }: Notice,
  { at, by, reason }: { readonly by: UserId | null; readonly reason: string; readonly at: Date },
): Promise<Notice> {
  await addStep(tx, { noticeId: id, type: 'retracted', at, byId: by, note: reason });
  if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'retracted', at));
  return updateNotice(tx, id, { status: 'retracted', retractedAt: at, retractionReason: reason });
}

/** Whoever does not hold the token learns nothing, not even that there is such a notice. */
async function lockAsClaimant(
  deps: DmcaDeps,
  tx: Tx,
  actor: Actor,
  id: DmcaNoticeId,
  token: string | undefined,
): Promise<{ notice: Notice; by: UserId | null }> {
  const notice = await lockNotice(tx, id);
  if (notice === null) throw new AppError('not_found');
  if (token === undefined) {
    if (actor.kind !== 'person' || actor.role !== 'admin') throw new AppError('not_found');
    if (notice.targetOwnerId === actor.userId) throw new AppError('own_content');
    return { notice, by: actor.userId };
  }
  if (!deps.tokens.matches(token, notice.tokenHash)) throw new AppError('not_found');
  return { notice, by: null };
}

async function claimantView(tx: Tx, notice: Notice): Promise<DmcaMatter> {
  return matterOf(notice, (await findCounters(tx, [notice.id])).get(notice.id) ?? null, 'claimant');
}
