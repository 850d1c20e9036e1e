/** Everybody who reported something hears what came of it, without a name and without another's words. */
import type { ReportId, ReportSubject, Restriction, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { type Notice, notifyAll } from '../notifications/index.ts';
import type { AbuseStep } from './mute-reporters.ts';

const NOTICES_AT_ONCE = 300;

export interface Outcome {
  readonly reportId: ReportId;
  readonly subject: ReportSubject;
  /** What was done; null when the report was rejected. */
  readonly restriction: Restriction | null;
  /** Whose word it is; names nobody. */
  readonly decidedBy: 'admin' | 'moderator';
  readonly by: UserId;
  readonly at: Date;
  /** The decision can be undone until then. */
  readonly deliverAt?: Date | undefined;
}

/** The notices' ids. */
export async function tellReporters(
  tx: Tx,
  reporters: readonly UserId[],
  outcome: Outcome,
  steps: ReadonlyMap<UserId, AbuseStep>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const notices = reporters.map((userId) => noticeTo(userId, outcome, steps.get(userId) ?? null));
  for (let from = 0; from < notices.length; from += NOTICES_AT_ONCE) {
    ids.push(...(await notifyAll(tx, notices.slice(from, from + NOTICES_AT_ONCE))));
  }
  return ids;
}

function noticeTo(userId: UserId, outcome: Outcome, abuse: AbuseStep | null): Notice {
  const { at, by, decidedBy, deliverAt, reportId, restriction, subject } = outcome;
  const kind = restriction === null ? 'report_rejected' : 'report_approved';
  const paragraphs = [
    `${THANKS[subject.type]} ${WHO[decidedBy]} ${findingOf(restriction)}`,
    abuse === null ? null : abuseParagraph(abuse),
  ];
  return {
    userId,
    sentBy: by,
    kind,
    text: paragraphs.filter((paragraph) => paragraph !== null).join('\n\n'),
    data: {
      reportId,
      subjectType: subject.type,
      decidedBy,
      ...(restriction === null ? {} : { restriction }),
      ...(abuse === null ? {} : { abuse: abuse.step }),
      ...(abuse?.step === 'mute' ? { until: abuse.until.toISOString() } : {}),
    },
    at,
    deliverAt,
  };
}

const WHO = { admin: 'An admin', moderator: 'A moderator' } as const;
const THANKS: Readonly<Record<ReportSubject['type'], string>> = {
  livestream: 'Thank you for reporting a livestream.',
  video: 'Thank you for reporting a video.',
  message: 'Thank you for reporting a chat message.',
  comment: 'Thank you for reporting a comment.',
  direct_message: 'Thank you for reporting a message.',
  user: 'Thank you for reporting a person.',
};

function findingOf(restriction: Restriction | null): string {
  switch (restriction) {
    case null:
      return 'looked at it and found no breach of the rules, so nothing was done. If something changes, report it again.';
    case 'livestream_ended':
      return 'looked at it and agreed: the livestream was ended and its recording is hidden.';
    case 'video_removed':
    case 'message_removed':
    case 'message_blocked':
    case 'message_rejected':
      return 'looked at it and agreed: it was removed.';
    case 'warning':
    case 'chat_timeout':
    case 'channel_ban':
      return 'looked at it and agreed. The person was told.';
    case 'strike':
    case 'account_suspended':
    case 'account_terminated':
      return 'looked at it and agreed. The person was told and got a strike.';
  }
}

function abuseParagraph(abuse: AbuseStep): string {
  if (abuse.step === 'warn') {
    return (
      'This report was found to be abusive, as one before it was. If one more is, your reports will be set aside for ' +
      '30 days.'
    );
  }
  return (
    'This report was found to be abusive, as others before it were. Until ' +
    `${abuse.until.toISOString().slice(0, 10)} your reports are taken but set aside. An admin can end this sooner.`
  );
}
