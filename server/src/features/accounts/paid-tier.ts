/** The tier in force is the higher of the one an admin granted and the one that is paid for. */
import type { Tier, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { profileChanged } from './events.ts';
import { readProfile, updateProfile } from './profile-store.ts';

const ORDER: readonly Tier[] = ['free', 'pro', 'premium'];

export function higherTier(one: Tier, other: Tier): Tier {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

/** For subscriptions; `tx` must be the system's. Repeating it changes nothing; a stream that runs goes on. */
export async function setPaidTier(tx: Tx, userId: UserId, paidTier: Tier, at: Date): Promise<void> {
  const before = await readProfile(tx, userId);
  if (before === null || before.paidTier === paidTier) return;
  const tier = higherTier(before.grantedTier, paidTier);
  await updateProfile(tx, userId, { paidTier, tier, updatedAt: at });
  if (tier !== before.tier) await announce(tx, profileChanged(userId, at));
}
