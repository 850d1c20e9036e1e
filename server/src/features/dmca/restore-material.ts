/**
 * What was taken down for a notice comes back: by the clock, after a court, because the claimant retracted, or because
 * an appeal succeeded. Always the same: content, statement, strike, clock, both sides told.
 */
import type { DmcaStatus, RestoredCause, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { restoreContent } from '../removals/index.ts';
import { reverseStatement } from '../statements/index.ts';
import { type LiftedStrike, liftStrike } from '../strikes/index.ts';
import type { DmcaDeps } from './deps.ts';
import { ALARM, letterJob, PUT_BACK } from './job-kinds.ts';
import { addStep, type Notice, othersOnStrike, updateNotice } from './store.ts';
import { tellCreator } from './tell-creator.ts';

export interface Restoring {
  readonly to: DmcaStatus;
  readonly cause: RestoredCause;
  /** Null: the clock, or the claimant. */
  readonly by: UserId | null;
  readonly reason: string;
  readonly at: Date;
}

const LIFT_CAUSE = { put_back: 'put_back', retraction: 'retraction', court: 'decision', appeal: 'appeal' } as const;
const REVERSED_BECAUSE = LIFT_CAUSE;

/** The notice is locked by the caller, who has asked the state policy and writes the audit entry. */
export async function restoreMaterial(deps: DmcaDeps, tx: Tx, notice: Notice, restoring: Restoring): Promise<Notice> {
  const { at, by, cause, reason, to } = restoring;
  const decision = { kind: 'dmca', id: notice.id } as const;
  await restoreContent(tx, { decision, at });
  await reverseStatement(tx, { decision, because: REVERSED_BECAUSE[cause], at });
  await stopClock(tx, notice.id);
  const changed = await updateNotice(tx, notice.id, {
    status: to,
    restoredAt: at,
    restoredCause: cause,
    alarm: null,
    ...(cause === 'retraction' ? { retractedAt: at, retractionReason: reason } : {}),
  });
  const lifted = await liftUnlessShared(tx, notice, restoring);
  const type = cause === 'retraction' ? 'retracted' : 'restored';
  await addStep(tx, { noticeId: notice.id, type, at, byId: by, note: reason === '' ? null : reason });
  if (lifted?.isNew === true) await addStep(tx, { noticeId: notice.id, type: 'strike_lifted', at });
  await tellCreator(tx, notice, {
    kind: cause === 'retraction' ? 'dmca.retracted' : 'dmca.restored',
    at,
    sentBy: null,
    data: { cause, strikeLifted: String(lifted?.isNew === true), ...lifted?.paragraph?.data },
  });
  if (deps.sendLetter !== null) await schedule(tx, letterJob(notice.id, type, at));
  return changed;
}

export async function stopClock(tx: Tx, noticeId: string): Promise<void> {
  await cancel(tx, { kind: PUT_BACK, key: noticeId });
  for (const level of ['late', 'breach']) await cancel(tx, { kind: ALARM, key: `${noticeId}:${level}` });
}

/** Another notice of the day about the same work may stand on the strike: it goes with the last of them. */
async function liftUnlessShared(tx: Tx, notice: Notice, restoring: Restoring): Promise<LiftedStrike | null> {
  const { at, by, cause, reason } = restoring;
  if (notice.strikeId === null || (await othersOnStrike(tx, notice.strikeId, notice.id)) > 0) return null;
  return liftStrike(tx, notice.strikeId, { by, reason: reason || WHY[cause], at, cause: LIFT_CAUSE[cause] });
}

const WHY: Record<RestoredCause, string> = {
  put_back: 'Ten business days passed after a counter-notice without a court action.',
  court: 'The court action ended.',
  retraction: 'The claimant retracted the notice.',
  appeal: 'An appeal was accepted.',
};
