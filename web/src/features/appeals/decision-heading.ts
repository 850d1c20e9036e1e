/** What a decision is called at the head of its page: in words of what holds now. */
import type { PenaltyItem } from '@virgil/contract';

export type Heading =
  | 'closed'
  | 'closedUntil'
  | 'closedByStrikes'
  | 'strike'
  | 'timeout'
  | 'ban'
  | 'banUntil'
  | 'hidden'
  | 'hiddenComment'
  | 'hiddenMessage'
  | 'over'
  | 'overturned'
  | 'published';

export function headingOf(item: PenaltyItem): Heading {
  if (!item.active) return ENDED[item.endedBecause ?? 'other'];
  switch (item.kind) {
    case 'strike':
      return 'strike';
    case 'timeout':
      return 'timeout';
    case 'ban':
      return item.expiresAt === undefined ? 'ban' : 'banUntil';
    case 'violation':
      return HIDDEN[item.about?.source ?? 'live'];
    case 'penalty':
      if (item.automatic) return 'closedByStrikes';
      return item.expiresAt === undefined ? 'closed' : 'closedUntil';
  }
}

const ENDED = { approved: 'published', appeal: 'overturned', other: 'over' } as const;
const HIDDEN = { live: 'hidden', comment: 'hiddenComment', inboxMessage: 'hiddenMessage' } as const;

/** The heavier, the higher. */
const WEIGHT = { penalty: 0, ban: 1, timeout: 2, strike: 3, violation: 4 } as const;

/** What keeps someone out comes first, then what is newest. */
export function bySeverity(one: PenaltyItem, other: PenaltyItem): number {
  return WEIGHT[one.kind] - WEIGHT[other.kind] || other.issuedAt.localeCompare(one.issuedAt);
}
