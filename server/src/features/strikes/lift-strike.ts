/**
 * A strike ends before its time, and leaves no trace on the person's standing. Like `issueStrike` it runs in the
 * caller's transaction, which must be the system's; the caller tells the person, with `paragraph` when the account
 * opens again.
 */
import type { UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import { cancel } from '../../jobs/index.ts';
import { lockStanding } from '../penalties/index.ts';
import { ofStrike, type StrikeLifted } from './events.ts';
import { END_STRIKE } from './job-kinds.ts';
import { openIfFewer, readStanding } from './settle-standing.ts';
import { findStrike, markLifted } from './store.ts';

export interface StrikeLift {
  readonly by: UserId | null;
  readonly reason: string;
  readonly at: Date;
  /** `undone`: the decision that gave it was taken back within seconds, before anybody was told. */
  readonly cause: 'appeal' | 'retraction' | 'put_back' | 'decision' | 'undone';
}

export interface LiftedStrike {
  /** False: it had been lifted before; nothing was written. */
  readonly isNew: boolean;
  readonly userId: UserId;
  /** How many are still active. */
  readonly active: number;
  /** The automatic ban that ended with it. */
  readonly unbanned: string | null;
  readonly paragraph: { readonly text: string; readonly data: Readonly<Record<string, string>> } | null;
}

/** Throws `not_found`. */
export async function liftStrike(tx: Tx, strikeId: string, lift: StrikeLift): Promise<LiftedStrike> {
  const found = await findStrike(tx, strikeId);
  if (found === null) throw new AppError('not_found', { detail: 'There is no such strike.' });
  const userId = found.userId as UserId;
  await lockStanding(tx, userId);
  const row = await findStrike(tx, strikeId);
  if (row === null || row.liftedAt !== null) {
    const { active } = await readStanding(tx, userId, lift.at);
    return { isNew: false, userId, active, unbanned: null, paragraph: null };
  }
  await markLifted(tx, strikeId, lift);
  await cancel(tx, { kind: END_STRIKE, key: strikeId });
  await recordAudit(tx, {
    type: 'STRIKE_LIFTED',
    entity: 'strike',
    entityId: strikeId,
    actorId: lift.by,
    at: lift.at,
    details: { userId, cause: lift.cause, source: { kind: row.sourceKind, id: row.sourceId } },
    personal: [{ userId, data: { reason: lift.reason } }],
  });
  const event: StrikeLifted = {
    type: 'strike.lifted',
    ...ofStrike(row, lift.at),
    cause: lift.cause,
    reason: lift.reason,
    liftedBy: lift.by,
  };
  await announce(tx, event);
  const unbanned = await openIfFewer(tx, userId, { at: lift.at, by: lift.by, cause: 'strikes' });
  const { active } = await readStanding(tx, userId, lift.at);
  return { isNew: true, userId, active, unbanned, paragraph: unbanned === null ? null : OPEN_AGAIN };
}

export const OPEN_AGAIN = {
  text: 'Fewer than three strikes are active, so your account is open again.',
  data: { accountOpen: 'true' },
} as const;
