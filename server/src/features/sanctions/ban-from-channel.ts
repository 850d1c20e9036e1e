/**
 * Somebody may not enter one channel any more: its streams, their chat and media. For every slice that decides; runs in
 * their transaction with the system's rights. Whether it may be done is decided before; whoever calls tells the person.
 */
import type { ChannelId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { ofSanction, type SanctionChanged } from './events.ts';
import { END_CHANNEL_BAN } from './job-kinds.ts';
import { signalSanction } from './signals.ts';
import { channelBanInForce, insertChannelBan, lockChannelBan, markChannelBanLifted } from './store.ts';
import type { SanctionLift } from './time-out.ts';

export interface NewChannelBan {
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly reason: string;
  readonly category: string | null;
  /** Null: the system. */
  readonly by: UserId | null;
  readonly at: Date;
  /** Null: until it is lifted. */
  readonly until?: Date | null;
  readonly reviewItemId?: string | null;
}

export interface IssuedChannelBan {
  readonly banId: string;
  /** False: the person is banned there already, by the ban that is returned; nothing was written. */
  readonly isNew: boolean;
  /** The audit entry of the act; null when there is no new one. */
  readonly receipt: string | null;
}

export async function banFromChannel(tx: Tx, ban: NewChannelBan): Promise<IssuedChannelBan> {
  const { at, by, category, channelId, reason, reviewItemId = null, until = null, userId } = ban;
  const present = await channelBanInForce(tx, { channelId, userId }, at);
  if (present !== null) return { banId: present.id, isNew: false, receipt: null };
  const row = {
    id: uuidv7(),
    channelId,
    userId,
    bannedBy: by,
    reason,
    category,
    reviewItemId,
    createdAt: at,
    expiresAt: until,
  };
  await insertChannelBan(tx, row);
  if (until !== null) await schedule(tx, { kind: END_CHANNEL_BAN, key: row.id, runAt: until, payload: { id: row.id } });
  const [receipt] = await recordAudit(tx, {
    type: 'CHANNEL_BAN_ISSUED',
    entity: 'profile',
    entityId: userId,
    actorId: by,
    at,
    details: { channelId, banId: row.id, category, ...(reviewItemId === null ? {} : { reviewItemId }) },
    personal: [{ userId, data: { reason } }],
  });
  const event: SanctionChanged = { type: 'sanctions.banIssued', ...ofSanction(row, at) };
  await announce(tx, event);
  await signalSanction(tx, row);
  return { banId: row.id, isNew: true, receipt };
}

/** False: it was lifted before or is over, and nothing was written. Whoever lifts it tells the person. */
export async function liftChannelBan(tx: Tx, banId: string, lift: SanctionLift): Promise<boolean> {
  const row = await markChannelBanLifted(tx, banId, lift);
  if (row === null) return false;
  await cancel(tx, { kind: END_CHANNEL_BAN, key: banId });
  if (lift.cause !== 'undone') {
    await recordAudit(tx, {
      type: 'CHANNEL_BAN_LIFTED',
      entity: 'profile',
      entityId: row.userId,
      actorId: lift.by,
      at: lift.at,
      details: { channelId: row.channelId, banId, cause: lift.cause },
      personal: [{ userId: row.userId, data: { reason: lift.reason } }],
    });
  }
  const event: SanctionChanged = { type: 'sanctions.banLifted', ...ofSanction(row, lift.at) };
  await announce(tx, event);
  await signalSanction(tx, row);
  return true;
}

/** Its time is over: that is said once, whenever the server is up again. */
export async function endChannelBan(tx: Tx, banId: string): Promise<void> {
  const row = await lockChannelBan(tx, banId);
  if (row?.expiresAt == null || row.liftedAt !== null) return;
  await recordAudit(tx, {
    type: 'CHANNEL_BAN_ENDED',
    entity: 'profile',
    entityId: row.userId,
    actorId: null,
    at: row.expiresAt,
    details: { channelId: row.channelId, banId },
  });
  const event: SanctionChanged = { type: 'sanctions.banEnded', ...ofSanction(row, row.expiresAt) };
  await announce(tx, event);
  await signalSanction(tx, row);
}
