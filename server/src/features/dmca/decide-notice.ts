/**
 * An admin approves: in one transaction the material goes, with everything of the same stream, one strike a day and
 * work is issued, evidence is sealed and the creator is told why. Or rejects: nothing is touched, both sides are told.
 */
import type { DmcaDossier, DmcaNoticeId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { personOfActor } from '../channels/index.ts';
import { removeContent } from '../removals/index.ts';
import { issueStatement } from '../statements/index.ts';
import { findStrike, type IssuedStrike, issueStrike } from '../strikes/index.ts';
import type { DmcaDeps } from './deps.ts';
import { getDossier } from './describe-dossier.ts';
import { insertEvidence } from './evidence-store.ts';
import { decisionDocument, type HashedFile, hashFiles } from './gather-evidence.ts';
import { enforceMove } from './guards.ts';
import { letterJob, sealRecordingJob } from './job-kinds.ts';
import { takedownLetter } from './letters.ts';
import { type Act, moveOf } from './state-policy.ts';
import {
  addStep,
  findTarget,
  lockNotice,
  type Notice,
  nameOf,
  strikeOfSameDay,
  type Target,
  updateNotice,
} from './store.ts';
import { tellCreator } from './tell-creator.ts';

interface Decision {
  readonly by: UserId;
  readonly reason: string;
  readonly at: Date;
}

/** When a running stream's recording is looked for, to seal its hash too. Milliseconds. */
const FIRST_LOOK_MS = 10 * 60_000;

export async function approveNotice(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  reason: string,
): Promise<DmcaDossier> {
  const decision = { by: personOfActor(actor).userId, reason, at: deps.clock.now() };
  const { video } = await deps.database.asSystem('look at what a notice is about', async (tx) => {
    const { target } = await lockForDecision(tx, id, decision.by, 'approve');
    return { video: target?.video ?? null };
  });
  const files = await hashFiles(deps, video);
  await deps.database.asSystem('a decision removes content, issues a strike and tells people', async (tx) => {
    const { notice, status, target } = await lockForDecision(tx, id, decision.by, 'approve');
    await takeDown(deps, tx, { notice, target, files, decision });
    if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'approved', decision.at));
    await updateNotice(tx, id, {
      status,
      decision: 'approved',
      decidedAt: decision.at,
      decidedBy: decision.by,
      decisionReason: reason,
    });
    await addStep(tx, { noticeId: id, type: 'approved', at: decision.at, byId: decision.by, note: reason });
  });
  return getDossier(deps, actor, id);
}

export async function rejectNotice(
  deps: DmcaDeps,
  actor: Actor,
  id: DmcaNoticeId,
  reason: string,
): Promise<DmcaDossier> {
  const { userId: by } = personOfActor(actor);
  const at = deps.clock.now();
  await deps.database.asSystem('a decision about a notice tells both sides', async (tx) => {
    const { notice, status } = await lockForDecision(tx, id, by, 'reject');
    await updateNotice(tx, id, { status, decision: 'rejected', decidedAt: at, decidedBy: by, decisionReason: reason });
    await addStep(tx, { noticeId: id, type: 'rejected', at, byId: by, note: reason });
    const ownerId = notice.targetOwnerId as UserId | null;
    const [receipt] = await recordAudit(tx, {
      type: 'DMCA_REJECTED',
      entity: 'dmca',
      entityId: id,
      actorId: by,
      at,
      details: { ownerId, target: targetRef(notice) },
      ...(ownerId === null ? {} : { personal: [{ userId: ownerId, data: { reason } }] }),
    });
    await tellCreator(tx, notice, { kind: 'dmca.rejected', at, sentBy: by, data: { reason, receipt } });
    if (deps.sendLetter !== null) await schedule(tx, letterJob(id, 'rejected', at));
  });
  return getDossier(deps, actor, id);
}

/** Throws what forbids it. Two admins at once: the second waits for the lock and hears what the first decided. */
async function lockForDecision(tx: Tx, id: DmcaNoticeId, by: UserId, act: Extract<Act, 'approve' | 'reject'>) {
  const notice = await lockNotice(tx, id);
  if (notice === null) throw new AppError('not_found');
  const decidedBy = notice.decidedBy === null ? null : await nameOf(tx, notice.decidedBy);
  const status = enforceMove(moveOf(notice.status, act), notice, decidedBy);
  if (notice.targetOwnerId === by) throw new AppError('own_content');
  const { targetId, targetType } = notice;
  const target =
    targetType === null || targetId === null ? null : await findTarget(tx, { type: targetType, id: targetId });
  return { notice, target, status };
}

