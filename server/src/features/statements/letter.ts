/**
 * The English letter of a statement of reasons: what was done and why, on which rule, how it was found, until when,
 * what one can do, and the strike warning as a paragraph of its own. Facts in, text out.
 */
import type { Restriction, StatementSource } from '@virgil/contract';

export interface LetterFacts {
  readonly restriction: Restriction;
  /** What the thing concerned is called: a title, or the words of a message. */
  readonly title: string | null;
  /** The decider's words. */
  readonly reason: string;
  readonly rule: string;
  readonly explanation: string;
  readonly source: StatementSource;
  readonly automated: { readonly detection: boolean; readonly decision: 'none' | 'partly' | 'fully' };
  readonly until: Date | null;
  readonly isAppealable: boolean;
  readonly warning: string | null;
  /** A slice's own wording of the first paragraph, such as one that is fixed elsewhere; without redress and warning. */
  readonly lead: string | null;
}

const APPEAL = 'If you want to appeal, open Appeals Center.';
const NO_APPEAL = 'This permanent ban cannot be appealed due to the severity of the violation.';

export function letterOf(facts: LetterFacts): string {
  const paragraphs = [
    facts.lead ?? `${whatWasDone(facts)} Reason: ${withFullStop(facts.reason)}`,
    `${facts.rule}. ${facts.explanation} ${howItWasFound(facts)}`,
    facts.isAppealable ? APPEAL : NO_APPEAL,
    facts.warning,
  ];
  return paragraphs.filter((paragraph) => paragraph !== null).join('\n\n');
}

function whatWasDone({ restriction, title, until }: LetterFacts): string {
  const named = title === null || title === '' ? '' : ` “${title}”`;
  switch (restriction) {
    case 'livestream_ended':
      return `Your livestream${named} was ended and its recording is hidden.`;
    case 'video_removed':
      return `Your video${named} was removed. Nobody but you and the platform’s admins can see it.`;
    case 'message_removed':
      return `Your message${named} was removed.`;
    case 'message_blocked':
      return 'Your message was not published.';
    case 'strike':
      return 'A decision was made about your account. Nothing of yours was removed.';
    case 'account_suspended':
      return until === null ? 'Your account is suspended.' : `Your account is suspended until ${dayOf(until)}.`;
    case 'account_terminated':
      return 'Your account is banned permanently.';
  }
}

function howItWasFound({ automated, source }: LetterFacts): string {
  const found = {
    report: 'Somebody reported it.',
    rights_notice: 'A rights holder sent a notice about it.',
    authority: 'An authority asked for it.',
    own_initiative: automated.detection ? 'Automated means found it.' : 'The platform found it by itself.',
  }[source];
  const decided = {
    none: 'A person decided; no automated means were used.',
    partly: 'A person decided with the help of automated means.',
    fully: 'Automated means decided; no person has looked at it yet.',
  }[automated.decision];
  return `${found} ${decided}`;
}

export const withFullStop = (text: string): string => `${text.replace(/\.+$/, '')}.`;
const dayOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
