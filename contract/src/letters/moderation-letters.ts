/**
 * What the inbox says of a decision, word for word as the source document has it (in English; German beside it is a
 * fixed translation). Facts in, letter out; `kind` and `data` lead to the translation. Everything else about a decision
 * (rule, explanation, how it was found, until when) stands on the page the notice links to.
 */
import type { Category } from '../categories.ts';

export interface Letter {
  readonly kind: string;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

export const APPEAL = 'If you want to appeal, open Appeals Center.';
/** Instead of `APPEAL`, and of "Decision is final unless appealed." */
export const CANNOT_BE_APPEALED = 'This permanent ban cannot be appealed due to the severity of the violation.';

/** A text was held. */
export const FLAGGED = `Your message has been flagged for moderator review. ${APPEAL}`;
/** Below it when the text was about self-harm. */
export const SELF_HARM_HELP =
  'If you are thinking about harming yourself, you do not have to be alone with it. In an emergency call 112 ' +
  '(Europe) or 911 (US). You can talk to someone at any time: 988 (US), 116 123 (UK, Ireland, Germany and other ' +
  'countries), 0800 111 0 111 (Germany), or find a line near you at findahelpline.com.';

/** What was found in a text, in the words of a letter. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  hate: 'hate speech',
  harassment: 'harassment',
  threat: 'a threat',
  sexual: 'sexual content',
  minors: 'content endangering minors',
  self_harm: 'self-harm',
  spam: 'spam',
  impersonation: 'impersonation',
  pii: 'personal data of someone',
  toxicity: 'insults',
  terror: 'terrorist content',
  fraud: 'fraud',
};

/** `reason` as it stands in a letter, which ends the sentence itself. */
export function withoutFullStop(reason: string): string {
  return reason.trim().replace(/\.$/, '');
}

export function paragraphs(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join('\n\n');
}

const QUOTE_LENGTH = 160;

/** What a notice is about, in its author’s own words, on one line: `data.quote`. The letter itself has no room for it. */
export function quoteOf(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= QUOTE_LENGTH ? characters.join('') : `${characters.slice(0, QUOTE_LENGTH - 1).join('')}…`;
}

export function approved(reason: string): Letter {
  const words = withoutFullStop(reason);
  return {
    kind: 'message_approved',
    text: `Your message has been approved. Reason: ${words}. ${APPEAL}`,
    data: { reason: words },
  };
}

/** The reasons for it are a statement: `text` alone is used, its `kind` is the statement's. */
export function rejected(reason: string): string {
  return `Your message has been permanently hidden. Reason: ${withoutFullStop(reason)}. ${APPEAL}`;
}

/** `minutes`: whole ones. */
export function timedOut(minutes: number, reason: string): string {
  return `You have been timed out for ${minutes} minutes. Reason: ${withoutFullStop(reason)}. ${APPEAL}`;
}

export type Punishment = 'Warning' | 'Strike' | 'Ban';

export function punished(type: Punishment, reason: string): string {
  return `Punishment: ${type}. Reason: ${withoutFullStop(reason)}. ${APPEAL}`;
}

export function penalised(reason: string, isAppealable: boolean): string {
  const end = isAppealable ? `Decision is final unless appealed. ${APPEAL}` : CANNOT_BE_APPEALED;
  return `Your account has received an administrative action. Reason: ${withoutFullStop(reason)}. ${end}`;
}

export function appealSubmitted(): Letter {
  return { kind: 'appeal_submitted', text: `Your appeal has been submitted and is under review. ${APPEAL}`, data: {} };
}

/** `more` follows as a paragraph of its own. */
export function appealDecided(decision: 'accepted' | 'denied', resolution: string, more: string | null = null): Letter {
  const words = withoutFullStop(resolution);
  return {
    kind: `appeal_${decision}`,
    text: paragraphs(`Your appeal was reviewed and ${decision}. Reason: ${words}. ${APPEAL}`, more),
    data: { reason: words },
  };
}
