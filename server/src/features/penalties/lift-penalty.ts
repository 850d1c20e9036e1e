/** Penalties end: an admin lifts them, an appeal is accepted, a strike they stood on is lifted, or their time is over. */
import type { UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { cancel } from '../../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import { endStatement, reverseStatement } from '../statements/index.ts';
import { signalOpened } from './close-accounts.ts';
import { ofPenalty, type PenaltyEnded } from './events.ts';
import { END_PENALTY } from './job-kinds.ts';
import { penaltyEndLetter, withoutFullStop } from './letters.ts';
import { deactivate, isBanned, type PenaltyRow } from './store.ts';

export interface PenaltyLift {
  readonly at: Date;
  readonly by: UserId | null;
  readonly reason: string;
  readonly cause: 'decision' | 'appeal' | 'strikes' | 'time';
  /** Whoever lifts it tells the person with the letter of what they decided. */
  readonly quiet?: boolean;
}

/** A penalty whose time is over was not taken back. */
const BECAUSE = { decision: 'decision', appeal: 'appeal', strikes: 'decision', time: null } as const;

/** In a transaction of the system's. Null when it was not active any more; nothing is written then. */
export async function liftPenalty(tx: Tx, penaltyId: string, lift: PenaltyLift): Promise<PenaltyRow | null> {
  const [row] = await liftPenalties(tx, [penaltyId], lift);
  return row ?? null;
}

/** Several of one person, by one act: one audit entry, one notice. */
export async function liftPenalties(tx: Tx, ids: readonly string[], lift: PenaltyLift): Promise<PenaltyRow[]> {
  const { at, by, cause } = lift;
  const ended: PenaltyRow[] = [];
  for (const id of ids) {
    const row = await deactivate(tx, id, lift);
    if (row === null) continue;
    ended.push(row);
    await cancel(tx, { kind: END_PENALTY, key: id });
    const because = BECAUSE[cause];
    const decision = { kind: 'penalty', id } as const;
    await (because === null ? endStatement(tx, { decision, at }) : reverseStatement(tx, { decision, because, at }));
    const event: PenaltyEnded = { type: 'penalty.ended', ...ofPenalty(row, at), cause };
    await announce(tx, event);
  }
  const [first] = ended;
  if (first === undefined) return [];
  const userId = first.userId as UserId;
  const [receipt] = await recordAudit(tx, {
    type: cause === 'time' ? 'PENALTY_ENDED' : 'USER_UNBANNED',
    entity: 'profile',
    entityId: userId,
    actorId: by,
    at,
    details: { penaltyIds: ended.map(({ id }) => id), cause },
    personal: [{ userId, data: { reason: lift.reason } }],
  });
  if (lift.quiet !== true) {
    const isOpen = !(await isBanned(tx, userId, at));
    const reason = withoutFullStop(lift.reason);
    await notify(tx, {
      userId,
      kind: 'penalty_ended',
      text: penaltyEndLetter(reason, isOpen),
      data: { penaltyId: first.id, reason, cause, isOpen: String(isOpen), receipt },
      sentBy: by,
      at,
    });
  }
  await signalOpened(tx, userId);
  return ended;
}
