/** What the inbox says about a message that was not published. The English letter; clients translate by `kind`. */
import type { Category } from '@virgil/contract';
import type { Notice } from '../notifications/index.ts';
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

/** Null for a published message. */
export function noticeFor(message: NewMessage): Notice | null {
  const { author, score, stream, id } = message;
  if (message.status === 'published' || score.category === null) return null;
  const addressed = { userId: author.userId, sentBy: null, at: message.createdAt };
  const data = { messageId: id, streamId: stream.streamId, streamTitle: stream.title, category: score.category };
  if (message.status === 'held') {
    return score.category === 'self_harm'
      ? { ...addressed, kind: 'message_held_self_harm', text: `${FLAGGED}\n\n${SELF_HARM_HELP}`, data }
      : { ...addressed, kind: 'message_held', text: FLAGGED, data };
  }
  return {
    ...addressed,
    kind: 'message_blocked',
    text:
      `Your message in the livestream “${stream.title}” was not published. Reason: automated means found ` +
      `${CATEGORY_WORDS[score.category]} in it, which the rules of this platform forbid. No person has looked at it ` +
      'yet. If you want to appeal, open Appeals Center.',
    data: { ...data, automated: 'true' },
  };
}
