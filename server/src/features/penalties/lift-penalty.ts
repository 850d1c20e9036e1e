/** A penalty ends: an admin lifts it, an appeal is accepted, its time is over, or its strikes are. */
import type { UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { cancel } from '../../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import { penaltyEvent } from './events.ts';
import { END_PENALTY } from './job-kinds.ts';
import { withoutFullStop } from './letters.ts';
import { deactivate, type PenaltyRow } from './store.ts';

export interface PenaltyLift {
  readonly at: Date;
  readonly by: UserId | null;
  readonly reason: string;
  readonly cause: 'decision' | 'appeal' | 'strikes' | 'time';
  /** Whoever lifts it tells the person with the letter of what they decided. */
  readonly quiet?: boolean;
}

/** Null when it was not active any more; nothing is written then. */
export async function liftPenalty(tx: Tx, penaltyId: string, lift: PenaltyLift): Promise<PenaltyRow | null> {
  const row = await deactivate(tx, penaltyId, lift);
  if (row === null) return null;
  const { at, by } = lift;
  await cancel(tx, { kind: END_PENALTY, key: penaltyId });
  await recordAudit(tx, {
    type: lift.cause === 'time' ? 'PENALTY_ENDED' : 'USER_UNBANNED',
    entity: 'profile',
    entityId: row.userId,
    actorId: by,
    at,
    details: { penaltyId, cause: lift.cause },
    personal: [{ userId: row.userId, data: { reason: lift.reason } }],
  });
  if (lift.quiet !== true) {
    const reason = withoutFullStop(lift.reason);
    await notify(tx, {
      userId: row.userId as UserId,
      kind: 'penalty_ended',
      text: `Your account is open again. Reason: ${reason}.`,
      data: { penaltyId, reason, cause: lift.cause },
      sentBy: by,
      at,
    });
  }
  await announce(tx, penaltyEvent('penalty.ended', row, at));
  return row;
}
