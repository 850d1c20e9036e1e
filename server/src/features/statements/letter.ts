/**
 * The English letter of a statement of reasons, as it lies in the inbox: what was done and why, and what one can do
 * about it, in one paragraph; the strike warning in one of its own. Rule, explanation and how it was found stand on the
 * statement's page. Facts in, text out.
 */
import { letters, type Restriction } from '@virgil/contract';

export interface LetterFacts {
  readonly restriction: Restriction;
  /** What the thing concerned is called: a title, or the words of a message. */
  readonly title: string | null;
  /** The decider's words. */
  readonly reason: string;
  /** From the decision to its end, whole minutes: of a timeout. */
  readonly minutes: number | null;
  readonly isAppealable: boolean;
  readonly warning: string | null;
  /** A slice's own wording of the first paragraph, such as one that is fixed elsewhere; without redress and warning. */
  readonly lead: string | null;
}

export function letterOf(facts: LetterFacts): string {
  return letters.paragraphs(
    facts.lead === null ? ofRestriction(facts) : `${facts.lead} ${letters.APPEAL}`,
    facts.warning,
  );
}

function ofRestriction({ isAppealable, minutes, reason, restriction, title }: LetterFacts): string {
  const named = title === null || title === '' ? '' : ` “${title}”`;
  const because = (what: string) => `${what} Reason: ${letters.withoutFullStop(reason)}. ${letters.APPEAL}`;
  switch (restriction) {
    case 'livestream_ended':
      return because(`Your livestream${named} was ended and its recording is hidden.`);
    case 'video_removed':
      return because(`Your video${named} was removed. Nobody but you and the platform’s admins can see it.`);
    case 'message_removed':
      return because(`Your message${named} was removed.`);
    case 'message_blocked':
      return because('Your message was not published.');
    case 'message_rejected':
      return letters.rejected(reason);
    case 'chat_timeout':
      return letters.timedOut(minutes ?? 0, reason);
    case 'channel_ban':
      return letters.punished('Ban', reason);
    case 'warning':
      return letters.punished('Warning', reason);
    case 'strike':
      return letters.punished('Strike', reason);
    case 'account_suspended':
    case 'account_terminated':
      return letters.penalised(reason, isAppealable);
  }
}
