/** An admin opens an account again: one penalty, or everything that is in force. */
import type { AdminPenalty, UserId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import { describePenalty } from './admin-store.ts';
import type { PenaltyDeps } from './deps.ts';
import { getUserActivePenalties } from './get-user-active-penalties.ts';
import { liftPenalties } from './lift-penalty.ts';
import { findPenalty, holdsNow, lastEnded, lockStanding, nameOf, type PenaltyRow } from './store.ts';

export async function deactivatePenalty(
  deps: PenaltyDeps,
  actor: Actor,
  penaltyId: string,
  reason: string,
): Promise<AdminPenalty> {
  const admin = personOfActor(actor);
  const at = deps.clock.now();
  const known = await deps.database.asActor(actor, (tx) => findPenalty(tx, penaltyId));
  if (known === null) throw new AppError('not_found', { detail: 'There is no such penalty.' });
  refuseOwn(admin.userId, known.userId);
  // Beyond row security: the statement of reasons behind it says from then on that it was taken back.
  const [ended] = await deps.database.asSystem('an admin ends a penalty', async (tx) => {
    await lockStanding(tx, known.userId);
    const row = await findPenalty(tx, penaltyId);
    if (row === null || !(await holdsNow(tx, row.id, at))) throw await alreadyEnded(tx, row);
    return end(tx, [row], admin.userId, reason, at);
  });
  if (ended === undefined) throw new Error('a penalty vanished in the transaction that ended it');
  return ended;
}

/** The strikes stay: the next one may close the account again. */
export async function unbanUser(
  deps: PenaltyDeps,
  actor: Actor,
  userId: UserId,
  reason: string,
): Promise<{ ended: AdminPenalty[] }> {
  const admin = personOfActor(actor);
  const at = deps.clock.now();
  const name = await deps.database.asActor(actor, (tx) => nameOf(tx, userId));
  if (name === null) throw new AppError('not_found', { detail: 'There is no such person.' });
  refuseOwn(admin.userId, userId);
  const ended = await deps.database.asSystem('an admin ends the penalties of a person', async (tx) => {
    await lockStanding(tx, userId);
    const rows = await getUserActivePenalties(tx, userId, at);
    if (rows.length === 0) throw await alreadyEnded(tx, await lastEnded(tx, userId));
    return end(tx, rows, admin.userId, reason, at);
  });
  return { ended };
}

async function end(tx: Tx, rows: readonly PenaltyRow[], by: UserId, reason: string, at: Date): Promise<AdminPenalty[]> {
  const ids = rows.map(({ id }) => id);
  await liftPenalties(tx, ids, { at, by, reason, cause: 'decision' });
  const ended: AdminPenalty[] = [];
  for (const id of ids) {
    const penalty = await describePenalty(tx, id, at);
    if (penalty !== null) ended.push(penalty);
  }
  return ended;
}

function refuseOwn(adminId: UserId, userId: string): void {
  if (adminId !== userId) return;
  throw new AppError('own_content', { detail: 'Nobody decides about their own account.' });
}

async function alreadyEnded(tx: Tx, row: PenaltyRow | null): Promise<AppError> {
  if (row === null) return new AppError('already_decided', { detail: 'No penalty is in force.' });
  const by = row.deactivatedBy === null ? null : await nameOf(tx, row.deactivatedBy);
  const when = row.deactivatedAt ?? row.expiresAt;
  const detail =
    by === null ? `It ended by itself${when === null ? '' : ` on ${when.toISOString()}`}.` : `${by} ended it before.`;
  return new AppError('already_decided', { detail });
}
