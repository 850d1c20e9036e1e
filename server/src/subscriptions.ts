/**
 * What follows from what: every consequence that crosses features, in one place. Each is told after the commit, at
 * least once, in order per key; a name stays, because what is owed to it is stored under it.
 */
import { on, type Subscription } from './db/index.ts';
import type { AccountEvent } from './features/accounts/index.ts';
import type { ChannelEvent } from './features/channels/index.ts';
import type { Chat } from './features/chat/index.ts';
import type { LivestreamEvent, LivestreamReactions } from './features/livestreams/index.ts';
import type { NoticesSent } from './features/notifications/index.ts';
import type { MessageRemovalChanged } from './features/removals/index.ts';
import type { StrikeLifted } from './features/strikes/index.ts';

export interface Consequences {
  readonly chat: Chat;
  readonly livestreams: LivestreamReactions;
  readonly deliverNotices: (event: NoticesSent) => Promise<void>;
  readonly dmcaStrikeLifted: (event: StrikeLifted) => Promise<void>;
  readonly reportStrikeLifted: (event: StrikeLifted) => Promise<void>;
}

const STREAM_CHANGES = ['livestream.started', 'livestream.updated', 'livestream.mediaChanged'] as const;

export function subscriptions(consequences: Consequences): Subscription[] {
  const { chat, deliverNotices, dmcaStrikeLifted, livestreams, reportStrikeLifted } = consequences;
  const account = on<AccountEvent>();
  const channel = on<ChannelEvent>();
  const livestream = on<LivestreamEvent>();
  const notices = on<NoticesSent>();
  const removal = on<MessageRemovalChanged>();
  const strike = on<StrikeLifted>();
  return [
    // A notice reaches the pages its receiver has open.
    notices('inbox.show', ['notifications.sent'], deliverNotices),
    // Rooms of the media engine and viewers' pages follow the stream.
    livestream('livestreams.follow', [...STREAM_CHANGES, 'livestream.ended'], livestreams.streamChanged),
    // The old stream key stops working.
    account('livestreams.stream-key', ['streamKey.reset'], livestreams.streamKeyReset),
    // Who lost a role may have lost a patron-only stream.
    channel('livestreams.member-revoked', ['channel.memberRevoked'], livestreams.memberRevoked),
    // So may whoever lost a platform role.
    account('livestreams.profile', ['profile.changed'], livestreams.profileChanged),
    // The chat's rooms know people and modes from memory.
    account('chat.profile', ['profile.changed'], (event) => chat.profileChanged(event.userId)),
    channel(
      'chat.people',
      ['channel.followed', 'channel.unfollowed', 'channel.memberGranted', 'channel.memberRevoked'],
      (event) => chat.personChanged(event.channelId, event.userId),
    ),
    livestream('chat.stream', [...STREAM_CHANGES], (event) => chat.streamChanged(event.streamId)),
    removal('chat.removals', ['removals.messageRemoved', 'removals.messageRestored'], (event) =>
      event.type === 'removals.messageRemoved'
        ? chat.messagesRemoved(event.streamId, [event.messageId])
        : chat.messageRestored(event.streamId, event.messageId),
    ),
    // What was removed for a report comes back with the strike that it led to.
    strike('reports.strike-lifted', ['strike.lifted'], reportStrikeLifted),
    strike('dmca.strike-lifted', ['strike.lifted'], dmcaStrikeLifted),
    livestream('chat.ended', ['livestream.ended'], (event) => chat.streamEnded(event.streamId)),
  ];
}
