/** What channels announce. Events of one channel arrive in order. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';
import type { GrantedRole } from './policy.ts';

type Following = 'channel.followed' | 'channel.unfollowed';
type Membership = 'channel.memberGranted' | 'channel.memberRevoked';

export interface ChannelFollowing<T extends Following = Following> extends DomainEvent {
  readonly type: T;
  readonly channelId: ChannelId;
  readonly userId: UserId;
}

export interface ChannelMembership<T extends Membership = Membership> extends DomainEvent {
  readonly type: T;
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly role: GrantedRole;
}

/** What it is now, its reader looks up. */
export interface PatronPriceChanged extends DomainEvent {
  readonly type: 'channel.patronPriceChanged';
  readonly channelId: ChannelId;
}

export type ChannelEvent =
  | PatronPriceChanged
  | { [T in Following]: ChannelFollowing<T> }[Following]
  | { [T in Membership]: ChannelMembership<T> }[Membership];
