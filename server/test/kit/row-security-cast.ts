/**
 * Who stands where, and one of every kind of row: what the page of row security is measured on. Rows are written as
 * the superuser. `rows` of a table carry the words the page uses for them; `adds` are rows someone may try to add.
 */

import type { UserId } from '@virgil/contract';
import type { Actor } from '../../src/actor.ts';
import type { TestDatabase } from './database.ts';

type Row = Readonly<Record<string, unknown>>;

export interface GuardedTable {
  readonly table: string;
  /** SQL that names a row. */
  readonly key: string;
  readonly rows: Readonly<Record<string, Row>>;
  readonly adds: Readonly<Record<string, (me: string) => Row>>;
}

const AT = '2027-01-01T00:00:00.000Z';
const LATER = '2027-02-01T00:00:00.000Z';
const PEOPLE = ['ada', 'bea', 'mo', 'pat', 'vic', 'stan', 'ed'] as const;
type PersonName = (typeof PEOPLE)[number];

const person = (userId: PersonName, role: 'user' | 'moderator' | 'admin' = 'user'): Actor => ({
  kind: 'person',
  userId: userId as string as UserId,
  role,
});

/** In the order of the page. The bare login and the system are not actors and are added there. */
export const VIEWPOINTS: readonly { readonly name: string; readonly actor: Actor }[] = [
  { name: 'guest', actor: { kind: 'guest', guestId: null } },
  { name: 'viewer Vic', actor: person('vic') },
  { name: 'patron Pat', actor: person('pat') },
  { name: 'moderator Mo', actor: person('mo') },
  { name: 'owner Ada', actor: person('ada') },
  { name: 'owner Bea', actor: person('bea') },
  { name: 'platform moderator Stan', actor: person('stan', 'moderator') },
  { name: 'admin Ed', actor: person('ed', 'admin') },
];

