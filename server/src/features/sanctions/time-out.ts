/**
 * Somebody may not chat in one channel for a while. For every slice that decides; runs in their transaction with the
 * system's rights. Whether it may be done is decided before; whoever calls tells the person (`STATEMENT`), with what is
 * returned. It ends by the clock: the job only says so.
 */
import type { ChannelId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { ofSanction, type SanctionChanged } from './events.ts';
import { END_TIMEOUT } from './job-kinds.ts';
import { signalSanction } from './signals.ts';
import { insertTimeout, lockTimeout, markTimeoutLifted } from './store.ts';

export interface NewTimeout {
  readonly channelId: ChannelId;
  readonly userId: UserId;
  /** Whole minutes. */
  readonly minutes: number;
  readonly reason: string;
  /** Null: the system. */
  readonly by: UserId | null;
  readonly at: Date;
  /** The item of the review queue that it was decided on. */
  readonly reviewItemId?: string | null;
}

export interface IssuedTimeout {
  readonly timeoutId: string;
  readonly until: Date;
  /** The audit entry of the act: it has no other. */
  readonly receipt: string;
}

/** A second one counts beside the first: who is silent until the later of both is silent until then. */
export async function timeOut(tx: Tx, timeout: NewTimeout): Promise<IssuedTimeout> {
  const { at, by, channelId, minutes, reason, reviewItemId = null, userId } = timeout;
  const until = new Date(at.getTime() + minutes * 60_000);
  const row = {
    id: uuidv7(),
    channelId,
    userId,
    moderatorId: by,
    reason,
    reviewItemId,
    createdAt: at,
    expiresAt: until,
  };
  await insertTimeout(tx, row);
  await schedule(tx, { kind: END_TIMEOUT, key: row.id, runAt: until, payload: { id: row.id } });
  const [receipt] = await recordAudit(tx, {
    type: 'USER_TIMED_OUT',
    entity: 'profile',
    entityId: userId,
    actorId: by,
    at,
    details: { channelId, timeoutId: row.id, minutes, ...(reviewItemId === null ? {} : { reviewItemId }) },
    personal: [{ userId, data: { reason } }],
  });
  const event: SanctionChanged = { type: 'sanctions.timeoutIssued', ...ofSanction(row, at) };
  await announce(tx, event);
  await signalSanction(tx, row);
  return { timeoutId: row.id, until, receipt };
}

export interface SanctionLift {
  readonly by: UserId | null;
  readonly at: Date;
  /** `undone`: the decision behind it is taken back, and leaves its own audit entry. */
  readonly cause: 'moderator' | 'appeal' | 'undone';
  readonly reason: string;
}

/** False: it was lifted before or is over, and nothing was written. Whoever lifts it tells the person. */
export async function liftTimeout(tx: Tx, timeoutId: string, lift: SanctionLift): Promise<boolean> {
  const row = await markTimeoutLifted(tx, timeoutId, lift);
  if (row === null) return false;
  await cancel(tx, { kind: END_TIMEOUT, key: timeoutId });
  if (lift.cause !== 'undone') {
    await recordAudit(tx, {
      type: 'TIMEOUT_LIFTED',
      entity: 'profile',
      entityId: row.userId,
      actorId: lift.by,
      at: lift.at,
      details: { channelId: row.channelId, timeoutId, cause: lift.cause },
      personal: [{ userId: row.userId, data: { reason: lift.reason } }],
    });
  }
  const event: SanctionChanged = { type: 'sanctions.timeoutLifted', ...ofSanction(row, lift.at) };
  await announce(tx, event);
  await signalSanction(tx, row);
  return true;
}

/** Its time is over: that is said once, whenever the server is up again. It ended at its minute all the same. */
export async function endTimeout(tx: Tx, timeoutId: string): Promise<void> {
  const row = await lockTimeout(tx, timeoutId);
  if (row === null || row.liftedAt !== null) return;
  const at = row.expiresAt;
  await recordAudit(tx, {
    type: 'TIMEOUT_ENDED',
    entity: 'profile',
    entityId: row.userId,
    actorId: null,
    at,
    details: { channelId: row.channelId, timeoutId },
  });
  const event: SanctionChanged = { type: 'sanctions.timeoutEnded', ...ofSanction(row, at) };
  await announce(tx, event);
  await signalSanction(tx, row);
}
