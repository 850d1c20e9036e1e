/** What timeouts and channel bans announce. In order per person and channel. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** What somebody may do on a channel is another now: whoever shows it looks again. */
export interface SanctionChanged extends DomainEvent {
  readonly type:
    | 'sanctions.timeoutIssued'
    | 'sanctions.timeoutLifted'
    | 'sanctions.timeoutEnded'
    | 'sanctions.banIssued'
    | 'sanctions.banLifted'
    | 'sanctions.banEnded';
  readonly channelId: ChannelId;
  readonly userId: UserId;
  /** The timeout's or the ban's. */
  readonly sanctionId: string;
}

/** Ids come from our own rows. */
export function ofSanction(
  row: { readonly id: string; readonly channelId: string; readonly userId: string },
  at: Date,
) {
  return {
    key: `${row.channelId} ${row.userId}`,
    at: at.toISOString(),
    channelId: row.channelId as ChannelId,
    userId: row.userId as UserId,
    sanctionId: row.id,
  };
}
