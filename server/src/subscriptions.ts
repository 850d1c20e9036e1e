/**
 * What follows from what: every consequence that crosses features, in one place. Each is told after the commit, at
 * least once, in order per key; a name stays, because what is owed to it is stored under it.
 */
import { on, type Subscription } from './db/index.ts';
import type { AccountEvent, ProfileChanged } from './features/accounts/index.ts';
import type { AppealChanged, AppealReactions } from './features/appeals/index.ts';
import type { ChannelEvent } from './features/channels/index.ts';
import type { Chat, LineDecided } from './features/chat/index.ts';
import type { CommentsChanged } from './features/comments/index.ts';
import type { LivestreamEvent, LivestreamReactions } from './features/livestreams/index.ts';
import type { MessageChanged } from './features/messages/index.ts';
import type { NoticesSent } from './features/notifications/index.ts';
import type { CloseAccounts, PenaltyEvent, PenaltyIssued } from './features/penalties/index.ts';
import type { PersonClosed } from './features/privacy/index.ts';
import type {
  CommentRemovalChanged,
  DirectMessageRemovalChanged,
  MessageRemovalChanged,
} from './features/removals/index.ts';
import type { SanctionChanged } from './features/sanctions/index.ts';
import type { StrikeLifted } from './features/strikes/index.ts';
import type { SubscriptionEvent } from './features/subscriptions/index.ts';
import type { TipEvent } from './features/tips/index.ts';
import type { VideoCommentsSwitched } from './features/videos/index.ts';

export interface MoneyReactions {
  readonly showTip: (event: TipEvent) => Promise<void>;
  readonly forgetTips: (event: Extract<LivestreamEvent, { type: 'livestream.ended' }>) => Promise<void>;
  readonly chargeSubscription: (event: Extract<SubscriptionEvent, { type: 'subscription.chargeDue' }>) => Promise<void>;
  readonly followPatronPrice: (event: Extract<ChannelEvent, { type: 'channel.patronPriceChanged' }>) => Promise<void>;
  readonly followTierPrices: () => Promise<void>;
}

export interface DecisionReactions {
  readonly accounts: Pick<CloseAccounts, 'close' | 'open'>;
  readonly appeals: AppealReactions;
  readonly appealChanged: (event: AppealChanged) => Promise<void>;
  readonly dmcaStrikeLifted: (event: StrikeLifted) => Promise<void>;
  readonly sanctionChanged: (event: SanctionChanged) => Promise<void>;
  readonly reportStrikeLifted: (event: StrikeLifted) => Promise<void>;
  readonly staffChanged: (event: ProfileChanged | PenaltyIssued) => Promise<void>;
}

export interface CorrespondenceReactions {
  readonly commentsChanged: (event: CommentsChanged | CommentRemovalChanged | VideoCommentsSwitched) => Promise<void>;
  readonly messageChanged: (event: MessageChanged | DirectMessageRemovalChanged) => Promise<void>;
}

export interface Consequences extends MoneyReactions, DecisionReactions, CorrespondenceReactions {
  readonly chat: Chat;
  readonly livestreams: LivestreamReactions;
  readonly deliverNotices: (event: NoticesSent) => Promise<void>;
  readonly mailNotices: (event: NoticesSent) => Promise<void>;
  readonly personClosed: (event: PersonClosed) => Promise<void>;
}

const STREAM_CHANGES = ['livestream.started', 'livestream.updated', 'livestream.mediaChanged'] as const;

