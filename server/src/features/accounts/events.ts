/** What accounts announce. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';

/** Name, picture, tier or role changed: whoever shows or remembers them reads them again. */
export interface ProfileChanged extends DomainEvent {
  readonly type: 'profile.changed';
  readonly userId: UserId;
}

/** Publishing with the old key ends. */
export interface StreamKeyReset extends DomainEvent {
  readonly type: 'streamKey.reset';
  readonly channelId: ChannelId;
}

export type AccountEvent = ProfileChanged | StreamKeyReset;

export function profileChanged(userId: string, at: Date): ProfileChanged {
  return { type: 'profile.changed', key: userId, at: at.toISOString(), userId: userId as UserId };
}

/** A creator's channel id is the creator's profile id. */
export function streamKeyReset(channelId: string, at: Date): StreamKeyReset {
  return { type: 'streamKey.reset', key: channelId, at: at.toISOString(), channelId: channelId as ChannelId };
}
