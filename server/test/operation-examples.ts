/** A good input for every operation, so that one generated suite can try them all as everybody. */
import {
  accounts,
  audit,
  channels,
  type desk,
  livestreams,
  notifications,
  type Operation,
  review,
  type StreamId,
  subscriptions,
  tips,
  type UserId,
} from '@virgil/contract';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { dataSecret } from '../src/data-secret.ts';
import { UnsubscribeTokens } from '../src/features/mails/index.ts';
import type { SignedIn, TestApp } from './kit/app.ts';
import { type LetterIds, makeLetters } from './kit/letters.ts';
import { makePaid, type PaidIds } from './kit/paid.ts';
import { makePersonalData, type PersonalDataIds } from './kit/personal-data.ts';
import { type DraftOfPolicy, makePolicyDraft } from './kit/policy-draft.ts';
import { makeReported, type ReportedIds } from './kit/reported.ts';
import { makeReviewItem } from './kit/review-items.ts';
import { makeRightsNotices, type RightsNotice, type RightsNotices } from './kit/rights-notices.ts';
import { sdpOffer } from './kit/sdp-offers.ts';
import { makeStanding, type StandingIds } from './kit/standing.ts';

export interface World {
  readonly owner: SignedIn;
  /** Follows nobody, owns nothing that is asked for. */
  readonly user: SignedIn;
  readonly admin: SignedIn;
  /** Someone things are done to. */
  readonly subject: SignedIn;
  readonly streamId: string;
  readonly videoId: string;
  readonly notificationId: string;
  /** Of the link in an e-mail. */
  readonly unsubscribeToken: string;
  /** Given by the user. */
  readonly tipId: string;
  readonly apiKeyId: string;
  /** Of an audit entry. */
  readonly eventId: string;
  /** Decisions about people; `ownStrikeId` is the user's. */
  readonly decided: StandingIds;
  /** Payments of the user to the owner. */
  readonly paid: PaidIds;
  /** The owner's, credited a moment ago. */
  readonly bonusId: string;
  readonly personal: PersonalDataIds;
  /** A report about somebody, somebody muted, and the user's statement of reasons. */
  readonly reported: ReportedIds;
  /** Notices about the owner's video. */
  readonly rights: RightsNotices;
  /** A comment of the user's under the video, and a message of theirs to the subject. */
  readonly letters: LetterIds;
  /** The channel has a price, and the user a patronage and a tier that may be cancelled. */
  readonly isBuyable: true;
  /** A line of the subject’s in the owner’s running stream, which waits for a moderator. */
  readonly reviewItemId: string;
  /** Another, which the owner has just decided and may still take back. */
  readonly undoableItemId: string;
  /** A line that the owner passed on to the admins. */
  readonly escalationId: string;
  /** Of the reporting policy. */
  readonly draft: DraftOfPolicy;
  readonly avatar: Uint8Array;
}

export interface Input {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
  readonly upload?: { readonly bytes: Uint8Array; readonly type: string };
}

type Example = (world: World) => Input;
/** Minutes. */
const TIMES = {
  minors: 60,
  threats: 60,
  hate_speech: 1440,
  racism: 1440,
  staff_impersonation: 1440,
  multi_violation: 1440,
  unassigned: 1440,
  strikes: 1440,
};
const nothing: Example = () => ({});
const ofStream: Example = ({ streamId }) => ({ params: { id: streamId } });
const ofChannel: Example = ({ owner }) => ({ params: { id: owner.id } });
const ofMember: Example = ({ owner, subject }) => ({ params: { id: owner.id, userId: subject.id } });
const ofReviewItem: Example = ({ reviewItemId }) => ({ params: { id: reviewItemId } });
const ofDraft = ({ draft }: World) => ({ params: { policy: draft.policy } });
const ofSubject: Example = ({ subject }) => ({ params: { id: subject.id } });

const ofNotice =
  (which: keyof RightsNotices): Example =>
  ({ rights }) => ({ params: { id: rights[which].id }, body: { reason: 'A reason' } });
