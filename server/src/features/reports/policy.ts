/** Whether a report is taken, who may decide on one, and when somebody's reports stop counting. Facts in, decision out. */
import type { Category, ReportReason, ReportSubject, Restriction, StatementCategory, UserId } from '@virgil/contract';
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

/** `ownerId` null: there is no such thing, or the reporter may not know of it. */
export function mayReport(reporterId: UserId, ownerId: string | null): Decision {
  if (ownerId === null) return refuse('not_found');
  return ownerId === reporterId ? refuse('own_content') : ALLOWED;
}

/** Nobody decides on what is theirs; what was decided stays, whoever asks again. */
export function mayResolve(
  report: { readonly status: 'pending' | 'approved' | 'rejected'; readonly ownerId: string | null },
  deciderId: UserId,
): Decision {
  if (report.ownerId === deciderId) return refuse('own_content');
  return report.status === 'pending' ? ALLOWED : refuse('already_decided');
}

/** The rule that a report's reason names; whoever decides may name another. */
export const categoryOf = (reason: ReportReason): StatementCategory => reason;

/** Of a text, in the words of the queue: what the classifier said of it stands where the reason names none. */
export function categoryForReview(reason: ReportReason, scored: Category | null): Category {
  switch (reason) {
    case 'violence':
      return 'threat';
    case 'rights':
    case 'other':
      return scored ?? 'toxicity';
    default:
      return reason;
  }
}

/** What approving does to the thing itself. A person's report removes nothing, nor does one of what is gone. */
export function restrictionOf(
  type: ReportSubject['type'],
  subject: { readonly isActive: boolean; readonly isRecorded: boolean } | null,
): Restriction {
  if (subject === null) return 'strike';
  switch (type) {
    case 'livestream':
      if (subject.isActive) return 'livestream_ended';
      return subject.isRecorded ? 'video_removed' : 'strike';
    case 'video':
      return 'video_removed';
    case 'message':
    case 'comment':
    case 'direct_message':
      return 'message_removed';
    case 'user':
      return 'strike';
  }
}

/** Abusive reports within this time count together. */
export const ABUSE_WINDOW_MS = 30 * 24 * 3_600_000;
const ABUSIVE_REPORTS_TO_WARN = 2;
const ABUSIVE_REPORTS_TO_MUTE = 3;
/** For how long a muted person's reports are set aside. */
export const MUTE_MS = 30 * 24 * 3_600_000;

/** Nobody is muted without having been warned (Art. 23 DSA): the second abusive report warns, the third mutes. */
export function stepAfterAbuse(abusiveReports: number): 'none' | 'warn' | 'mute' {
  if (abusiveReports >= ABUSIVE_REPORTS_TO_MUTE) return 'mute';
  return abusiveReports >= ABUSIVE_REPORTS_TO_WARN ? 'warn' : 'none';
}
