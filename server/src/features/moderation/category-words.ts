/** Categories in the words of English letters. */
import type { Category } from '@virgil/contract';

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

/** Also in the inbox letters of other slices. */
export const SELF_HARM_HELP =
  'If you are thinking about harming yourself, you do not have to be alone with it. In an emergency call 112 ' +
  '(Europe) or 911 (US). You can talk to someone at any time: 988 (US), 116 123 (UK, Ireland, Germany and other ' +
  'countries), 0800 111 0 111 (Germany), or find a line near you at findahelpline.com.';