const stream = (id: string, channel: string, patronOnly: boolean, isActive: boolean): Row => ({
  id,
  channel_id: channel,
  title: id,
  patron_only: patronOnly,
  is_active: isActive,
  media_state: isActive ? 'waiting' : 'ended',
  started_at: AT,
  ended_at: isActive ? null : LATER,
  updated_at: AT,
});
const message = (id: string, channel: string, user: string, status: string, patronOnly = false): Row => ({
  id,
  stream_id: `stream of ${channel}`,
  channel_id: channel,
  patron_only: patronOnly,
  user_id: user,
  display_name: user,
  message: id,
  dante_realm: 'purgatorio',
  seq: id.length,
  status,
  scored_by: 'rules',
  created_at: AT,
});
const video = (id: string, isPublic: boolean, patronOnly: boolean): Row => ({
  id,
  channel_id: 'ada',
  title: id,
  duration_ms: 1,
  size_bytes: 1,
  is_public: isPublic,
  patron_only: patronOnly,
  file_key: id,
  created_at: AT,
  updated_at: AT,
});
const member = (channel: string, user: string, role: string, source = 'granted'): Row => ({
  channel_id: channel,
  user_id: user,
  role,
  source,
  since: AT,
});
const tip = (id: string, channel: string, from: string, paid: boolean): Row => ({
  id,
  channel_id: channel,
  tipper_id: from,
  display_name: from,
  amount: 500,
  currency: 'EUR',
  artist_share: 450,
  platform_share: 50,
  idempotency_key: id,
  request_hash: 'h',
  status: paid ? 'paid' : 'pending',
  created_at: AT,
  paid_at: paid ? AT : null,
});
const subscription = (id: string, from: string, channel: string | null, status: string): Row => ({
  id,
  kind: channel === null ? 'tier' : 'patronage',
  tier: channel === null ? 'pro' : null,
  subscriber_id: from,
  channel_id: channel,
  status,
  amount: 500,
  currency: 'EUR',
  period_end: status === 'pending' ? null : LATER,
  created_at: AT,
});
const follow = (channel: string, user: string): Row => ({ channel_id: channel, user_id: user, since: AT });
const wishes = (user: string): Row => ({ user_id: user, notices: 'all', updated_at: AT });
const notice = (id: string, user: string, sentBy: string | null): Row => ({
  id,
  user_id: user,
  kind: 'k',
  text: 't',
  sent_by: sentBy,
  created_at: AT,
});
const timeout = (id: string, channel: string, user: string): Row => ({
  id,
  channel_id: channel,
  user_id: user,
  reason: 'r',
  created_at: AT,
  expires_at: LATER,
});
const ban = (id: string, channel: string, user: string): Row => ({
  id,
  channel_id: channel,
  user_id: user,
  reason: 'r',
  created_at: AT,
});
const penalty = (id: string, user: string, by: string | null): Row => ({
  id,
  user_id: user,
  severity: 'permanent',
  reason: 'r',
  issued_by: by,
  issued_at: AT,
});
const strike = (id: string, user: string): Row => ({
  id,
  user_id: user,
  reason: 'r',
  source_kind: 'admin',
  source_id: id,
  issued_at: AT,
  issued_on: AT.slice(0, 10),
  expires_at: LATER,
});
const appeal = (id: string, user: string, penaltyId: string): Row => ({
  id,
  user_id: user,
  penalty_id: penaltyId,
  appeal_reason: 'r',
  created_at: AT,
});
const appealMessage = (id: string, appealId: string, side: 'appellant' | 'admin', author: string): Row => ({
  id,
  appeal_id: appealId,
  side,
  author_id: author || null,
  message: 'm',
  created_at: AT,
});
const appealNote = (id: string, appealId: string, author: string): Row => ({
  id,
  appeal_id: appealId,
  author_id: author || null,
  note: 'n',
  created_at: AT,
});
const removal = (id: string, owner: string): Row => ({
  id,
  decision_kind: 'report',
  decision_id: id,
  subject_type: 'video',
  subject_id: id,
  owner_id: owner,
  previous: '{"version":1,"type":"video","isPublic":true}',
  removed_by: 'ed',
  removed_at: AT,
});
const statement = (id: string, user: string, by: string | null): Row => ({
  id,
  user_id: user,
  decision_kind: 'report',
  decision_id: id,
  restriction: 'strike',
  reason: 'r',
  ground: 'terms',
  rule: 'r',
  explanation: 'e',
  category: 'spam',
  source: 'report',
  automated_detection: false,
  automated_decision: 'none',
  letter: 'l',
  notification_id: id,
  issued_by: by,
  created_at: AT,
});
const audit = (actor: string | null): Row => ({ type: 'T', entity: 'e', entity_id: 'x', actor_id: actor, at: AT });
const theLog: Row = { id: 1, origin: 'o', started_at: AT };
const inLog = (fields: Row): Row => ({ log: 1, seq: 1, ...fields });
const ledgerAccount = (owner: string): Row => ({
  id: `creator:${owner}:available`,
  owner_id: owner,
  purpose: 'available',
  is_floored: true,
});
const ledgerTransfer = (id: string): Row => ({
  id,
  key: id,
  request_hash: 'h',
  kind: 'bonus',
  currency: 'USD',
  is_forced: false,
  at: AT,
  posted_at: AT,
  posted_xid: '3',
});
const ledgerEntry = (owner: string): Row => ({
  transfer_id: `tip to ${owner}`,
  account_id: `creator:${owner}:available`,
  currency: 'USD',
  amount: 90,
  posted_xid: '3',
});
const ledgerSnapshot = (owner: string): Row => ({
  account_id: `creator:${owner}:available`,
  currency: 'USD',
  balance: 90,
  entries: 1,
  below_xid: '4',
  taken_at: AT,
});
const rightsNotice = (id: string, status: string): Row => ({
  id,
  status,
  source: 'form',
  target_type: 'video',
  target_id: 'v public',
  target_owner_id: 'ada',
  claimant_email: 'rita@holder.example',
  token_hash: id,
  received_at: AT,
});
const counterNotice = (noticeId: string, user: string): Row => ({
  notice_id: noticeId,
  user_id: user,
  name: 'n',
  address: 'a',
  email: 'e',
  phone: 'p',
  material_location: 'm',
  signature: 's',
  received_at: AT,
});
const payment = (id: string, payer: string, payee: string): Row => ({
  id,
  purpose_kind: 'tip',
  purpose_id: id,
  payer_id: payer,
  payee_id: payee,
  amount: 100,
  currency: 'EUR',
  description: 'Tip',
  idempotency_key: id,
  request_hash: 'h',
  provider: 'sandbox',
  status: 'pending',
  created_at: AT,
});
const refund = (id: string, of: string): Row => ({
  id,
  payment_id: of,
  amount: 100,
  status: 'requested',
  reason: 'r',
  created_at: AT,
  known_at: AT,
});
const dispute = (id: string, of: string): Row => ({
  id,
  payment_id: of,
  provider_dispute_id: id,
  amount: 100,
  status: 'open',
  reason: 'fraudulent',
  opened_at: AT,
  known_at: AT,
});
const paymentEvent = (id: string): Row => ({
  provider: 'sandbox',
  event_id: id,
  kind: 'other',
  at: AT,
  received_at: AT,
  body: '{}',
});
const payoutAccount = (user: string): Row => ({
  user_id: user,
  provider: 'sandbox',
  account_id: `account of ${user}`,
  ready: true,
  created_at: AT,
  known_at: AT,
});
const payout = (id: string, creator: string): Row => ({
  id,
  creator_id: creator,
  amount: 100,
  currency: 'EUR',
  idempotency_key: id,
  request_hash: 'h',
  provider: 'sandbox',
  account_id: 'a',
  status: 'requested',
  created_at: AT,
  known_at: AT,
});
const savedPayer = (user: string): Row => ({ user_id: user, provider: 'sandbox', customer_id: 'c', known_at: AT });
const strikeEscalation = (id: string, user: string, of: string): Row => ({
  id,
  user_id: user,
  strike_id: of,
  channel_id: 'ada',
  active_strikes: 3,
  escalated_at: AT,
});
const policyVersion = (version: number, by: string): Row => ({
  policy_id: 'house',
  version,
  effective_from: '2027-01-01',
  content: '{}',
  published_at: AT,
  published_by: by,
});
const policyDraft = (id: string): Row => ({
  policy_id: id,
  base_version: 1,
  content: '{}',
  revision: 1,
  updated_at: AT,
});
const own = 'in one’s own name';
const foreign = 'in another’s name';
const inChannels = (make: (channel: string) => Row): GuardedTable['adds'] => ({
  'in one’s own channel': (me) => make(me),
  'in Ada’s channel': () => make('ada'),
});

