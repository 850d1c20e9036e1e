/**
 * Makes the stored ban for strikes follow the strikes in force. Lifting and expiry only ever open an account; a new
 * strike may close it. The caller has locked the person's standing.
 */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { banForStrikes, findBanForStrikes, isLastAdmin, liftPenalty } from '../penalties/index.ts';
import { lapseEscalation } from './escalation-store.ts';
import { strikesInForce } from './store.ts';
import { type Standing, standingAt } from './strike-ladder-policy.ts';

export async function readStanding(tx: Tx, userId: string, at: Date): Promise<Standing> {
  const inForce = await strikesInForce(tx, userId, at);
  return standingAt(
    inForce.map((row) => ({ channelId: row.sourceChannelId, expiresAt: row.expiresAt, liftedAt: row.liftedAt })),
    at,
  );
}

/**
 * The penalty that ended, if fewer than three are left: `strikes` when one was lifted, `time` when one ran out. The
 * caller tells the person.
 */
export async function openIfFewer(
  tx: Tx,
  userId: UserId,
  end: { readonly at: Date; readonly by: UserId | null; readonly cause: 'strikes' | 'time' },
): Promise<string | null> {
  const standing = await readStanding(tx, userId, end.at);
  if (standing.step !== 'escalated') await lapseEscalation(tx, userId, end.at);
  const ban = await findBanForStrikes(tx, userId);
  if (ban === null) return null;
  if (standing.step === 'banned') return null;
  await liftPenalty(tx, ban.id, { ...end, reason: 'Fewer than three strikes are active.', quiet: true });
  return ban.id;
}

/** After a new strike: the penalty that closes the account now, whether it is new or was there. */
export async function closeIfThree(
  tx: Tx,
  userId: UserId,
  { at, deliverAt }: { readonly at: Date; readonly deliverAt?: Date | undefined },
): Promise<{ readonly standing: Standing; readonly penaltyId: string | null }> {
  const standing = await readStanding(tx, userId, at);
  if (standing.step !== 'banned') return { standing, penaltyId: null };
  // Nobody would be left to hear the appeal.
  if (await isLastAdmin(tx, userId, at)) return { standing: { ...standing, step: 'escalated' }, penaltyId: null };
  await lapseEscalation(tx, userId, at);
  return { standing, penaltyId: await banForStrikes(tx, userId, { at, deliverAt }) };
}