const targetRef = ({ targetId, targetType }: Notice) => ({ type: targetType, id: targetId });

async function takeDown(
  deps: DmcaDeps,
  tx: Tx,
  facts: { notice: Notice; target: Target | null; files: readonly HashedFile[]; decision: Decision },
): Promise<void> {
  const { decision, files, notice, target } = facts;
  const { at, by, reason } = decision;
  const ownerId = notice.targetOwnerId as UserId | null;
  const evidence = await sealDecision(deps, tx, facts);
  // The thing may be gone by now, and so may its creator: the decision is recorded all the same.
  if (target !== null) {
    const ref = { kind: 'dmca', id: notice.id } as const;
    const { streamId } = target;
    // A stream and its recording go together, whichever of them was named.
    const subject =
      streamId === null ? ({ type: 'video', id: target.id } as const) : ({ type: 'livestream', id: streamId } as const);
    await removeContent(tx, { subject, decision: ref, by, at });
    if (files.length === 0) await schedule(tx, sealRecordingJob(notice.id, 0, new Date(at.getTime() + FIRST_LOOK_MS)));
  }
  const strike = ownerId === null ? null : await strikeFor(tx, notice, ownerId, decision);
  if (strike !== null) await updateNotice(tx, notice.id, { strikeId: strike.strikeId });
  const [receipt] = await recordAudit(tx, {
    type: 'DMCA_APPROVED',
    entity: 'dmca',
    entityId: notice.id,
    actorId: by,
    at,
    details: {
      ownerId,
      target: targetRef(notice),
      strikeId: strike?.strikeId ?? null,
      evidence: { id: evidence.id, sha256: evidence.sha256 },
      media: files.map(({ bytes, sha256 }) => ({ bytes, sha256 })),
    },
    ...(ownerId === null ? {} : { personal: [{ userId: ownerId, data: { reason } }] }),
  });
  if (ownerId === null || strike === null) return;
  await issueStatement(tx, {
    userId: ownerId,
    decision: { kind: 'dmca', id: notice.id },
    restriction: target?.type === 'livestream' ? 'livestream_ended' : 'video_removed',
    subject: {
      type: notice.targetType ?? 'video',
      id: notice.targetId ?? '',
      title: notice.targetTitle,
      at: (target?.type === 'livestream' ? target.stream?.startedAt : target?.video?.createdAt) ?? notice.receivedAt,
    },
    reason,
    category: 'copyright',
    ground: {
      kind: 'illegal',
      rule: 'Copyright: 17 U.S.C. § 512(c)',
      explanation: 'A rights holder stated under penalty of perjury that this is their work, used without permission.',
    },
    source: 'rights_notice',
    automated: { detection: false, decision: 'none' },
    until: null,
    warning: strike.warning,
    appeal: { type: 'strike', id: strike.strikeId },
    issuedBy: by,
    at,
    receipt,
    letter: takedownLetter(notice, reason),
  });
}

interface StrikeOfNotice {
  readonly strikeId: string;
  /** Null when this notice adds none: the creator has been warned of it already. */
  readonly warning: IssuedStrike['warning'] | null;
}

/** Notices of one day about one work are one strike, also when they are decided on different days. */
async function strikeFor(
  tx: Tx,
  notice: Notice,
  userId: UserId,
  { at, by, reason }: Decision,
): Promise<StrikeOfNotice> {
  const shared = await strikeOfSameDay(tx, notice);
  const standing = shared === null ? null : await findStrike(tx, shared);
  if (standing !== null && standing.liftedAt === null && standing.expiresAt > at) {
    return { strikeId: standing.id, warning: null };
  }
  const issued = await issueStrike(tx, {
    userId,
    reason,
    category: 'copyright',
    source: { kind: 'dmca', id: notice.id },
    issuedBy: by,
    at,
    lineageKey: notice.lineageKey,
  });
  return { strikeId: issued.strikeId, warning: issued.isNew ? issued.warning : null };
}

async function sealDecision(
  deps: DmcaDeps,
  tx: Tx,
  facts: { notice: Notice; target: Target | null; files: readonly HashedFile[]; decision: Decision },
): Promise<{ id: string; sha256: string }> {
  const { at } = facts.decision;
  const noticeId = facts.notice.id;
  const { sealed, sha256 } = deps.seal.seal(await decisionDocument(deps, tx, facts), `${noticeId}:decision`);
  const id = uuidv7();
  await insertEvidence(tx, { id, noticeId, kind: 'decision', sealed, sha256, sealedAt: at });
  return { id, sha256 };
}
