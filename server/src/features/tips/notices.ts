/** What is said about words with a tip that were not shown. English letters; clients translate by `kind`. */
import type { Category, UserId } from '@virgil/contract';
import { CATEGORY_WORDS, SELF_HARM_HELP } from '../chat/index.ts';
import type { Notice } from '../notifications/index.ts';
import type { NewStatement } from '../statements/index.ts';
import type { TipRow } from './store.ts';

const FLAGGED = 'Your message has been flagged for moderator review.';
const COUNTS = 'Your tip has arrived and is shown without it.';

export interface Withheld {
  readonly row: TipRow;
  readonly userId: UserId;
  readonly category: Category;
  readonly streamTitle: string;
  readonly at: Date;
}

export function noticeOfHeld(words: Withheld): Notice {
  const { at, category, userId } = words;
  const addressed = { userId, sentBy: null, data: dataOf(words), at };
  return category === 'self_harm'
    ? { ...addressed, kind: 'tip_message_held_self_harm', text: `${FLAGGED} ${COUNTS}\n\n${SELF_HARM_HELP}` }
    : { ...addressed, kind: 'tip_message_held', text: `${FLAGGED} ${COUNTS}` };
}

/** As for a blocked line of chat: automated means decided, and nobody has looked at it. */
export function statementOfBlocked(words: Withheld, receipt: string): NewStatement {
  const { at, category, row, streamTitle, userId } = words;
  const found = CATEGORY_WORDS[category];
  return {
    userId,
    decision: { kind: 'classifier', id: row.id },
    restriction: 'message_blocked',
    subject: { type: 'message', id: row.id, title: row.message, at: row.createdAt },
    reason: `Automated means found ${found} in it.`,
    category,
    source: 'own_initiative',
    automated: { detection: true, decision: 'fully' },
    until: null,
    warning: null,
    appeal: { type: 'violation', id: row.id },
    receipt,
    issuedBy: null,
    at,
    letter: {
      kind: 'tip_message_blocked',
      text:
        `The message with your tip in the livestream “${streamTitle}” was not published. Reason: automated means ` +
        `found ${found} in it, which the rules of this platform forbid. No person has looked at it yet. ${COUNTS}`,
      data: { ...dataOf(words), automated: 'true' },
    },
  };
}

const dataOf = ({ category, row, streamTitle }: Withheld) => ({
  tipId: row.id,
  streamId: row.streamId ?? '',
  streamTitle,
  category,
});
