/** Turns a refusal of the state policy into the error that crosses layers. */
import type { DmcaNoticeBody, DmcaStatus } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import { missingOfNotice } from './notice-elements-policy.ts';
import type { Move } from './state-policy.ts';
import type { Notice } from './store.ts';

/** Where the act leads. A late one hears what was done, and by whom where that is an admin's to know. */
export function enforceMove(move: Move, notice: Notice, decidedBy: string | null = null): DmcaStatus {
  if (move.allowed) return move.to;
  switch (move.because) {
    case 'incomplete':
      throw new AppError('notice_incomplete', { missing: missingOfNotice(bodyOf(notice)) });
    case 'unknown':
      throw new AppError('not_found');
    case 'decided':
      throw new AppError('already_decided', { detail: whatHappened(notice, decidedBy) });
  }
}

function whatHappened(notice: Notice, decidedBy: string | null): string {
  const by = decidedBy === null ? '' : ` by ${decidedBy}`;
  const on = (at: Date | null): string =>
    at === null ? '' : ` on ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  switch (notice.status) {
    case 'incomplete':
    case 'chased':
      return 'The notice is still incomplete.';
    case 'valid':
      return 'The notice is complete and waits for a decision.';
    case 'void':
      return 'The notice was closed: its sender did not supply what was missing.';
    case 'approved':
      return `The notice was approved${by}${on(notice.decidedAt)}.`;
    case 'rejected':
      return `The notice was rejected${by}${on(notice.decidedAt)}.`;
    case 'counter_noticed':
      return `A counter-notice was received${on(notice.counterReceivedAt)}.`;
    case 'in_court':
      return `The claimant reported a court action${on(notice.courtAt)}.`;
    case 'restored':
      return `The material was put back${on(notice.restoredAt)}.`;
    case 'retracted':
      return `The claimant retracted the notice${on(notice.retractedAt)}.`;
  }
}

/** A stored notice as a body again: what is empty is missing. */
export function bodyOf(notice: Notice): DmcaNoticeBody {
  const { targetId, targetType } = notice;
  return {
    ...(targetType === null || targetId === null ? {} : { target: { type: targetType, id: targetId } }),
    claimant: {
      name: notice.claimantName,
      address: notice.claimantAddress,
      email: notice.claimantEmail,
      phone: notice.claimantPhone,
    },
    claimedWork: notice.claimedWork,
    claimedWorkUrl: notice.claimedWorkUrl ?? '',
    materialUrl: notice.materialUrl,
    goodFaith: notice.goodFaith,
    accuracyUnderPerjury: notice.accuracyUnderPerjury,
    signature: notice.signature,
  };
}