const violation = (id: string, user: string, channel: string | null): Row => ({
  id,
  user_id: user,
  source: 'auto',
  source_type: channel === null ? 'comment' : 'live',
  content_id: id,
  channel_id: channel,
  content: 'c',
  normalised_text: 'c',
  risk_score: 0.9,
  category: 'hate',
  classifier: 'rules',
  classifier_version: '1',
  rule: 'r',
  hold_at: 0.6,
  block_at: 0.85,
  action: 'held',
  created_at: AT,
});
const channelLimits = (channel: string): Row => ({ channel_id: channel, hold: 0.5, block: 0.8, updated_at: AT });
const deskSettings = (user: string): Row => ({ user_id: user, value: {}, updated_at: AT });
const deskShift = (user: string): Row => ({ user_id: user, began_at: AT, last_at: AT, rested_at: AT });
const reviewItem = (id: string, user: string, channel: string | null, fields: Row = {}): Row => ({
  id,
  user_id: user,
  source_type: channel === null ? 'comment' : 'live',
  content_id: id,
  content_preview: 'c',
  content_created_at: AT,
  risk_score: 0.7,
  category: 'hate',
  channel_id: channel,
  created_at: AT,
  updated_at: AT,
  ...fields,
});
const comment = (id: string, videoId: string, user: string, status: string): Row => ({
  id,
  video_id: videoId,
  channel_id: 'ada',
  user_id: user,
  message: 'c',
  status,
  scored_by: 'rules',
  created_at: AT,
  gone_at: status === 'deleted' || status === 'cleared' ? AT : null,
});
const directMessage = (id: string, from: string, to: string, fields: Row = {}): Row => ({
  id,
  pair: [from, to].sort().join(' '),
  from_user_id: from,
  to_user_id: to,
  message: 'm',
  status: 'published',
  scored_by: 'rules',
  created_at: AT,
  ...fields,
});
const towards = (user: string, other: string): Row => ({ user_id: user, other_id: other, since: AT });
const moderationAction = (id: string, item: string, user: string): Row => ({
  id,
  item_id: item,
  user_id: user,
  kind: 'reject',
  reason: 'r',
  status_before: 'pending',
  created_at: AT,
});
const legalHold = (id: string, by: string): Row => ({
  id,
  user_id: 'vic',
  case_reference: '4 O 17/26',
  authority: 'A court',
  reason: 'A claim',
  created_by: by,
  created_at: AT,
  expires_at: LATER,
});

