/** Why money moved. A closed list; the ledger's pages have a word for each. */

export type TransferKind =
  /** Split 90/10, from the provider to the creator and the platform. The database checks the tenth of these two. */
  | 'tip'
  | 'patronage'
  /** A tier of the platform, paid by a person: all of it is the platform's. */
  | 'tier'
  | 'bonus'
  /** From pending to available. */
  | 'release'
  | 'refund'
  /** Held while a dispute is open; given back when it is won; taken when it is lost. */
  | 'dispute'
  | 'dispute_won'
  | 'dispute_lost'
  | 'dispute_fee'
  | 'provider_fee'
  /** Asked for; arrived; came back. */
  | 'payout'
  | 'payout_paid'
  | 'payout_failed'
  /** Everything of a transfer taken back because it should not have been. */
  | 'reversal';

/** Taken even where it leaves less than nothing: who was paid and must give back owes it. */
const FORCED: ReadonlySet<TransferKind> = new Set(['refund', 'dispute', 'dispute_lost', 'dispute_fee', 'reversal']);
export const isForced = (kind: TransferKind): boolean => FORCED.has(kind);

/** Divided 90/10. */
const SPLIT: ReadonlySet<string> = new Set<TransferKind>(['tip', 'patronage']);
export const isSplit = (kind: string): boolean => SPLIT.has(kind);
