/** Who may tip, what of a tip's words who reads. Facts in, decision out. */
import type { Tip, UserId } from '@virgil/contract';
import type { Verdict } from '../chat/index.ts';

export const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;
export type Currency = (typeof CURRENCIES)[number];

export function isSupported(currency: string): currency is Currency {
  return (CURRENCIES as readonly string[]).includes(currency);
}

export interface TipFacts {
  readonly isOwn: boolean;
  readonly currency: string;
  /** Whether the tipper may react in the room now: what shuts out a heart shuts out a tip, which shows a name. */
  readonly inRoom: Verdict;
}

export function mayTip({ isOwn, currency, inRoom }: TipFacts): Verdict {
  if (isOwn) return { allowed: false, code: 'self_tip', detail: 'You cannot tip yourself.' };
  if (!isSupported(currency)) {
    return { allowed: false, code: 'currency_unsupported', detail: `Tips are taken in ${CURRENCIES.join(', ')}.` };
  }
  return inRoom;
}

export type MessageStatus = 'none' | 'published' | 'held' | 'blocked' | 'removed' | 'rejected';

export interface TipReader {
  readonly userId: UserId | null;
  /** Owner and moderators of the channel, and admins. */
  readonly moderates: boolean;
}

/** The whole tip, as its author sees it, cut to what this reader may know. */
export function tipFor(tip: Tip, reader: TipReader): Tip {
  const isAuthor = reader.userId !== null && tip.userId === reader.userId;
  switch (tip.messageStatus) {
    case 'none':
    case 'published':
      return tip;
    case 'held':
      return isAuthor || reader.moderates ? tip : withoutWords(tip);
    case 'blocked':
      return isAuthor ? { ...tip, message: null } : withoutWords(tip);
  }
}

function withoutWords(tip: Tip): Tip {
  return { ...tip, message: null, messageStatus: 'none' };
}

/** What was hidden afterwards is gone for everybody, and no longer spoken of. */
export function shownStatus(status: MessageStatus): Tip['messageStatus'] {
  return status === 'removed' || status === 'rejected' ? 'none' : status;
}
