/** A notice arrives by the form or the API: complete, or nothing of it is kept. */
import type { DmcaNoticeBody, DmcaNoticeId, DmcaTarget, dmca, OutputOf } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import type { DmcaDeps } from './deps.ts';
import { letterJob } from './job-kinds.ts';
import { missingOfNotice } from './notice-elements-policy.ts';
import { addStep, countByStatus, findTarget, insertNotice, type NewNotice, type Target } from './store.ts';
import { tellAdmins } from './tell-admins.ts';

export async function receiveNotice(
  deps: DmcaDeps,
  actor: Actor,
  body: DmcaNoticeBody,
): Promise<OutputOf<typeof dmca.sendNotice>> {
  const missing = missingOfNotice(body);
  if (missing.length > 0 || body.target === undefined) throw new AppError('notice_incomplete', { missing });
  const id = uuidv7();
  const token = deps.tokens.tokenOf(id);
  const at = deps.clock.now();
  const { target: named } = body;

  await deps.database.asSystem('take a notice from somebody without an account', async (tx) => {
    const target = await findNamed(tx, named);
    if (actor.kind === 'person' && target.ownerId === actor.userId) throw new AppError('own_content');
    const isFirst = ((await countByStatus(tx)).get('valid') ?? 0) === 0;
    const tokenHash = deps.tokens.hashOf(token);
    await insertNotice(tx, { ...rowOf(body, target), id, status: 'valid', source: 'form', tokenHash, receivedAt: at });
    await addStep(tx, { noticeId: id, type: 'received', at });
    await recordAudit(tx, {
      type: 'DMCA_RECEIVED',
      entity: 'dmca',
      entityId: id,
      actorId: actor.kind === 'person' ? actor.userId : null,
      at,
      details: { target: named, source: 'form' },
    });
    // § 512(c)(1)(C) asks to act expeditiously: whoever has an empty list hears of the first.
    if (isFirst) await tellAdmins(tx, { kind: 'dmca.received', noticeId: id, title: target.title, at });
    if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'received', at));
  });
  return {
    id: id as DmcaNoticeId,
    status: 'valid',
    receivedAt: at.toISOString(),
    token,
    statusUrl: statusUrl(deps, id, token),
  };
}

/**
 * Whoever names an id has seen the thing, so a recording that its creator hid in the meantime is found like any other:
 * otherwise hiding it would be a way out.
 */
export async function findNamed(tx: Tx, named: DmcaTarget): Promise<Target> {
  const target = await findTarget(tx, named);
  if (target === null) throw new AppError('not_found', { detail: 'There is no such video or livestream here.' });
  return target;
}

export function statusUrl(deps: Pick<DmcaDeps, 'publicUrl'>, id: string, token: string): string {
  return `${deps.publicUrl()}/dmca/${id}?token=${token}`;
}

/** The elements as columns; what was left out is empty. */
export function rowOf(
  body: DmcaNoticeBody,
  target: Target | null,
): Omit<NewNotice, 'id' | 'status' | 'source' | 'tokenHash' | 'receivedAt'> {
  const { claimant = {} } = body;
  return {
    ...(target === null ? {} : targetColumns(target)),
    claimantName: claimant.name ?? '',
    claimantAddress: claimant.address ?? '',
    claimantEmail: claimant.email ?? '',
    claimantPhone: claimant.phone ?? '',
    claimedWork: body.claimedWork ?? '',
    claimedWorkUrl: body.claimedWorkUrl === undefined || body.claimedWorkUrl === '' ? null : body.claimedWorkUrl,
    materialUrl: body.materialUrl ?? '',
    goodFaith: body.goodFaith ?? false,
    accuracyUnderPerjury: body.accuracyUnderPerjury ?? false,
    signature: body.signature ?? '',
  };
}

function targetColumns({ id, lineageKey, ownerId, title, type }: Target) {
  return { targetType: type, targetId: id, targetOwnerId: ownerId, targetTitle: title, lineageKey };
}