export const GUARDED: readonly GuardedTable[] = [
  {
    table: 'profiles',
    key: 'id',
    rows: Object.fromEntries(
      PEOPLE.map((id) => [
        `${id[0]?.toUpperCase()}${id.slice(1)}`,
        { id, display_name: id, display_name_skeleton: id, created_at: AT, updated_at: AT },
      ]),
    ),
    adds: { any: () => ({ id: 'new', display_name: 'n', display_name_skeleton: 'n', created_at: AT, updated_at: AT }) },
  },
  {
    table: 'setup_tokens',
    key: 'token_hash',
    rows: { any: { token_hash: 'h', created_at: AT } },
    adds: { any: () => ({ token_hash: 'i', created_at: AT }) },
  },
  {
    table: 'channels',
    key: 'id',
    rows: Object.fromEntries(
      PEOPLE.map((id) => [`${id[0]?.toUpperCase()}${id.slice(1)}’s`, { id, created_at: AT, updated_at: AT }]),
    ),
    adds: {},
  },
  {
    table: 'stream_keys',
    key: 'channel_id',
    rows: {
      'Ada’s': { channel_id: 'ada', key: 'a', created_at: AT },
      'Bea’s': { channel_id: 'bea', key: 'b', created_at: AT },
    },
    adds: inChannels((channel) => ({ channel_id: channel, key: 'c', created_at: AT })),
  },
  {
    table: 'channel_members',
    key: `channel_id || user_id || role || source`,
    rows: {
      'Mo, moderator of Ada’s': member('ada', 'mo', 'moderator'),
      'Pat, patron of Ada’s': member('ada', 'pat', 'patron'),
      'Pat, who also pays for it': member('ada', 'pat', 'patron', 'paid'),
      'Vic, VIP of Bea’s': member('bea', 'vic', 'vip'),
    },
    adds: {
      ...inChannels((channel) => member(channel, 'stan', 'vip')),
      'one’s own paying patron': (me) => member(me, 'stan', 'patron', 'paid'),
    },
  },
  {
    table: 'follows',
    key: 'channel_id || user_id',
    rows: { 'Vic follows Ada': follow('ada', 'vic'), 'Pat follows Bea': follow('bea', 'pat') },
    adds: { [own]: (me) => follow('stan', me), [foreign]: () => follow('stan', 'someone else') },
  },
  {
    table: 'livestreams',
    key: 'id',
    rows: {
      'Ada’s, public': stream('public', 'ada', false, true),
      'Ada’s, patron-only, ended': stream('patrons', 'ada', true, false),
    },
    adds: inChannels((channel) => stream('new', channel, false, false)),
  },
  {
    table: 'stream_reactions',
    key: 'stream_id || type',
    rows: { any: { stream_id: 'public', type: 'heart', count: 1 } },
    adds: { any: () => ({ stream_id: 'public', type: 'fire', count: 1 }) },
  },
  {
    table: 'stream_visits',
    key: 'id',
    rows: { 'Vic at Ada’s': { id: 'visit', stream_id: 'public', viewer: 'vic', user_id: 'vic', joined_at: AT } },
    adds: { [own]: (me) => ({ id: 'v2', stream_id: 'public', viewer: me, user_id: me, joined_at: AT }) },
  },
  {
    table: 'videos',
    key: 'id',
    rows: {
      'Ada’s, public': video('v public', true, false),
      'Ada’s, for patrons': video('v patrons', false, true),
      'Ada’s, hidden': video('v hidden', false, false),
      'Ada’s, removed': { ...video('v removed', false, true), removal: 'removed' },
    },
    adds: inChannels((channel) => ({ ...video('v new', true, false), channel_id: channel })),
  },
  {
    table: 'stream_messages',
    key: 'id',
    rows: {
      'Vic’s, published': message('m', 'ada', 'vic', 'published'),
      'Vic’s, held': message('mm', 'ada', 'vic', 'held'),
      'Pat’s, for patrons': message('mmm', 'ada', 'pat', 'published', true),
      'Pat’s, blocked at Bea’s': message('mmmm', 'bea', 'pat', 'blocked'),
    },
    adds: { [own]: (me) => message('mmmmm', 'ada', me, 'published') },
  },
  {
    table: 'tips',
    key: 'id',
    rows: {
      'Vic’s to Ada, paid': tip('tip 1', 'ada', 'vic', true),
      'Vic’s to Ada, on its way': tip('tip 2', 'ada', 'vic', false),
      'Pat’s to Bea': tip('tip 3', 'bea', 'pat', true),
    },
    adds: {
      [own]: (me) => tip('tip 4', 'mo', me, false),
      'in one’s own name, as paid': (me) => tip('tip 5', 'mo', me, true),
      [foreign]: () => tip('tip 6', 'ada', 'someone else', false),
    },
  },
  {
    table: 'subscriptions',
    key: 'id',
    rows: {
      'Pat’s for Ada': subscription('s1', 'pat', 'ada', 'active'),
      'Vic’s for Ada, unpaid': subscription('s2', 'vic', 'ada', 'pending'),
      'Bea’s tier': subscription('s3', 'bea', null, 'active'),
    },
    adds: { [own]: (me) => subscription('s4', me, null, 'active') },
  },
  {
    table: 'subscription_charges',
    key: 'id',
    rows: {
      'Pat’s': { id: 'c1', subscription_id: 's1', payer_id: 'pat', amount: 500, currency: 'EUR', created_at: AT },
    },
    adds: {
      [own]: (me) => ({
        id: 'c2',
        subscription_id: 's3',
        payer_id: me,
        amount: 500,
        currency: 'EUR',
        created_at: AT,
      }),
    },
  },
  {
    table: 'reports',
    key: 'id',
    rows: {
      'Vic’s on Ada': {
        id: 'r1',
        subject_type: 'user',
        subject_id: 'ada',
        subject_owner_id: 'ada',
        reason: 'spam',
        created_at: AT,
      },
      'Vic’s on Pat’s message': {
        id: 'r3',
        subject_type: 'direct_message',
        subject_id: 'dm reported',
        subject_owner_id: 'pat',
        reason: 'harassment',
        created_at: AT,
      },
    },
    adds: { any: () => ({ id: 'r2', subject_type: 'user', subject_id: 'bea', reason: 'spam', created_at: AT }) },
  },
  {
    table: 'report_mutes',
    key: 'id',
    rows: { 'Vic’s': { id: 'rm1', user_id: 'vic', abusive_reports: 3, created_at: AT, ends_at: LATER } },
    adds: { [own]: (me) => ({ id: 'rm2', user_id: me, abusive_reports: 3, created_at: AT, ends_at: LATER }) },
  },
  {
    table: 'content_removals',
    key: 'id',
    rows: { 'of Ada’s video': removal('cr1', 'ada'), 'of Vic’s line': removal('cr2', 'vic') },
    adds: { [own]: (me) => removal('cr3', me) },
  },
  {
    table: 'statements_of_reasons',
    key: 'id',
    rows: { 'to Ada': statement('s1', 'ada', 'ed'), 'to Vic': statement('s2', 'vic', null) },
    adds: { [own]: (me) => statement('s3', 'pat', me), [foreign]: () => statement('s4', 'pat', 'someone else') },
  },
  {
    table: 'statement_exports',
    key: 'statement_id',
    rows: { any: { statement_id: 's1', state: 'sent', tried_at: AT } },
    adds: { any: () => ({ statement_id: 's2', state: 'sent', tried_at: AT }) },
  },
  {
    table: 'report_voices',
    key: 'id',
    rows: { 'Vic’s': { id: 'rv1', report_id: 'r1', reporter_id: 'vic', reason: 'spam', created_at: AT } },
    adds: { [own]: (me) => ({ id: 'rv2', report_id: 'r1', reporter_id: me, reason: 'spam', created_at: AT }) },
  },
  {
    table: 'data_exports',
    key: 'id',
    rows: { 'Vic’s': { id: 'de1', user_id: 'vic', status: 'ready', requested_at: AT } },
    adds: {
      [own]: (me) => ({ id: 'de2', user_id: me, requested_at: AT }),
      [foreign]: () => ({ id: 'de3', user_id: 'someone else', requested_at: AT }),
    },
  },
  {
    table: 'erasures',
    key: 'user_id',
    rows: { 'Vic’s': { user_id: 'vic', asked_at: AT, erases_at: LATER } },
    adds: { [own]: (me) => ({ user_id: me, asked_at: AT, erases_at: LATER }) },
  },
  {
    table: 'legal_holds',
    key: 'id',
    rows: { 'on Vic': legalHold('lh1', 'ed') },
    adds: { [own]: (me) => legalHold('lh2', me), [foreign]: () => legalHold('lh3', 'someone else') },
  },
  {
    table: 'dmca_notices',
    key: 'id',
    rows: {
      'about Ada, undecided': rightsNotice('d1', 'valid'),
      'about Ada, approved': { ...rightsNotice('d2', 'approved'), decision: 'approved', decided_at: AT },
    },
    adds: { any: () => rightsNotice('d3', 'valid') },
  },
  {
    table: 'dmca_counter_notices',
    key: 'notice_id',
    rows: { 'Ada’s': counterNotice('d2', 'ada') },
    adds: { [own]: (me) => counterNotice('d1', me) },
  },
  {
    table: 'dmca_evidence',
    key: 'id',
    rows: { any: { id: 'de1', notice_id: 'd2', kind: 'decision', sealed: '\\x00', sha256: 'x', sealed_at: AT } },
    adds: {
      any: () => ({ id: 'de2', notice_id: 'd1', kind: 'decision', sealed: '\\x00', sha256: 'x', sealed_at: AT }),
    },
  },
  {
    table: 'dmca_steps',
    key: 'id',
    rows: { any: { id: 'ds1', notice_id: 'd2', type: 'received', at: AT } },
    adds: { any: () => ({ id: 'ds2', notice_id: 'd2', type: 'received', at: AT }) },
  },
  {
    table: 'notifications',
    key: 'id',
    rows: {
      'Vic’s': notice('n1', 'vic', null),
      'Ada’s': notice('n2', 'ada', 'vic'),
      'Vic’s, held': { ...notice('n5', 'vic', null), held_until: LATER },
    },
    adds: { [own]: (me) => notice('n3', 'stan', me), [foreign]: () => notice('n4', 'stan', 'someone else') },
  },
  {
    table: 'mail_preferences',
    key: 'user_id',
    rows: { 'Vic’s': wishes('vic'), 'Ada’s': wishes('ada') },
    adds: { [own]: (me) => wishes(me), [foreign]: () => wishes('stan') },
  },
  {
    table: 'notice_mails',
    key: 'notification_id',
    rows: { any: { notification_id: 'n1', user_id: 'vic', next_try_at: AT, created_at: AT } },
    adds: { any: () => ({ notification_id: 'n2', user_id: 'ada', next_try_at: AT, created_at: AT }) },
  },
  {
    table: 'timed_out_users',
    key: 'id',
    rows: { 'Vic at Ada’s': timeout('t1', 'ada', 'vic'), 'Pat at Bea’s': timeout('t2', 'bea', 'pat') },
    adds: inChannels((channel) => timeout('t3', channel, 'stan')),
  },
  {
    table: 'banned_viewers',
    key: 'id',
    rows: { 'Vic at Ada’s': ban('b1', 'ada', 'vic'), 'Pat at Bea’s': ban('b2', 'bea', 'pat') },
    adds: inChannels((channel) => ban('b3', channel, 'stan')),
  },
  {
    table: 'admin_penalties',
    key: 'id',
    rows: { 'Vic’s': penalty('p1', 'vic', 'ed'), 'Bea’s': penalty('p2', 'bea', null) },
    adds: { [own]: (me) => penalty('p3', 'stan', me), [foreign]: () => penalty('p4', 'stan', 'someone else') },
  },
  {
    table: 'content_safety_strikes',
    key: 'id',
    rows: { 'Vic’s': strike('s1', 'vic'), 'Bea’s': strike('s2', 'bea') },
    adds: { any: () => strike('s3', 'stan') },
  },
  {
    table: 'strike_escalations',
    key: 'id',
    rows: { 'Vic’s': strikeEscalation('se1', 'vic', 's1'), 'Bea’s': strikeEscalation('se2', 'bea', 's2') },
    adds: { any: () => strikeEscalation('se3', 'stan', 's1') },
  },
  {
    table: 'policy_versions',
    key: "policy_id || '/' || version",
    rows: { published: policyVersion(1, 'ed') },
    adds: { [own]: (me) => policyVersion(2, me), [foreign]: () => policyVersion(3, 'stan') },
  },
  {
    table: 'policy_drafts',
    key: 'policy_id',
    rows: { any: policyDraft('house') },
    adds: { any: () => policyDraft('yard') },
  },
  {
    table: 'appeals',
    key: 'id',
    rows: {
      'Vic’s': appeal('a1', 'vic', 'p1'),
      'Ed’s': { ...appeal('a4', 'ed', 'p1'), penalty_id: null, strike_id: 's2' },
    },
    adds: {
      'Vic’s, by Vic’s own penalty': (me) => ({ ...appeal('a2', me, 'p1'), status: 'pending' }),
      'Bea’s, by Bea’s own penalty': (me) => ({ ...appeal('a3', me, 'p2'), status: 'pending' }),
    },
  },
  {
    table: 'appeal_messages',
    key: 'id',
    rows: {
      'asked of Vic': appealMessage('am1', 'a1', 'admin', 'ed'),
      'Vic’s answer': appealMessage('am2', 'a1', 'appellant', 'vic'),
      'asked of Ed': appealMessage('am3', 'a4', 'admin', 'ed'),
    },
    adds: {
      'as the appellant, in Vic’s': (me) => appealMessage('am4', 'a1', 'appellant', me),
      'as an admin, in Vic’s': (me) => appealMessage('am5', 'a1', 'admin', me),
      'as an admin, in Ed’s': (me) => appealMessage('am6', 'a4', 'admin', me),
      'in somebody else’s name': () => appealMessage('am7', 'a1', 'admin', 'stan'),
    },
  },
  {
    table: 'appeal_notes',
    key: 'id',
    rows: { 'on Vic’s': appealNote('an1', 'a1', 'ed'), 'on Ed’s': appealNote('an2', 'a4', 'ada') },
    adds: {
      'on Vic’s': (me) => appealNote('an3', 'a1', me),
      'on Ed’s': (me) => appealNote('an4', 'a4', me),
    },
  },
  {
    table: 'user_violations',
    key: 'id',
    rows: {
      'Vic’s at Ada’s': violation('uv1', 'vic', 'ada'),
      'Pat’s at Bea’s': violation('uv2', 'pat', 'bea'),
      'Mo’s at Ada’s': violation('uv3', 'mo', 'ada'),
      'Vic’s comment': violation('uv4', 'vic', null),
      'Vic’s comment that Stan decides on': violation('uv7', 'vic', null),
    },
    adds: { [own]: (me) => violation('uv5', me, 'ada'), [foreign]: () => violation('uv6', 'stan', 'bea') },
  },
  {
    table: 'video_comments',
    key: 'id',
    rows: {
      'Vic’s, under a public video': comment('c1', 'v public', 'vic', 'published'),
      'Vic’s, held there': comment('c2', 'v public', 'vic', 'held'),
      'Vic’s, held there, Stan’s to decide': comment('rq4', 'v public', 'vic', 'held'),
      'Vic’s, deleted there': comment('c3', 'v public', 'vic', 'deleted'),
      'Pat’s, under a video for patrons': comment('c4', 'v patrons', 'pat', 'published'),
      'Pat’s, under a removed video': comment('c5', 'v removed', 'pat', 'published'),
    },
    adds: {
      [own]: (me) => comment('c6', 'v public', me || 'nobody', 'published'),
      [foreign]: () => comment('c7', 'v public', 'vic', 'published'),
    },
  },
  {
    table: 'direct_messages',
    key: 'id',
    rows: {
      'Vic to Pat': directMessage('dm', 'vic', 'pat'),
      'Vic to Pat, held, Stan’s to decide': directMessage('dm held', 'vic', 'pat', { status: 'held' }),
      'Vic to Pat, deleted by Pat': directMessage('dm deleted', 'vic', 'pat', { recipient_deleted_at: AT }),
      'Pat to Vic, reported': directMessage('dm reported', 'pat', 'vic'),
      'Ada to Bea': directMessage('dm other', 'ada', 'bea'),
    },
    adds: {
      [own]: (me) => directMessage('dm new', me || 'nobody', me === 'stan' ? 'vic' : 'stan'),
      [foreign]: () => directMessage('dm forged', 'vic', 'bea'),
    },
  },
  {
    table: 'conversations',
    key: 'user_id || other_id',
    rows: {
      'Vic’s with Pat': { user_id: 'vic', other_id: 'pat', at: AT },
      'Pat’s with Vic': { user_id: 'pat', other_id: 'vic', at: AT },
    },
    adds: { [own]: (me) => ({ user_id: me || 'nobody', other_id: 'mo', at: AT }) },
  },
  {
    table: 'unread_messages',
    key: 'user_id || message_id',
    rows: { 'Pat’s of Vic’s': { user_id: 'pat', other_id: 'vic', message_id: 'dm' } },
    adds: { [own]: (me) => ({ user_id: me || 'nobody', other_id: 'ada', message_id: 'dm other' }) },
  },
  {
    table: 'person_blocks',
    key: 'user_id || other_id',
    rows: { 'Vic blocked Bea': towards('vic', 'bea'), 'Bea blocked Pat': towards('bea', 'pat') },
    adds: {
      [own]: (me) => towards(me || 'nobody', me === 'mo' ? 'stan' : 'mo'),
      [foreign]: () => towards('ada', 'mo'),
    },
  },
  {
    table: 'person_mutes',
    key: 'user_id || other_id',
    rows: { 'Vic muted Bea': towards('vic', 'bea'), 'Bea muted Pat': towards('bea', 'pat') },
    adds: {
      [own]: (me) => towards(me || 'nobody', me === 'mo' ? 'stan' : 'mo'),
      [foreign]: () => towards('ada', 'mo'),
    },
  },
  {
    table: 'moderator_review_queue',
    key: 'id',
    rows: {
      'of Vic’s line at Ada’s': reviewItem('rq1', 'vic', 'ada'),
      'of Pat’s line at Bea’s': reviewItem('rq2', 'pat', 'bea'),
      'of Mo’s own line at Ada’s': reviewItem('rq3', 'mo', 'ada'),
      'of Vic’s comment, Stan’s to decide': reviewItem('rq4', 'vic', null, {
        assigned_moderator_id: 'stan',
        violation_id: 'uv7',
      }),
      'of Vic’s comment, nobody’s yet': reviewItem('rq5', 'vic', null),
      'of Vic’s message to Pat, Stan’s to decide': reviewItem('rq9', 'vic', null, {
        source_type: 'inboxMessage',
        content_id: 'dm held',
        assigned_moderator_id: 'stan',
      }),
      'of Stan’s own comment, Stan’s by mistake': reviewItem('rq6', 'stan', null, { assigned_moderator_id: 'stan' }),
    },
    adds: {
      [own]: (me) => reviewItem('rq7', me, 'ada'),
      ...inChannels((channel) => reviewItem('rq8', 'vic', channel)),
    },
  },
  {
    table: 'desk_settings',
    key: 'user_id',
    rows: { 'Mo’s': deskSettings('mo'), 'Stan’s': deskSettings('stan') },
    adds: { [own]: (me) => deskSettings(me || 'nobody'), [foreign]: () => deskSettings('vic') },
  },
  {
    table: 'desk_shifts',
    key: 'user_id',
    rows: { 'Mo’s': deskShift('mo'), 'Stan’s': deskShift('stan') },
    adds: { [own]: (me) => deskShift(me || 'nobody'), [foreign]: () => deskShift('vic') },
  },
  {
    table: 'desk_looks',
    key: "user_id || ' ' || item_id",
    rows: { 'Mo’s': { user_id: 'mo', item_id: 'rq1' }, 'Stan’s': { user_id: 'stan', item_id: 'rq4' } },
    adds: {
      [own]: (me) => ({ user_id: me || 'nobody', item_id: 'rq2' }),
      [foreign]: () => ({ user_id: 'mo', item_id: 'rq2' }),
    },
  },
  {
    table: 'channel_thresholds',
    key: 'channel_id',
    rows: { 'Ada’s': channelLimits('ada'), 'Bea’s': channelLimits('bea') },
    adds: {
      'for one’s own channel': (me) => channelLimits(me || 'nobody'),
      'for Mo’s channel': () => channelLimits('mo'),
    },
  },
  {
    table: 'moderation_actions',
    key: 'id',
    rows: {
      'on Vic’s line at Ada’s': moderationAction('ma1', 'rq1', 'vic'),
      'on Pat’s line at Bea’s': moderationAction('ma2', 'rq2', 'pat'),
      'on Mo’s own line at Ada’s': moderationAction('ma3', 'rq3', 'mo'),
      'on Vic’s comment, by Stan': moderationAction('ma4', 'rq4', 'vic'),
    },
    adds: { any: (me) => moderationAction('ma5', 'rq5', me || 'vic') },
  },
  {
    table: 'audit_outbox',
    key: 'id::text',
    rows: { 'Vic’s': audit('vic') },
    adds: { [own]: (me) => audit(me || null), [foreign]: () => audit('someone else') },
  },
  {
    table: 'audit_logs',
    key: 'id::text',
    rows: { any: theLog },
    adds: { any: () => ({ ...theLog, id: 2, origin: 'o2' }) },
  },
  {
    table: 'audit_entries',
    key: 'seq::text',
    rows: { any: inLog({ leaf: '\\x01', leaf_hash: '\\x02' }) },
    adds: { any: () => inLog({ seq: 2, leaf: '\\x01', leaf_hash: '\\x02' }) },
  },
  {
    table: 'audit_tiles',
    key: 'n::text',
    rows: { any: { log: 1, level: 0, n: 0, hashes: '\\x01', root: '\\x02' } },
    adds: { any: () => ({ log: 1, level: 0, n: 1, hashes: '\\x01', root: '\\x02' }) },
  },
  {
    table: 'audit_checkpoints',
    key: 'size::text',
    rows: { any: { log: 1, size: 1, root: '\\x02', committed_at: AT } },
    adds: { any: () => ({ log: 1, size: 2, root: '\\x02', committed_at: AT }) },
  },
  {
    table: 'audit_index',
    key: 'seq::text',
    rows: { 'Vic’s': inLog({ event_id: 'e1', type: 'T', entity: 'e', entity_id: 'x', actor_id: 'vic', at: AT }) },
    adds: { [own]: (me) => inLog({ seq: 2, event_id: 'e2', type: 'T', entity: 'e', actor_id: me, at: AT }) },
  },
  {
    table: 'audit_people',
    key: 'seq::text || part',
    rows: {
      'Vic’s': inLog({ part: 0, user_id: 'vic', event_id: 'e1' }),
      'Ed’s': inLog({ part: 1, user_id: 'ed', event_id: 'e1' }),
    },
    adds: { [own]: (me) => inLog({ seq: 2, part: 0, user_id: me, event_id: 'e2' }) },
  },
  {
    table: 'audit_keys',
    key: 'user_id',
    rows: { 'Vic’s': { user_id: 'vic', wrapped: '\\x01', created_at: AT } },
    adds: { [own]: (me) => ({ user_id: `${me} `, wrapped: '\\x01', created_at: AT }) },
  },
  {
    table: 'currencies',
    key: 'code',
    rows: { any: { code: 'CHF', exponent: 2, is_accepted: false } },
    adds: { any: () => ({ code: 'SEK', exponent: 2, is_accepted: false }) },
  },
  {
    table: 'ledger_accounts',
    key: 'id',
    rows: { 'Ada’s': ledgerAccount('ada'), 'Bea’s': ledgerAccount('bea') },
    adds: { [own]: (me) => ledgerAccount(me) },
  },
  {
    table: 'ledger_transfers',
    key: 'id',
    rows: { 'to Ada': ledgerTransfer('tip to ada'), 'to Bea': ledgerTransfer('tip to bea') },
    adds: { any: () => ledgerTransfer('new') },
  },
  {
    table: 'ledger_entries',
    key: 'transfer_id || account_id',
    rows: { 'Ada’s': ledgerEntry('ada'), 'Bea’s': ledgerEntry('bea') },
    adds: { [own]: (me) => ledgerEntry(me) },
  },
  {
    table: 'ledger_snapshots',
    key: 'account_id',
    rows: { 'Ada’s': ledgerSnapshot('ada'), 'Bea’s': ledgerSnapshot('bea') },
    adds: { [own]: (me) => ledgerSnapshot(me) },
  },
  {
    table: 'ledger_digests',
    key: 'day',
    rows: { any: { day: '2027-01-01', until: AT, entries: 0, sha256: 'h', made_at: AT } },
    adds: { any: () => ({ day: '2027-01-02', until: AT, entries: 0, sha256: 'h', made_at: AT }) },
  },
  {
    table: 'ledger_checks',
    key: 'id',
    rows: { any: { id: 'c1', at: AT, is_sound: true, findings: '[]' } },
    adds: { any: () => ({ id: 'c2', at: AT, is_sound: true, findings: '[]' }) },
  },
  {
    table: 'payments',
    key: 'id',
    rows: { 'Vic’s to Ada': payment('pay 1', 'vic', 'ada'), 'Pat’s to Bea': payment('pay 2', 'pat', 'bea') },
    adds: { [own]: (me) => payment('pay 3', me, 'stan'), [foreign]: () => payment('pay 4', 'someone else', 'ada') },
  },
  {
    table: 'payment_refunds',
    key: 'id',
    rows: { 'of Vic’s to Ada': refund('refund 1', 'pay 1') },
    adds: { any: () => refund('refund 2', 'pay 1') },
  },
  {
    table: 'payment_disputes',
    key: 'id',
    rows: { 'of Vic’s to Ada': dispute('dispute 1', 'pay 1') },
    adds: { any: () => dispute('dispute 2', 'pay 1') },
  },
  {
    table: 'payment_events',
    key: 'event_id',
    rows: { any: paymentEvent('event 1') },
    adds: { any: () => paymentEvent('event 2') },
  },
  {
    table: 'saved_payers',
    key: 'user_id',
    rows: { 'Vic’s': savedPayer('vic') },
    adds: { [own]: (me) => savedPayer(me), [foreign]: () => savedPayer('ed') },
  },
  {
    table: 'payout_accounts',
    key: 'user_id',
    rows: { 'Ada’s': payoutAccount('ada'), 'Bea’s': payoutAccount('bea') },
    adds: { [own]: (me) => payoutAccount(me), [foreign]: () => payoutAccount('ed') },
  },
  {
    table: 'payouts',
    key: 'id',
    rows: { 'Ada’s': payout('payout 1', 'ada'), 'Bea’s': payout('payout 2', 'bea') },
    adds: { [own]: (me) => payout('payout 3', me), [foreign]: () => payout('payout 4', 'someone else') },
  },
  {
    table: 'sandbox_objects',
    key: 'id',
    rows: { any: { id: 'o1', kind: 'checkout', idempotency_key: 'k1', body: '{}', created_at: AT, updated_at: AT } },
    adds: {
      any: () => ({ id: 'o2', kind: 'checkout', idempotency_key: 'k2', body: '{}', created_at: AT, updated_at: AT }),
    },
  },
  {
    table: 'sandbox_events',
    key: 'id',
    rows: { any: { id: 'e1', at: AT, body: '{}' } },
    adds: { any: () => ({ id: 'e2', at: AT, body: '{}' }) },
  },
  {
    table: 'outbox',
    key: 'id::text',
    rows: { any: { type: 't', key: 'k', payload: '{}', at: AT } },
    adds: { any: () => ({ type: 't', key: 'k', payload: '{}', at: AT }) },
  },
  {
    table: 'outbox_deliveries',
    key: 'id::text',
    rows: { any: { subscription: 's', event_id: 1, type: 't', key: 'k', payload: '{}', at: AT, due_at: AT } },
    adds: { any: () => ({ subscription: 's', event_id: 2, type: 't', key: 'k', payload: '{}', at: AT, due_at: AT }) },
  },
  {
    table: 'jobs',
    key: 'id::text',
    rows: { any: { kind: 'k', key: 'k', run_at: AT, payload: '{}' } },
    adds: { any: () => ({ kind: 'k', key: 'l', run_at: AT, payload: '{}' }) },
  },
  {
    table: 'platform_settings',
    key: 'key',
    rows: { any: { key: 'k', value: '{}', updated_at: AT } },
    adds: { any: () => ({ key: 'l', value: '{}', updated_at: AT }) },
  },
];

export function insertStatement(table: string, row: Row): { text: string; values: unknown[] } {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    text: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    values: Object.values(row),
  };
}

/** Words for each row's key, by table. */
export async function seedCast(db: TestDatabase): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const words = new Map<string, Map<string, string>>();
  for (const { table, key, rows } of GUARDED) {
    const ofTable = new Map<string, string>();
    // The ledger takes entries only together with their transfer; here each row comes by itself.
    if (table === 'ledger_entries') await db.sql('alter table ledger_entries disable trigger zero_sum');
    for (const [label, row] of Object.entries(rows)) {
      const { text, values } = insertStatement(table, row);
      const [made] = await db.sql<{ key: string }>(`${text} returning ${key} as key`, values);
      if (made) ofTable.set(made.key, label);
    }
    if (table === 'ledger_entries') await db.sql('alter table ledger_entries enable always trigger zero_sum');
    words.set(table, ofTable);
  }
  return words;
}
