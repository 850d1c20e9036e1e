/**
 * Notices that came by mail or post. Where only signature or statements are missing, the sender has to be asked before
 * the notice may be ignored (17 U.S.C. § 512(c)(3)(B)(ii)): incomplete → chased → valid or void.
 */
import { isDeepStrictEqual } from 'node:util';
import type { BodyOf, DmcaDossier, DmcaNoticeBody, DmcaNoticeId, dmca } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { DmcaDeps } from './deps.ts';
import { getDossier } from './describe-dossier.ts';
import { bodyOf, enforceMove } from './guards.ts';
import { missingOfNotice } from './notice-elements-policy.ts';
import { findNamed, rowOf } from './receive-notice.ts';
import { type Act, moveOf } from './state-policy.ts';
import { addStep, insertNotice, lockNotice, type Notice, updateNotice } from './store.ts';

export async function enterNotice(
  deps: DmcaDeps,
  actor: Actor,
  entry: BodyOf<typeof dmca.enterNotice>,
): Promise<DmcaDossier> {
  const { userId } = personOfActor(actor);
  const at = deps.clock.now();
  const id = uuidv7() as DmcaNoticeId;
  const { notice, source } = entry;
  // A letter may have lain on a desk, but none arrives from the future.
  const receivedAt = entry.receivedAt === undefined ? at : earlier(new Date(entry.receivedAt), at);
  const missing = missingOfNotice(notice);
  await deps.database.asSystem('an admin enters a notice from a letter', async (tx) => {
    const target = notice.target === undefined ? null : await findNamed(tx, notice.target);
    const tokenHash = deps.tokens.hashOf(deps.tokens.tokenOf(id));
    const status = missing.length === 0 ? 'valid' : 'incomplete';
    await insertNotice(tx, { ...rowOf(notice, target), id, status, source, tokenHash, receivedAt, enteredBy: userId });
    await addStep(tx, { noticeId: id, type: 'received', at: receivedAt });
    await addStep(tx, { noticeId: id, type: 'entered', at, byId: userId });
    const details = { target: notice.target ?? null, source, missing };
    await recordAudit(tx, { type: 'DMCA_ENTERED', entity: 'dmca', entityId: id, actorId: userId, at, details });
  });
  return getDossier(deps, actor, id);
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** What is given replaces what was there; what is left out stays. */
export async function completeNotice(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  added: DmcaNoticeBody,
): Promise<DmcaDossier> {
  await act(deps, actor, id, 'complete', async (tx, notice, { at, by }) => {
    const before = bodyOf(notice);
    const body = { ...before, ...added, claimant: { ...before.claimant, ...added.claimant } };
    if (isDeepStrictEqual(body, before)) return;
    const target = body.target === undefined ? null : await findNamed(tx, body.target);
    const missing = missingOfNotice(body);
    const status = missing.length === 0 ? 'valid' : notice.status;
    await updateNotice(tx, id, { ...rowOf(body, target), status });
    await addStep(tx, { noticeId: id, type: 'completed', at, byId: by });
    const details = { target: body.target ?? null, missing };
    await recordAudit(tx, { type: 'DMCA_COMPLETED', entity: 'dmca', entityId: id, actorId: by, at, details });
  });
  return getDossier(deps, actor, id);
}

export async function chaseNotice(deps: DmcaDeps, actor: Actor, id: DmcaNoticeId, note: string): Promise<DmcaDossier> {
  await act(deps, actor, id, 'chase', async (tx, notice, { at, by }) => {
    await updateNotice(tx, id, { status: 'chased' });
    await addStep(tx, { noticeId: id, type: 'chased', at, byId: by, note });
    const details = { missing: missingOfNotice(bodyOf(notice)) };
    await recordAudit(tx, { type: 'DMCA_CHASED', entity: 'dmca', entityId: id, actorId: by, at, details });
  });
  return getDossier(deps, actor, id);
}

export async function voidNotice(deps: DmcaDeps, actor: Actor, id: DmcaNoticeId, note: string): Promise<DmcaDossier> {
  await act(deps, actor, id, 'void', async (tx, notice, { at, by }) => {
    await updateNotice(tx, id, { status: 'void' });
    await addStep(tx, { noticeId: id, type: 'voided', at, byId: by, note });
    const details = { missing: missingOfNotice(bodyOf(notice)) };
    await recordAudit(tx, { type: 'DMCA_VOIDED', entity: 'dmca', entityId: id, actorId: by, at, details });
  });
  return getDossier(deps, actor, id);
}

async function act(
  { clock, database }: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  what: Act,
  work: (tx: Tx, notice: Notice, done: { at: Date; by: string }) => Promise<void>,
): Promise<void> {
  const { userId: by } = personOfActor(actor);
  const at = clock.now();
  await database.asSystem('an admin works on a notice from a letter', async (tx) => {
    const notice = await lockNotice(tx, id);
    if (notice === null) throw new AppError('not_found');
    if (notice.targetOwnerId === by) throw new AppError('own_content');
    enforceMove(moveOf(notice.status, what), notice);
    await work(tx, notice, { at, by });
  });
}