const byToken = ({ id, token }: RightsNotice) => ({ params: { id }, query: { token } });
const AGENT = { name: 'Ada Agent', address: '1 Main St', email: 'agent@virgil.example', phone: '1' };
const RIGHTS_NOTICE = {
  claimant: { name: 'Rita Holder', address: 'A street 1', email: 'rita@holder.example', phone: '1' },
  claimedWork: 'A song',
  claimedWorkUrl: 'https://holder.example/song',
  materialUrl: 'https://virgil.example/videos/1',
  goodFaith: true,
  accuracyUnderPerjury: true,
  signature: 'Rita Holder',
};

/** Naming them is what makes sure that they are there. */
const withSubscriptions =
  (example: Example): Example =>
  (world) => {
    if (!world.isBuyable) throw new Error('nothing can be bought');
    return example(world);
  };

const EXAMPLES = new Map<string, Example>([
  ['me.get', nothing],
  ['me.update', () => ({ body: { bio: 'Nel mezzo del cammin' } })],
  ['me.setAvatar', ({ avatar }) => ({ upload: { bytes: avatar, type: 'image/png' } })],
  ['me.removeAvatar', nothing],
  ['me.getStreamKey', nothing],
  ['me.resetStreamKey', nothing],
  ['me.apiKeys.list', nothing],
  ['me.apiKeys.create', () => ({ body: { name: 'A key', scopes: ['read'], expiresInDays: 1 } })],
  ['me.apiKeys.revoke', ({ apiKeyId }) => ({ params: { id: apiKeyId } })],
  ['admin.users.list', () => ({ query: { limit: '2', role: 'user', q: 'person' } })],
  ['admin.users.setTier', (world) => ({ ...ofSubject(world), body: { tier: 'pro' } })],
  ['admin.users.setRole', (world) => ({ ...ofSubject(world), body: { role: 'moderator' } })],
  ['admin.users.issueResetLink', ofSubject],
  ['admin.users.get', ofSubject],
  ['admin.users.history', (world) => ({ ...ofSubject(world), query: { limit: '2', kind: 'notice' } })],
  ['admin.users.export', ofSubject],
  ['admin.users.ban', ({ decided }) => ({ params: { id: decided.blamelessId }, body: { reason: 'Spam everywhere' } })],
  ['admin.users.unban', ({ decided }) => ({ params: { id: decided.bannedId }, body: { reason: 'By mistake' } })],
  ['admin.penalties.list', () => ({ query: { limit: '2', state: 'active', q: 'b' } })],
  [
    'admin.penalties.issue',
    ({ decided }) => ({
      body: { userId: decided.blamelessId, severity: 'temporary', durationHours: 24, reason: 'A day to think' },
    }),
  ],
  ['admin.penalties.deactivate', ({ decided }) => ({ params: { id: decided.penaltyId }, body: { reason: 'Over' } })],
  ['admin.strikes.list', () => ({ query: { limit: '2', step: 'warned', q: 'b' } })],
  [
    'admin.strikes.appeal',
    ({ decided }) => ({ params: { id: decided.strikeId }, body: { decision: 'accepted', reason: 'A mistake' } }),
  ],
  ['penalties.list', nothing],
  ['appeals.list', () => ({ query: { limit: '2' } })],
  [
    'appeals.create',
    ({ decided }) => ({
      body: { subject: { type: 'strike', id: decided.ownStrikeId }, reason: 'It was a quotation from a film.' },
    }),
  ],
  ['appeals.get', ({ decided }) => ({ params: { id: decided.ownAppealId } })],
  ['appeals.getScreenshot', ({ decided }) => ({ params: { key: decided.screenshotKey } })],
  ['appeals.write', ({ decided }) => ({ params: { id: decided.ownAppealId }, body: { message: 'The film is old.' } })],
  ['appeals.read', ({ decided }) => ({ params: { id: decided.ownAppealId } })],
  ['admin.appeals.get', ({ decided }) => ({ params: { id: decided.appealId } })],
  ['admin.appeals.write', ({ decided }) => ({ params: { id: decided.appealId }, body: { message: 'Which film?' } })],
  ['admin.appeals.read', ({ decided }) => ({ params: { id: decided.appealId } })],
  ['admin.appeals.note', ({ decided }) => ({ params: { id: decided.appealId }, body: { note: 'Ask Ada.' } })],
  ['admin.appeals.rates', () => ({ query: { from: '2026-01-01T00:00:00.000Z' } })],
  ['admin.appeals.exportRates', nothing],
  ['admin.appeals.list', () => ({ query: { limit: '2', status: 'pending', q: 'hear' } })],
  ['admin.appeals.accept', ({ decided }) => ({ params: { id: decided.appealId }, body: { resolution: 'Heard' } })],
  ['admin.appeals.deny', ({ decided }) => ({ params: { id: decided.appealId }, body: { resolution: 'It stays' } })],
  [
    'setup.redeem',
    () => ({
      body: { token: 'x'.repeat(32), email: 'late@example.org', password: 'long enough', displayName: 'Late' },
    }),
  ],
  ['admin.audit.list', ({ subject }) => ({ query: { limit: '2', entityId: subject.id, q: 'p' } })],
  ['admin.audit.get', ({ eventId }) => ({ params: { eventId } })],
  ['admin.audit.export', () => ({ query: { format: 'json', type: 'USER_TIER_CHANGED' } })],
  ['admin.audit.log', nothing],
  ['admin.audit.addKey', nothing],
  ['admin.audit.retireKey', nothing],
  ['admin.audit.restart', () => ({ body: { reason: 'The database was restored from a backup.' } })],
  ['receipts.get', ({ eventId }) => ({ params: { eventId } })],
  ['me.export.request', nothing],
  ['me.export.list', nothing],
  ['me.export.get', ({ personal }) => ({ params: { id: personal.exportId } })],
  ['me.export.download', ({ personal }) => ({ params: { id: personal.exportId } })],
  ['me.erasure.get', nothing],
  ['me.erase', ({ user }) => ({ body: { password: user.password } })],
  ['me.erasure.cancel', nothing],
  ['admin.holds.list', () => ({ query: { limit: '2' } })],
  [
    'admin.holds.place',
    (world) => ({
      ...ofSubject(world),
      body: { caseReference: '1', authority: 'A court', reason: 'A claim', expiresAt: '2028-01-01T00:00:00.000Z' },
    }),
  ],
  ['admin.holds.release', ({ personal }) => ({ params: { id: personal.holdId }, body: { reason: 'Settled' } })],
  ['instance.retention', nothing],
  [
    'admin.retention.set',
    () => ({
      body: { chatDays: 300, visitDays: 90, inboxDays: 700, decisionDays: 800, dmcaDays: 1500, exportDays: 7 },
    }),
  ],
  ['dmca.send', ({ videoId }) => ({ body: { ...RIGHTS_NOTICE, target: { type: 'video', id: videoId } } })],
  ['dmca.get', ({ rights }) => byToken(rights.approved)],
  ['dmca.mine', () => ({ query: { limit: '2' } })],
  [
    'dmca.counterNotice',
    ({ rights }) => ({
      params: { id: rights.approved.id },
      body: {
        name: 'Mira Voss',
        address: 'Gasse 1',
        email: 'mira@voss.example',
        phone: '1',
        materialLocation: 'The video',
        goodFaithUnderPerjury: true,
        consentToJurisdiction: true,
        acceptService: true,
        signature: 'Mira Voss',
      },
    }),
  ],
  ['dmca.courtAction', ({ rights }) => ({ ...byToken(rights.approved), body: { court: 'A court', reference: '1' } })],
  ['dmca.retract', ({ rights }) => ({ ...byToken(rights.valid), body: { reason: 'A mistake' } })],
  ['admin.dmca.list', () => ({ query: { limit: '2', status: 'valid', q: 'song' } })],
  ['admin.dmca.enter', () => ({ body: { source: 'post', notice: { claimedWork: 'A song' } } })],
  ['admin.dmca.get', ({ rights }) => ({ params: { id: rights.approved.id } })],
  [
    'admin.dmca.complete',
    ({ rights }) => ({ params: { id: rights.incomplete.id }, body: { signature: 'Rita Holder' } }),
  ],
  ['admin.dmca.chase', ofNotice('incomplete')],
  ['admin.dmca.void', ofNotice('incomplete')],
  ['admin.dmca.approve', ofNotice('valid')],
  ['admin.dmca.reject', ofNotice('valid')],
  ['admin.dmca.restore', ofNotice('inCourt')],
  ['admin.dmca.misrepresentation', ofNotice('rejected')],
  ['admin.dmca.openEvidence', ofNotice('approved')],
  ['admin.dmca.lumen', ({ rights }) => ({ params: { id: rights.approved.id } })],
  ['admin.dmca.getSettings', nothing],
  ['admin.dmca.updateSettings', () => ({ body: { agent: AGENT, timeZone: 'America/New_York', lumenExport: true } })],
  ['policies.list', nothing],
  ['policies.get', () => ({ params: { policy: 'community-rules', version: '1' } })],
  ['admin.policies.list', nothing],
  ['admin.policies.draft', ofDraft],
  ['admin.policies.save', (world) => ({ ...ofDraft(world), body: { revision: 1, content: world.draft.content } })],
  ['admin.policies.discard', ofDraft],
  ['admin.policies.publish', (world) => ({ ...ofDraft(world), body: { revision: world.draft.revision } })],
  ['instance.get', nothing],
  ['channels.list', () => ({ query: { limit: '2', q: 'p' } })],
  ['channels.get', ofChannel],
  ['channels.follow', ofChannel],
  ['channels.unfollow', ofChannel],
  ['channels.listMembers', ofChannel],
  ['channels.getSettings', ofChannel],
  ['channels.updateSettings', (world) => ({ ...ofChannel(world), body: { description: 'A channel', record: false } })],
  ['channels.getThresholds', ofChannel],
  ['channels.setThresholds', (world) => ({ ...ofChannel(world), body: { hold: 0.5, block: 0.8 } })],
  ['admin.classification.get', nothing],
  ['admin.classification.scores', nothing],
  ['admin.classification.setThresholds', () => ({ body: { hold: 0.59, block: 0.84 } })],
  ['admin.classification.setSecondOpinion', () => ({ body: { isOn: true } })],
  ['livestreams.start', () => ({ body: { title: 'A stream', danteRealm: 'inferno' } })],
  ['livestreams.end', ofStream],
  ['livestreams.update', (world) => ({ ...ofStream(world), body: { title: 'Another title' } })],
  ['livestreams.listActive', () => ({ query: { limit: '2', realm: 'inferno' } })],
  ['livestreams.get', ofStream],
  ['livestreams.getChat', (world) => ({ ...ofStream(world), query: { limit: '200' } })],
  ['livestreams.report', (world) => ({ ...ofStream(world), body: { reason: 'spam' } })],
  [
    'livestreams.tip',
    (world) => ({ ...ofStream(world), body: { amount: 100, currency: 'EUR', idempotencyKey: `a-key-of-${uuidv7()}` } }),
  ],
  ['livestreams.listTips', (world) => ({ ...ofStream(world), query: { limit: '2' } })],
  ['me.tips.list', () => ({ query: { limit: '2' } })],
  ['me.tips.get', ({ tipId }) => ({ params: { id: tipId } })],
  ['channels.getPatronage', ofChannel],
  [
    'channels.becomePatron',
    (world) => ({ ...withSubscriptions(ofChannel)(world), query: { amount: '400', currency: 'EUR' } }),
  ],
  ['channels.cancelPatronage', withSubscriptions(ofChannel)],
  ['me.subscriptions.list', () => ({ query: { limit: '2', ended: 'true' } })],
  ['me.subscription.get', nothing],
  ['me.subscription.buy', () => ({ body: { tier: 'premium' } })],
  ['me.subscription.cancel', withSubscriptions(nothing)],
  ['admin.tierPrices.get', nothing],
  ['admin.tierPrices.set', () => ({ body: { currency: 'EUR', pro: 700, premium: 1500 } })],
  ['livestreams.listByCreator', ({ owner }) => ({ params: { creatorId: owner.id }, query: { limit: '5' } })],
  ['livestreams.getHealth', ofStream],
  ['me.earnings.get', nothing],
  ['me.earnings.list', () => ({ query: { limit: '2', kind: 'tips', q: 'p' } })],
  ['me.earnings.byStream', () => ({ query: { limit: '2', q: 'a' } })],
  ['me.earnings.export', () => ({ query: { from: '2027-01-01', to: '2027-01-31' } })],
  ['admin.ledger.get', () => ({ query: { limit: '2', kind: 'tip', currency: 'USD', from: '2027-01-01', q: 'p' } })],
  ['admin.ledger.check', nothing],
  ['admin.ledger.reverse', ({ bonusId }) => ({ params: { id: bonusId }, body: { reason: 'A mistake' } })],
  ['admin.ledger.export', () => ({ query: { kind: 'bonus' } })],
  ['me.payments.list', () => ({ query: { limit: '2', status: 'paid', q: 'tip' } })],
  ['me.payments.get', ({ paid }) => ({ params: { id: paid.paymentId } })],
  ['me.payoutAccount.get', nothing],
  ['me.payoutAccount.open', nothing],
  ['me.payouts.list', () => ({ query: { limit: '2' } })],
  ['me.payouts.request', ({ paid }) => ({ body: { amount: 1_000, currency: 'EUR', idempotencyKey: paid.payoutKey } })],
  ['admin.payments.list', () => ({ query: { limit: '2', status: 'paid', q: 'p' } })],
  [
    'admin.payments.refund',
    ({ paid }) => ({ params: { id: paid.paymentId }, body: { amount: 100, reason: 'Asked for' } }),
  ],
  ['admin.disputes.list', () => ({ query: { limit: '2', status: 'open', q: 'p' } })],
  ['admin.payouts.list', () => ({ query: { limit: '2', status: 'paid', q: 'p' } })],
  ['admin.payments.getSettings', nothing],
  ['admin.payments.updateSettings', () => ({ body: { riskDelayDays: 6, payoutMinimum: 500 } })],
  ['payments.sandbox.get', ({ paid }) => ({ params: { id: paid.checkoutId } })],
  ['payments.sandbox.decide', ({ paid }) => ({ params: { id: paid.checkoutId }, body: { decision: 'approve' } })],
  ['test.playPayment', ({ paid }) => ({ params: { id: paid.paymentId }, body: { act: 'redeliver' } })],
  ['notifications.list', () => ({ query: { unread: 'true' } })],
  ['notifications.read', ({ notificationId }) => ({ params: { id: notificationId } })],
  ['notifications.unread', ({ notificationId }) => ({ params: { id: notificationId } })],
  ['notifications.readAll', nothing],
  ['notifications.undoReadAll', () => ({ body: { readAt: '2026-11-20T10:00:00.000Z' } })],
  ['me.mail.get', nothing],
  ['me.mail.update', () => ({ body: { notices: 'all' } })],
  ['mail.unsubscribe', ({ unsubscribeToken }) => ({ query: { token: unsubscribeToken } })],
  ['reports.create', ({ streamId }) => ({ body: { subject: { type: 'livestream', id: streamId }, reason: 'spam' } })],
  ['admin.reports.list', () => ({ query: { limit: '2', type: 'user', q: 't', sort: 'oldest' } })],
  ['admin.reports.get', ({ reported }) => ({ params: { id: reported.reportId } })],
  [
    'admin.reports.resolve',
    ({ reported }) => ({ params: { id: reported.reportId }, body: { decision: 'approved', reason: 'Advertising' } }),
  ],
  ['admin.reportMutes.list', () => ({ query: { limit: '2', q: 'm' } })],
  [
    'admin.reportMutes.lift',
    ({ reported }) => ({ params: { userId: reported.mutedId }, body: { reason: 'Promised to stop' } }),
  ],
  ['statements.get', ({ reported }) => ({ params: { id: reported.statementId } })],
  ['transparency.get', () => ({ query: { by: 'half' } })],
  ['transparency.export', () => ({ query: { by: 'month' } })],
  ['admin.transparency.get', nothing],
  ['admin.transparency.statements', () => ({ query: { limit: '2' } })],
  ['admin.transparency.statementsCsv', nothing],
  ['videos.report', ({ videoId }) => ({ params: { id: videoId }, body: { reason: 'rights' } })],
  ['videos.list', () => ({ query: { limit: '1' } })],
  ['videos.get', ({ videoId }) => ({ params: { id: videoId } })],
  ['videos.update', ({ videoId }) => ({ params: { id: videoId }, body: { title: 'Renamed' } })],
  ['comments.list', ({ videoId }) => ({ params: { id: videoId }, query: { limit: '2' } })],
  [
    'comments.write',
    ({ videoId }) => ({ params: { id: videoId }, body: { message: 'Well played', clientId: uuidv7() } }),
  ],
  ['comments.remove', ({ letters, videoId }) => ({ params: { id: videoId, commentId: letters.commentId } })],
  ['messages.list', () => ({ query: { limit: '2', q: 'p' } })],
  ['messages.get', ({ subject }) => ({ params: { userId: subject.id }, query: { limit: '2' } })],
  ['messages.send', ({ subject }) => ({ body: { toUserId: subject.id, message: 'Hello', clientId: uuidv7() } })],
  ['messages.read', ({ subject }) => ({ params: { userId: subject.id } })],
  ['messages.delete', ({ letters, subject }) => ({ params: { userId: subject.id, messageId: letters.messageId } })],
  ['messages.deleteConversation', ({ subject }) => ({ params: { userId: subject.id } })],
  ['me.blocks.list', () => ({ query: { limit: '2', q: 'p' } })],
  ['me.blocks.add', ({ reported }) => ({ params: { userId: reported.mutedId } })],
  ['me.blocks.remove', ({ reported }) => ({ params: { userId: reported.mutedId } })],
  ['me.mutes.list', () => ({ query: { limit: '2', q: 'p' } })],
  ['me.mutes.add', ({ reported }) => ({ params: { userId: reported.mutedId } })],
  ['me.mutes.remove', ({ reported }) => ({ params: { userId: reported.mutedId } })],
  ['me.hidden.get', nothing],
  ['moderation.queue.list', () => ({ query: { limit: '2', category: 'harassment', sort: 'oldest', q: 'p' } })],
  ['moderation.queue.get', ofReviewItem],
  ['moderation.queue.moment', ofReviewItem],
  ['moderation.queue.claim', ofReviewItem],
  ['moderation.queue.release', ofReviewItem],
  ['moderation.queue.look', ofReviewItem],
  ['moderation.queue.approve', (world) => ({ ...ofReviewItem(world), body: { reason: 'Harmless' } })],
  ['moderation.queue.reject', (world) => ({ ...ofReviewItem(world), body: { reason: 'Insults', undoable: true } })],
  ['moderation.queue.timeout', (world) => ({ ...ofReviewItem(world), body: { minutes: 5, reason: 'Insults' } })],
  [
    'moderation.queue.punish',
    (world) => ({
      ...ofReviewItem(world),
      body: { type: 'warning', reason: 'Insults', policyReference: 'community-rules/1#insults' },
    }),
  ],
  ['moderation.queue.escalate', (world) => ({ ...ofReviewItem(world), body: { trigger: 'threats', note: 'Look' } })],
  ['moderation.queue.undo', ({ undoableItemId }) => ({ params: { id: undoableItemId } })],
  [
    'moderation.queue.bulk',
    ({ reviewItemId }) => ({ body: { ids: [reviewItemId], decision: 'reject', reason: 'Spam' } }),
  ],
  ['moderation.desk.get', nothing],
  ['moderation.desk.change', () => ({ body: { greyscale: true, reset: ['keysOn'] } })],
  ['moderation.desk.break', nothing],
  ['admin.escalations.list', () => ({ query: { limit: '2', trigger: 'threats', source: 'live', overdue: 'false' } })],
  ['admin.escalations.get', ({ escalationId }) => ({ params: { id: escalationId } })],
  [
    'admin.escalations.resolve',
    ({ escalationId }) => ({ params: { id: escalationId }, body: { decision: 'approve', reason: 'A quotation' } }),
  ],
  ['admin.escalations.times', nothing],
  ['admin.escalations.setTimes', () => ({ body: { ...TIMES, racism: 600 } })],
  ['admin.desk.change', () => ({ body: { greyscale: true } })],
  ['test.advanceClock', () => ({ body: { advanceMs: 0 } })],
  ...[channels.moderatorGrants, channels.vipGrants, channels.patronGrants].flatMap(({ grant, revoke }) => [
    [grant.id, ofMember] as const,
    [revoke.id, ofMember] as const,
  ]),
]);

