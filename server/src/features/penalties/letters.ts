/** The letters of penalties, as the source documents word them. */
import { CANNOT_BE_APPEALED, isAppealable } from './policy.ts';
import type { PenaltyRow } from './store.ts';

const APPEAL = 'If you want to appeal, open Appeals Center.';

export function penaltyLetter(penalty: Pick<PenaltyRow, 'reason' | 'severity' | 'category'>): string {
  const end = isAppealable(penalty) ? `Decision is final unless appealed. ${APPEAL}` : CANNOT_BE_APPEALED;
  return `Your account has received an administrative action. Reason: ${withoutFullStop(penalty.reason)}. ${end}`;
}

export function withoutFullStop(reason: string): string {
  return reason.trim().replace(/\.$/, '');
}
