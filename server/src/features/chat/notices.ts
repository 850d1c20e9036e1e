/** What the inbox says about a message that was not published. The English letter; clients translate by `kind`. */
import type { Category } from '@virgil/contract';
import type { Notice } from '../notifications/index.ts';
import type { NewStatement } from '../statements/index.ts';
import type { NewMessage } from './new-message.ts';

const FLAGGED = 'Your message has been flagged for moderator review.';

/** Also in the inbox letters of other slices. */
export const SELF_HARM_HELP =
  'If you are thinking about harming yourself, you do not have to be alone with it. In an emergency call 112 ' +
  '(Europe) or 911 (US). You can talk to someone at any time: 988 (US), 116 123 (UK, Ireland, Germany and other ' +
  'countries), 0800 111 0 111 (Germany), or find a line near you at findahelpline.com.';

export const CATEGORY_WORDS: Record<Category, string> = {
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

/** What a held message's author is told. */
export function noticeOfHeld(message: NewMessage, category: Category): Notice {
  const addressed = { userId: message.author.userId, sentBy: null, at: message.createdAt };
  const data = dataOf(message, category);
  return category === 'self_harm'
    ? { ...addressed, kind: 'message_held_self_harm', text: `${FLAGGED}\n\n${SELF_HARM_HELP}`, data }
    : { ...addressed, kind: 'message_held', text: FLAGGED, data };
}

/** Nobody has seen a blocked one: the reasons say so, and that automated means decided. */
export function statementOfBlocked(message: NewMessage, category: Category, receipt: string | undefined): NewStatement {
  const { author, createdAt: at, id, stream, text: words } = message;
  const reason = `automated means found ${CATEGORY_WORDS[category]} in it, which the rules of this platform forbid.`;
  return {
    userId: author.userId,
    decision: { kind: 'classifier', id },
    restriction: 'message_blocked',
    subject: { type: 'message', id, title: words, at },
    reason: `Automated means found ${CATEGORY_WORDS[category]} in it.`,
    category,
    source: 'own_initiative',
    automated: { detection: true, decision: 'fully' },
    until: null,
    warning: null,
    appeal: { type: 'violation', id },
    receipt,
    issuedBy: null,
    at,
    letter: {
      kind: 'message_blocked',
      text:
        `Your message in the livestream “${stream.title}” was not published. Reason: ${reason} No person has looked ` +
        'at it yet.',
      data: { ...dataOf(message, category), automated: 'true' },
    },
  };
}

const dataOf = ({ id, stream }: NewMessage, category: Category) => ({
  messageId: id,
  streamId: stream.streamId,
  streamTitle: stream.title,
  category,
});