/** Operations whose good input is refused to everybody: a set-up link that is not the newest. */
export const NEVER_SUCCEEDS: readonly string[] = [accounts.redeemSetup.id, audit.restartAuditLog.id];

export function exampleOf(operation: Operation, world: World): Input {
  const example = EXAMPLES.get(operation.id);
  if (example === undefined) throw new Error(`give ${operation.id} a good input in operation-examples.ts`);
  return example(world);
}

/** What a call may end, remove or decide on. It is made anew for the operations whose input names it. */
type Lasting = Omit<World, keyof Fresh>;
type Fresh = Pick<
  World,
  | 'streamId'
  | 'apiKeyId'
  | 'tipId'
  | 'eventId'
  | 'decided'
  | 'paid'
  | 'bonusId'
  | 'personal'
  | 'reported'
  | 'rights'
  | 'letters'
  | 'isBuyable'
  | 'reviewItemId'
  | 'undoableItemId'
  | 'escalationId'
  | 'draft'
>;
type Makers = { readonly [Part in keyof Fresh]: (app: TestApp, world: World) => Promise<Fresh[Part]> };

/** In the order in which they need each other. */
const MAKERS: Makers = {
  streamId: (_app, { owner }) => runningStream(owner),
  apiKeyId: async (_app, { owner }) =>
    (await owner.call(accounts.createApiKey, { body: { name: 'To revoke', scopes: ['read'] } })).apiKey.id,
  tipId: async (_app, { tipId, owner, user }) => tipId ?? giveTip(user, await runningStream(owner)),
  isBuyable: (_app, world) => makeBuyable(world),
  decided: (app, { user }) => makeStanding(app.storage, user.id, app.dataFolder),
  rights: (app, { owner, videoId }) => makeRightsNotices(app.storage, videoId, owner.id),
  reported: (app, { user }) => makeReported(app.storage, user.id),
  letters: (app, { owner, subject, user, videoId }) =>
    makeLetters(app.storage, { videoId, channelId: owner.id, fromId: user.id, toId: subject.id }),
  eventId: async (_app, { admin, eventId }) => eventId ?? newestEntry(admin),
  paid: async (app, { owner, user }) =>
    makePaid(app, { creator: owner, payer: user, streamId: await runningStream(owner) }),
  bonusId: (app, { owner }) => creditedBonus(app, owner.id),
  reviewItemId: (app, { owner, subject }) => waitingLine(app, owner, subject),
  undoableItemId: (app, { owner, subject }) => undoableDecision(app, owner, subject),
  escalationId: (app, { owner, subject }) => passedOn(app, owner, subject),
  draft: (app) => makePolicyDraft(app.storage),
  personal: (_app, { admin, subject, user }) => makePersonalData(user, admin, subject.id),
};

