/** Clocks of notices. A server that was down catches up when it comes back: each of these happens once, then or late. */
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { defineJob, type JobHandler, schedule } from '../../jobs/index.ts';
import { remindersOf } from './agent-policy.ts';
import type { DmcaDeps } from './deps.ts';
import { insertEvidence } from './evidence-store.ts';
import { hashFiles } from './gather-evidence.ts';
import {
  ALARM,
  agentPayload,
  agentReminderJob,
  alarmPayload,
  type LetterKind,
  letterPayload,
  noticePayload,
  PUT_BACK,
  REMIND_OF_AGENT,
  SEAL_RECORDING,
  SEND_LETTER,
  sealPayload,
  sealRecordingJob,
} from './job-kinds.ts';
import { claimantMail } from './letters.ts';
import { statusUrl } from './receive-notice.ts';
import { restoreMaterial } from './restore-material.ts';
import { readSettings, settingsOf } from './settings-store.ts';
import { moveOf } from './state-policy.ts';
import { addStep, findCounters, findNotice, findTarget, lockNotice, updateNotice } from './store.ts';
import { tellAdmins } from './tell-admins.ts';

/** A recording is finished some time after its stream; the last look is a week later. Milliseconds. */
const NEXT_LOOKS_MS = [60, 6 * 60, 24 * 60, 6 * 24 * 60].map((minutes) => minutes * 60_000);

export function dmcaJobs(deps: DmcaDeps): JobHandler[] {
  return [
    defineJob({
      kind: PUT_BACK,
      schema: noticePayload,
      run: (tx, { noticeId }, { now }) => putBack(deps, tx, noticeId, now),
    }),
    defineJob({
      kind: ALARM,
      schema: alarmPayload,
      run: (tx, { level, noticeId }, { now }) => alarm(tx, noticeId, level, now),
    }),
    defineJob({
      kind: SEND_LETTER,
      schema: letterPayload,
      run: (tx, { letter, noticeId }) => sendLetter(deps, tx, noticeId, letter),
    }),
    defineJob({
      kind: SEAL_RECORDING,
      schema: sealPayload,
      run: (tx, { noticeId, tries }, { now }) => sealRecording(deps, tx, noticeId, tries, now),
    }),
    defineJob({
      kind: REMIND_OF_AGENT,
      schema: agentPayload,
      run: (tx, _payload, { now }) => remindOfAgent(tx, now),
    }),
  ];
}

/** Whatever moved the notice on in the meantime has the last word. */
async function putBack(deps: DmcaDeps, tx: Tx, id: string, at: Date): Promise<void> {
  const notice = await lockNotice(tx, id);
  if (notice === null || notice.putBackAt === null) return;
  const move = moveOf(notice.status, 'put_back');
  if (!move.allowed || notice.putBackAt > at) return;
  await restoreMaterial(deps, tx, notice, { to: move.to, cause: 'put_back', by: null, reason: '', at });
  const details = { cause: 'put_back', ownerId: notice.targetOwnerId };
  await recordAudit(tx, { type: 'DMCA_RESTORED', entity: 'dmca', entityId: id, actorId: null, at, details });
}

/** Only when the put-back itself could not run: its job tries again meanwhile, and people have to look. */
async function alarm(tx: Tx, id: string, level: 'late' | 'breach', at: Date): Promise<void> {
  const notice = await lockNotice(tx, id);
  if (notice === null || notice.status !== 'counter_noticed') return;
  await updateNotice(tx, id, { alarm: level });
  await addStep(tx, { noticeId: id, type: level === 'late' ? 'alarm' : 'breach', at });
  const details = { level };
  await recordAudit(tx, { type: 'DMCA_PUT_BACK_OVERDUE', entity: 'dmca', entityId: id, actorId: null, at, details });
  await tellAdmins(tx, {
    kind: level === 'late' ? 'dmca.late' : 'dmca.breach',
    noticeId: id,
    title: notice.targetTitle,
    at,
  });
}

async function sendLetter(deps: DmcaDeps, tx: Tx, id: string, letter: LetterKind): Promise<void> {
  const notice = await findNotice(tx, id);
  if (deps.sendLetter === null || notice === null || notice.claimantEmail === '') return;
  const counter = (await findCounters(tx, [id])).get(id) ?? null;
  const link = statusUrl(deps, id, deps.tokens.tokenOf(id));
  await deps.sendLetter({ to: notice.claimantEmail, ...claimantMail(letter, { notice, counter, statusUrl: link }) });
}

/** A running stream had no file when it was taken down: once its recording lies there, its hash is sealed too. */
async function sealRecording(deps: DmcaDeps, tx: Tx, id: string, tries: number, at: Date): Promise<void> {
  const notice = await findNotice(tx, id);
  if (notice === null || notice.targetType === null || notice.targetId === null) return;
  const target = await findTarget(tx, { type: notice.targetType, id: notice.targetId });
  if (target === null) return;
  const files = await hashFiles(deps, target.video);
  const next = NEXT_LOOKS_MS[tries];
  if (files.length === 0) {
    if (next !== undefined) await schedule(tx, sealRecordingJob(id, tries + 1, new Date(at.getTime() + next)));
    return;
  }
  const { sealed, sha256 } = deps.seal.seal(
    { version: 1, kind: 'recording', noticeId: id, media: { files }, sealedAt: at.toISOString() },
    `${id}:recording`,
  );
  const evidenceId = uuidv7();
  if (!(await insertEvidence(tx, { id: evidenceId, noticeId: id, kind: 'recording', sealed, sha256, sealedAt: at })))
    return;
  await addStep(tx, { noticeId: id, type: 'evidence_sealed', at });
  await recordAudit(tx, {
    type: 'DMCA_EVIDENCE_SEALED',
    entity: 'dmca',
    entityId: id,
    actorId: null,
    at,
    details: {
      evidence: { id: evidenceId, sha256 },
      media: files.map((file) => ({ bytes: file.bytes, sha256: file.sha256 })),
    },
  });
}

async function remindOfAgent(tx: Tx, at: Date): Promise<void> {
  const { agent, timeZone } = settingsOf(await readSettings(tx));
  const renewBy = agent?.renewBy ?? null;
  if (renewBy === null) return;
  await tellAdmins(tx, { kind: 'dmca.agent_renewal', renewBy, at });
  const next = remindersOf(renewBy, timeZone, at)[0];
  if (next !== undefined) await schedule(tx, agentReminderJob(next));
}
