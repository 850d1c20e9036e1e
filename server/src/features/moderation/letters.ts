/** What the inbox says about a text that was not published. The English letter; clients translate by `kind`. */
import { letters, type UserId } from '@virgil/contract';
import type { Notice } from '../notifications/index.ts';
import type { NewStatement } from '../statements/index.ts';
import type { AdverseJudgement } from './moderate-message.ts';

/** How a slice speaks of its texts. */
export interface TextLetter {
  /** Prefix of the kinds: `message` gives `message_held`, `message_held_self_harm` and `message_blocked`. */
  readonly kind: 'message' | 'tip_message' | 'comment' | 'direct_message';
  /** What was not published and where, without a full stop: `Your message in the livestream “X”`. */
  readonly subject: string;
  /** Said besides, in a paragraph of its own: what became of the rest. */
  readonly more?: string;
  /** What the translation needs; the category is added. */
  readonly data: Readonly<Record<string, string>>;
}

export interface LetterFacts {
  readonly userId: UserId;
  readonly judgement: AdverseJudgement;
  readonly letter: TextLetter;
  /** As it was written. */
  readonly text: string;
  readonly at: Date;
}

/** What a held text's author is told. */
export function noticeOfHeld({ at, judgement, letter, text, userId }: LetterFacts): Notice {
  const { category } = judgement.score;
  const isSelfHarm = category === 'self_harm';
  return {
    userId,
    sentBy: null,
    kind: isSelfHarm ? `${letter.kind}_held_self_harm` : `${letter.kind}_held`,
    text: letters.paragraphs(letters.FLAGGED, letter.more, isSelfHarm ? letters.SELF_HARM_HELP : null),
    // Whoever wrote of harming themselves is not held up their own words.
    data: { ...letter.data, category, ...(isSelfHarm ? {} : { quote: letters.quoteOf(text) }) },
    at,
  };
}

export interface BlockedFacts extends LetterFacts {
  readonly violationId: string;
  readonly subject: NonNullable<NewStatement['subject']>;
  /** The event that recorded it. */
  readonly receipt: string | undefined;
}

/** Nobody has seen a blocked one: the reasons say so, and that automated means decided. */
export function statementOfBlocked(facts: BlockedFacts): NewStatement {
  const { at, judgement, letter, receipt, subject, userId, violationId } = facts;
  const { category } = judgement.score;
  const found = letters.CATEGORY_WORDS[category];
  const more = letter.more === undefined ? '' : ` ${letter.more}`;
  return {
    userId,
    decision: { kind: 'classifier', id: violationId },
    restriction: 'message_blocked',
    subject,
    reason: `Automated means found ${found} in it.`,
    category,
    source: 'own_initiative',
    automated: { detection: true, decision: 'fully' },
    until: null,
    warning: null,
    appeal: { type: 'violation', id: violationId },
    receipt,
    issuedBy: null,
    at,
    letter: {
      kind: `${letter.kind}_blocked`,
      text:
        `${letter.subject} was not published. Reason: automated means found ${found} in it, which the rules of this ` +
        `platform forbid. No person has looked at it yet.${more}`,
      data: { ...letter.data, category, automated: 'true' },
    },
  };
}