export function subscriptions(consequences: Consequences): Subscription[] {
  const { accounts, appeals, chat, deliverNotices, dmcaStrikeLifted, livestreams, reportStrikeLifted } = consequences;
  const account = on<AccountEvent>();
  const channel = on<ChannelEvent>();
  const livestream = on<LivestreamEvent>();
  const notices = on<NoticesSent>();
  const removal = on<MessageRemovalChanged>();
  const penalty = on<PenaltyEvent>();
  const strike = on<StrikeLifted>();
  const subscription = on<SubscriptionEvent>();
  const tip = on<TipEvent>();
  const person = on<PersonClosed>();
  return [
    // A notice reaches the pages its receiver has open.
    notices('inbox.show', ['notifications.sent'], deliverNotices),
    // And whoever wants it by e-mail.
    notices('inbox.mail', ['notifications.sent'], consequences.mailNotices),
    // Rooms of the media engine and viewers' pages follow the stream.
    livestream('livestreams.follow', [...STREAM_CHANGES, 'livestream.ended'], livestreams.streamChanged),
    // The old stream key stops working.
    account('livestreams.stream-key', ['streamKey.reset'], livestreams.streamKeyReset),
    // Who lost a role may have lost a patron-only stream.
    channel('livestreams.member-revoked', ['channel.memberRevoked'], livestreams.memberRevoked),
    // So may whoever lost a platform role.
    account('livestreams.profile', ['profile.changed'], livestreams.profileChanged),
    // The chat's rooms know people and modes from memory.
    account('chat.profile', ['profile.changed'], ({ userId }) => chat.roleChanged({ userId, channelId: null })),
    channel('chat.people', ['channel.followed', 'channel.unfollowed'], (event) =>
      chat.personChanged(event.channelId, event.userId),
    ),
    // Of a role every node hears: whoever lost one must not go on reading what only that role may.
    channel('chat.roles', ['channel.memberGranted', 'channel.memberRevoked'], (event) => chat.roleChanged(event)),
    livestream('chat.stream', [...STREAM_CHANGES], (event) => chat.streamChanged(event.streamId)),
    removal('chat.removals', ['removals.messageRemoved', 'removals.messageRestored'], (event) =>
      chat.lineChanged(event),
    ),
    on<LineDecided>()('chat.lines', ['chat.lineDecided'], (event) => chat.lineChanged(event)),
    // Open pages follow what stands under a recording, and what two people write to one another.
    on<CommentsChanged>()('comments.count', ['comments.changed'], consequences.commentsChanged),
    on<CommentRemovalChanged>()(
      'comments.removals',
      ['removals.commentRemoved', 'removals.commentRestored'],
      consequences.commentsChanged,
    ),
    on<VideoCommentsSwitched>()('comments.switch', ['video.commentsSwitched'], consequences.commentsChanged),
    on<MessageChanged>()('messages.show', ['directMessage.changed'], consequences.messageChanged),
    on<DirectMessageRemovalChanged>()(
      'messages.removals',
      ['removals.directMessageRemoved', 'removals.directMessageRestored'],
      consequences.messageChanged,
    ),
    // A tip that was paid is shown where it was given; again when a decision changed what is shown of it.
    tip('tips.show', ['tip.paid', 'tip.wordsChanged'], consequences.showTip),
    livestream('tips.forget', ['livestream.ended'], consequences.forgetTips),
    // A renewal is charged once its decision is on disk; who pays already hears of a new price.
    subscription('subscriptions.charge', ['subscription.chargeDue'], consequences.chargeSubscription),
    channel('subscriptions.patron-price', ['channel.patronPriceChanged'], consequences.followPatronPrice),
    subscription('subscriptions.tier-prices', ['subscription.tierPricesChanged'], consequences.followTierPrices),
    // Who had their account erased is signed in nowhere, and nothing of theirs runs.
    person('privacy.closed', ['person.closed'], consequences.personClosed),
    // A closed account has nothing open any more; this holds also for a node that did not hear of it at once.
    penalty('penalties.close', ['penalty.issued'], (event) => accounts.close(event.userId)),
    penalty('penalties.open', ['penalty.ended'], (event) => accounts.open(event.userId)),
    // What waited for a moderator of the platform waits for another when they are none any more.
    account('review.role', ['profile.changed'], consequences.staffChanged),
    penalty('review.ban', ['penalty.issued'], consequences.staffChanged),
    // A timeout or a channel ban is felt at once by NOTIFY; this holds also for a node that did not hear of it.
    on<SanctionChanged>()(
      'sanctions.follow',
      [
        'sanctions.timeoutIssued',
        'sanctions.timeoutLifted',
        'sanctions.timeoutEnded',
        'sanctions.banIssued',
        'sanctions.banLifted',
        'sanctions.banEnded',
      ],
      consequences.sanctionChanged,
    ),
    // An appeal against what was taken back anyway has nothing left to ask for.
    strike('appeals.strike-lifted', ['strike.lifted'], appeals.strikeLifted),
    penalty('appeals.penalty-ended', ['penalty.ended'], appeals.penaltyEnded),
    on<SanctionChanged>()(
      'appeals.sanction-lifted',
      ['sanctions.timeoutLifted', 'sanctions.banLifted'],
      appeals.sanctionLifted,
    ),
    // What is asked and answered in an appeal shows on open pages.
    on<AppealChanged>()('appeals.show', ['appeal.changed'], consequences.appealChanged),
    // What was removed for a report comes back with the strike that it led to.
    strike('reports.strike-lifted', ['strike.lifted'], reportStrikeLifted),
    strike('dmca.strike-lifted', ['strike.lifted'], dmcaStrikeLifted),
    livestream('chat.ended', ['livestream.ended'], (event) => chat.streamEnded(event.streamId)),
  ];
}
