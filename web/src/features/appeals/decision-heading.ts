/** What a decision is called at the head of its page. */
import type { PenaltyItem } from '@virgil/contract';

type Heading = 'closed' | 'closedUntil' | 'closedByStrikes' | 'strike' | 'over';

export function headingOf(item: PenaltyItem): Heading {
  if (!item.active) return 'over';
  if (item.kind === 'strike') return 'strike';
  if (item.automatic) return 'closedByStrikes';
  return item.expiresAt === undefined ? 'closed' : 'closedUntil';
}

/** What keeps someone out comes first, then what ends last. */
export function bySeverity(one: PenaltyItem, other: PenaltyItem): number {
  if (one.kind !== other.kind) return one.kind === 'penalty' ? -1 : 1;
  return other.issuedAt.localeCompare(one.issuedAt);
}