/** Everything this operation's input names is there again; without an operation, everything there is. */
export async function refreshWorld(
  app: TestApp,
  world: Lasting & Partial<Fresh>,
  operation?: Operation,
): Promise<World> {
  const fresh = { ...world } as World;
  const parts = Object.keys(MAKERS) as (keyof Fresh)[];
  const named = operation === undefined ? new Set<string>(parts) : namedBy(operation, fresh);
  for (const part of parts) {
    if (named.has(part)) Object.assign(fresh, { [part]: await MAKERS[part](app, fresh) });
  }
  if (named.size > 0) await app.settle();
  return fresh;
}

/** What an example looks at when it is asked. */
function namedBy(operation: Operation, world: World): ReadonlySet<string> {
  const named = new Set<string>();
  const watched = new Proxy(world, {
    get(target, name, receiver) {
      named.add(String(name));
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  exampleOf(operation, watched);
  return named;
}

async function newestEntry(admin: SignedIn): Promise<string> {
  const { items } = await admin.call(audit.listAudit, { query: { type: 'USER_TIER_CHANGED' } });
  return items[0]?.eventId ?? '';
}

async function runningStream(owner: SignedIn): Promise<string> {
  const { active } = await owner.call(livestreams.listByCreator, { params: { creatorId: owner.id } });
  const [running] = active;
  return running?.id ?? (await owner.call(livestreams.startLivestream, { body: { title: 'A stream' } })).livestream.id;
}

/** The engine holds the last minute of the stream. */
async function waitingLine(app: TestApp, owner: SignedIn, author: SignedIn): Promise<string> {
  const streamId = (await runningStream(owner)) as StreamId;
  await app.media.publish(streamId, sdpOffer());
  app.media.stage.receive(streamId, 60_000);
  const person = (id: UserId) => ({ kind: 'person', userId: id, role: 'user' }) as const;
  return makeReviewItem(app.storage, { author: person(author.id), channel: person(owner.id), streamId });
}

async function undoableDecision(app: TestApp, owner: SignedIn, author: SignedIn): Promise<string> {
  const id = (await waitingLine(app, owner, author)) as desk.ReviewItemId;
  await owner.call(review.rejectItem, { params: { id }, body: { reason: 'Insults', undoable: true } });
  return id;
}

async function passedOn(app: TestApp, owner: SignedIn, author: SignedIn): Promise<string> {
  const id = (await waitingLine(app, owner, author)) as desk.ReviewItemId;
  await owner.call(review.escalateItem, { params: { id }, body: { trigger: 'threats' } });
  return id;
}

async function creditedBonus({ storage }: TestApp, creatorId: string): Promise<string> {
  const id = uuidv7();
  const account = `creator:${creatorId}:available`;
  await storage.sql(
    `select ledger_post($1, $1, 'h', 'bonus', 'USD', now(), null, null, false, '{}',
       array['platform:promotion', $2], '{-100,100}')`,
    [id, account],
  );
  return id;
}

async function giveTip(user: SignedIn, streamId: string): Promise<string> {
  const body = { amount: 500, currency: 'EUR', idempotencyKey: 'the-tip-of-the-world' };
  return (await user.call(tips.tipLivestream, { params: { id: streamId }, body })).tip.id;
}

/** The channel has a price, and the user a patronage and a tier that may be cancelled. */
async function makeBuyable({ owner, user }: Lasting): Promise<true> {
  const params = { id: owner.id };
  await owner.call(channels.updateChannelSettings, { params, body: { patronPrice: { amount: 400, currency: 'EUR' } } });
  await user.call(subscriptions.becomePatron, { params });
  await user.call(subscriptions.buyTier, { body: { tier: 'pro' } });
  return true;
}

export async function makeWorld(app: TestApp): Promise<World> {
  const owner = await app.signUp({ tier: 'premium' });
  const user = await app.signUp();
  const admin = await app.signUp({ role: 'admin' });
  const subject = await app.signUp();
  const videoId = uuidv7();
  await app.storage.sql(
    `insert into videos (id, channel_id, title, dante_realm, duration_ms, size_bytes, file_key, is_public, patron_only, created_at, updated_at)
     values ($1, $2, 'A video', 'inferno', 1000, 10, 'x.mp4', true, false, now(), now())`,
    [videoId, owner.id],
  );
  await admin.call(accounts.setTier, { params: { id: user.id }, body: { tier: 'pro' } });
  const [notice] = (await user.call(notifications.listNotifications)).items;
  const avatar = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#123' } })
    .png()
    .toBuffer();
  const unsubscribeToken = new UnsubscribeTokens(await dataSecret(app.dataFolder, 'mail-secret')).tokenOf(user.id);
  const notificationId = notice?.id ?? '';
  return refreshWorld(app, { owner, user, admin, subject, videoId, notificationId, unsubscribeToken, avatar });
}
