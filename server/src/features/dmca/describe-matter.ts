/** A notice as its claimant or the creator concerned sees it. */
import type { CounterNotice, DmcaMatter, DmcaNoticeId } from '@virgil/contract';
import { mayCounter, moveOf } from './state-policy.ts';
import type { ConcernedNotice, Counter } from './store.ts';

export function matterOf(notice: ConcernedNotice, counter: Counter | null, viewer: DmcaMatter['viewer']): DmcaMatter {
  const isRunning = notice.status === 'counter_noticed';
  return {
    id: notice.id as DmcaNoticeId,
    status: notice.status,
    viewer,
    target: targetOf(notice, viewer === 'creator' ? notice.targetTitle : ''),
    claimantName: notice.claimantName,
    claimedWork: notice.claimedWork,
    claimedWorkUrl: notice.claimedWorkUrl,
    materialUrl: notice.materialUrl,
    receivedAt: notice.receivedAt.toISOString(),
    decidedAt: iso(notice.decidedAt),
    decisionReason: notice.decisionReason,
    counterNotice: counter === null ? null : counterOf(counter),
    putBackAt: isRunning ? iso(notice.putBackAt) : null,
    putBackLatest: isRunning ? iso(notice.breachAt) : null,
    courtAction: courtOf(notice),
    restoredAt: iso(notice.restoredAt),
    restoredCause: notice.restoredCause,
    retractedAt: iso(notice.retractedAt),
    may: viewer === 'claimant' ? claimantMay(notice) : creatorMay(notice, counter),
  };
}

export function targetOf({ targetId, targetType }: ConcernedNotice, title: string): DmcaMatter['target'] {
  return targetType === null || targetId === null ? null : { type: targetType, id: targetId, title };
}

function claimantMay({ status }: ConcernedNotice): DmcaMatter['may'] {
  const may: DmcaMatter['may'] = [];
  if (moveOf(status, 'court').allowed) may.push('court_action');
  if (moveOf(status, 'retract').allowed) may.push('retract');
  return may;
}

function creatorMay({ status }: ConcernedNotice, counter: Counter | null): DmcaMatter['may'] {
  return mayCounter({ status, hasCounter: counter !== null }).allowed ? ['counter_notice'] : [];
}

export function courtOf({ court, courtAt, courtReference }: ConcernedNotice): DmcaMatter['courtAction'] {
  if (court === null || courtAt === null) return null;
  return { court, reference: courtReference ?? '', at: courtAt.toISOString() };
}

export function counterOf(counter: Counter): CounterNotice {
  const { address, email, materialLocation, name, phone, signature } = counter;
  return { name, address, email, phone, materialLocation, signature, receivedAt: counter.receivedAt.toISOString() };
}

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
