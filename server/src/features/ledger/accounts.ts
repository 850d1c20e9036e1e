/** Names of accounts. Money flows from entries below zero to entries above; a positive balance is owed to its owner. */
import type { UserId } from '@virgil/contract';

/**
 * `pending`: credited, shown, and not yet past the time in which most payments are taken back. `available`: may be paid
 * out. `held`: in dispute.
 */
export type CreatorPurpose = 'available' | 'pending' | 'held';

/**
 * `clearing`: what the payment provider holds for us, as the negative of its balance. `provider_fees`: what it keeps.
 * `fees`: the platform's tenth, and tiers. `promotion`: pays the completion bonus, below zero by what it has cost.
 */
export type PlatformPurpose =
  | 'clearing'
  | 'provider_fees'
  | 'fees'
  | 'promotion'
  | 'payout_in_transit'
  | 'dispute_hold'
  | 'tax_withheld';

export type CreatorAccount = `creator:${string}:${CreatorPurpose}`;
export type PlatformAccount = `platform:${PlatformPurpose}`;
export type LedgerAccount = CreatorAccount | PlatformAccount;

export const creatorAccount = (userId: UserId, purpose: CreatorPurpose): CreatorAccount =>
  `creator:${userId}:${purpose}`;
export const platformAccount = (purpose: PlatformPurpose): PlatformAccount => `platform:${purpose}`;

/** The same creator's account of another purpose; anything else stays what it is. */
export function withPurpose(account: string, purpose: CreatorPurpose): string {
  const [kind, owner] = account.split(':');
  return kind === 'creator' ? `creator:${owner}:${purpose}` : account;
}
