/** What the inbox says about words with a tip that were not shown. The English letter; clients translate by `kind`. */
import type { UserId } from '@virgil/contract';
import { category } from '@virgil/contract';
import { CATEGORY_WORDS, SELF_HARM_HELP } from '../chat/index.ts';
import type { Notice } from '../notifications/index.ts';
import type { TipRow } from './store.ts';

const FLAGGED = 'Your message has been flagged for moderator review.';
const COUNTS = 'Your tip has arrived and is shown without it.';

/** Null where nothing was withheld. */
export function noticeOnWords(row: TipRow, streamTitle: string, at: Date): Notice | null {
  const found = category.safeParse(row.category);
  if (row.tipperId === null || !found.success) return null;
  const addressed = { userId: row.tipperId as UserId, sentBy: null, at };
  const data = { tipId: row.id, streamId: row.streamId ?? '', streamTitle, category: found.data };
  if (row.messageStatus === 'held') {
    return found.data === 'self_harm'
      ? { ...addressed, kind: 'tip_message_held_self_harm', text: `${FLAGGED} ${COUNTS}\n\n${SELF_HARM_HELP}`, data }
      : { ...addressed, kind: 'tip_message_held', text: `${FLAGGED} ${COUNTS}`, data };
  }
  if (row.messageStatus !== 'blocked') return null;
  return {
    ...addressed,
    kind: 'tip_message_blocked',
    text:
      `The message with your tip in the livestream “${streamTitle}” was not published. Reason: automated means found ` +
      `${CATEGORY_WORDS[found.data]} in it, which the rules of this platform forbid. No person has looked at it yet. ` +
      `${COUNTS} If you want to appeal, open Appeals Center.`,
    data: { ...data, automated: 'true' },
  };
}
