/**
 * Every table that holds something of a person, and what becomes of it: what goes into a copy of one's data, and what
 * an erasure does. A test compares this list with the database and fails for a table that is on no line of it.
 *
 * `keep` leaves rows with the person's id, which by then belongs to a profile without a name; what was written in them
 * is blanked where it is not needed for the reason given.
 */
import type { privacy } from '@virgil/contract';

export type Erasure =
  /** The rows go. */
  | { readonly how: 'delete' }
  /** The rows stay, emptied: these columns get these values. */
  | { readonly how: 'blank'; readonly set: Readonly<Record<string, string | null>> }
  /** The rows stay for a reason; `years` null: without an end. privacy.Retention shortens some of them further. */
  | {
      readonly how: 'keep';
      readonly reason: privacy.KeepReason;
      readonly years: number | null;
      readonly set?: Readonly<Record<string, string | null>>;
    }
  /** They hang on rows of another line and go with them. */
  | { readonly how: 'with'; readonly table: string };

export interface DataOfTable {
  /** `schema.table` outside of `public`. */
  readonly table: string;
  /** Several tables may be of one kind. */
  readonly kind: privacy.DataKind;
  /** Picks the rows that are a person's: SQL over the table, `$1` is the person's id. */
  readonly where: string;
  /** Columns of the copy, all of them the person's own; what names others or is a secret stays out. Empty: none. */
  readonly exported: readonly string[];
  /** Other columns with ids of people: they only mention someone, and after an erasure lead to a nameless profile. */
  readonly mentions?: readonly string[];
  readonly erasure: Erasure;
}

const gone: Erasure = { how: 'delete' };
const decisions = (set?: Readonly<Record<string, string | null>>): Erasure => ({
  how: 'keep',
  reason: 'decisions',
  years: 2,
  ...(set === undefined ? {} : { set }),
});

const accounts: readonly DataOfTable[] = [
  {
    table: 'auth.user',
    kind: 'account',
    where: 'id = $1',
    exported: ['id', 'name', 'email', 'emailVerified', 'twoFactorEnabled', 'createdAt', 'updatedAt'],
    erasure: gone,
  },
  {
    table: 'auth.account',
    kind: 'sign_in_methods',
    where: '"userId" = $1',
    exported: ['providerId', 'accountId', 'createdAt', 'updatedAt'],
    erasure: { how: 'with', table: 'auth.user' },
  },
  {
    table: 'auth.session',
    kind: 'sessions',
    where: '"userId" = $1',
    exported: ['createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'],
    erasure: { how: 'with', table: 'auth.user' },
  },
  {
    table: 'auth.passkey',
    kind: 'passkeys',
    where: '"userId" = $1',
    exported: ['name', 'deviceType', 'backedUp', 'createdAt'],
    erasure: { how: 'with', table: 'auth.user' },
  },
  {
    table: 'auth.twoFactor',
    kind: 'second_factor',
    where: '"userId" = $1',
    exported: [],
    erasure: { how: 'with', table: 'auth.user' },
  },
  {
    table: 'auth.apikey',
    kind: 'api_keys',
    where: '"referenceId" = $1',
    exported: ['name', 'start', 'createdAt', 'expiresAt', 'lastRequest'],
    erasure: gone,
  },
  {
    table: 'profiles',
    kind: 'profile',
    where: 'id = $1',
    exported: ['id', 'display_name', 'bio', 'language', 'time_zone', 'tier', 'role', 'created_at', 'updated_at'],
    // By a statement of its own: the name's keys must stay unique.
    erasure: { how: 'blank', set: {} },
  },
];

const channel: readonly DataOfTable[] = [
  {
    table: 'channels',
    kind: 'channel',
    where: 'id = $1',
    exported: ['id', 'description', 'default_title', 'default_realm', 'default_category', 'record', 'created_at'],
    erasure: { how: 'blank', set: { description: '', default_title: '', default_category: '' } },
  },
  {
    table: 'stream_keys',
    kind: 'stream_key',
    where: 'channel_id = $1',
    exported: ['created_at'],
    erasure: gone,
  },
  {
    table: 'channel_thresholds',
    kind: 'channel',
    where: 'channel_id = $1',
    exported: ['hold', 'block', 'updated_at'],
    erasure: gone,
  },
  {
    table: 'channel_members',
    kind: 'channel_roles',
    where: 'user_id = $1',
    exported: ['channel_id', 'role', 'since'],
    mentions: ['granted_by', 'channel_id'],
    erasure: gone,
  },
  {
    table: 'follows',
    kind: 'follows',
    where: 'user_id = $1',
    exported: ['channel_id', 'since'],
    mentions: ['channel_id'],
    erasure: gone,
  },
  {
    table: 'livestreams',
    kind: 'livestreams',
    where: 'channel_id = $1',
    exported: [
      'id',
      'title',
      'description',
      'category',
      'dante_realm',
      'patron_only',
      'peak_viewers',
      'media_ms',
      'started_at',
      'ended_at',
      'end_reason',
    ],
    erasure: { how: 'blank', set: { title: '', description: '', category: '' } },
  },
  {
    table: 'videos',
    kind: 'videos',
    where: 'channel_id = $1 and removal is null',
    exported: ['id', 'stream_id', 'title', 'dante_realm', 'duration_ms', 'size_bytes', 'is_public', 'created_at'],
    erasure: gone,
  },
  {
    // What a decision took away is evidence of it: hidden from everybody, and kept as long as the matter may be argued.
    table: 'videos',
    kind: 'removals',
    where: 'channel_id = $1 and removal is not null',
    exported: ['id', 'stream_id', 'title', 'duration_ms', 'created_at'],
    erasure: { how: 'keep', reason: 'legal_claims', years: 4, set: { title: '' } },
  },
];

const ERASED = '(select id from profiles where erased_at is not null)';
const SENT = ['id', 'to_user_id', 'message', 'status', 'risk_score', 'category', 'scored_by', 'created_at'] as const;
const RECEIVED = ['id', 'from_user_id', 'message', 'created_at'] as const;

/**
 * A letter belongs to both: what arrived stays with whoever still keeps it, from somebody without a name. What never
 * arrived, or nobody else keeps, goes.
 */
const letters: readonly DataOfTable[] = [
  {
    table: 'direct_messages',
    kind: 'direct_messages_sent',
    where: `from_user_id = $1 and (status <> 'published' or recipient_deleted_at is not null or to_user_id in ${ERASED})`,
    exported: SENT,
    mentions: ['to_user_id'],
    erasure: gone,
  },
  {
    table: 'direct_messages',
    kind: 'direct_messages_sent',
    where: `from_user_id = $1 and status = 'published' and recipient_deleted_at is null and to_user_id not in ${ERASED}`,
    exported: SENT,
    erasure: { how: 'keep', reason: 'others_content', years: null },
  },
  {
    // Of what was taken away from them before they saw it, or is withheld, they hold nothing.
    table: 'direct_messages',
    kind: 'direct_messages_received',
    where: `to_user_id = $1 and status = 'published' and recipient_deleted_at is null
      and (sender_deleted_at is not null or from_user_id in ${ERASED})`,
    exported: RECEIVED,
    mentions: ['from_user_id'],
    erasure: gone,
  },
  {
    table: 'direct_messages',
    kind: 'direct_messages_received',
    where: `to_user_id = $1 and status = 'published' and recipient_deleted_at is null
      and sender_deleted_at is null and from_user_id not in ${ERASED}`,
    exported: RECEIVED,
    erasure: { how: 'keep', reason: 'others_content', years: null },
  },
  {
    table: 'conversations',
    kind: 'direct_messages_received',
    where: 'user_id = $1',
    exported: [],
    mentions: ['other_id'],
    erasure: gone,
  },
  {
    table: 'unread_messages',
    kind: 'direct_messages_received',
    where: 'user_id = $1',
    exported: [],
    mentions: ['other_id'],
    erasure: gone,
  },
  {
    table: 'person_blocks',
    kind: 'hidden_people',
    where: 'user_id = $1',
    exported: ['other_id', 'since'],
    mentions: ['other_id'],
    erasure: gone,
  },
  {
    table: 'person_mutes',
    kind: 'hidden_people',
    where: 'user_id = $1',
    exported: ['other_id', 'since'],
    mentions: ['other_id'],
    erasure: gone,
  },
];

const activity: readonly DataOfTable[] = [
  {
    table: 'stream_messages',
    kind: 'chat_messages',
    where: 'user_id = $1',
    exported: ['id', 'stream_id', 'message', 'status', 'risk_score', 'category', 'scored_by', 'created_at'],
    mentions: ['channel_id'],
    erasure: gone,
  },
  {
    table: 'video_comments',
    kind: 'comments',
    where: 'user_id = $1',
    exported: ['id', 'video_id', 'message', 'status', 'risk_score', 'category', 'scored_by', 'created_at'],
    mentions: ['channel_id', 'gone_by'],
    erasure: gone,
  },
  ...letters,
  {
    table: 'stream_visits',
    kind: 'visits',
    where: 'user_id = $1',
    exported: ['stream_id', 'joined_at', 'left_at'],
    mentions: ['viewer'],
    erasure: gone,
  },
  {
    table: 'notifications',
    kind: 'inbox',
    where: 'user_id = $1',
    exported: ['id', 'kind', 'text', 'data', 'created_at', 'read_at'],
    mentions: ['sent_by'],
    erasure: gone,
  },
  {
    table: 'mail_preferences',
    kind: 'inbox',
    where: 'user_id = $1',
    exported: ['notices', 'refused_address', 'refused_at', 'refused_because', 'updated_at'],
    erasure: gone,
  },
  {
    table: 'notice_mails',
    kind: 'inbox',
    where: 'user_id = $1',
    exported: ['notification_id', 'state', 'created_at', 'done_at'],
    erasure: { how: 'with', table: 'notifications' },
  },
  {
    table: 'report_voices',
    kind: 'reports_made',
    where: 'reporter_id = $1',
    exported: ['report_id', 'reason', 'description', 'created_at'],
    erasure: decisions({ description: '' }),
  },
];

/** Who reported, who decided and what staff wrote among themselves is not the person's to read. */
const standing: readonly DataOfTable[] = [
  {
    table: 'reports',
    kind: 'reports_about_me',
    where: `subject_owner_id = $1 and status <> 'pending'`,
    exported: ['id', 'subject_type', 'subject_id', 'reason', 'status', 'resolution', 'created_at', 'resolved_at'],
    mentions: ['resolved_by', 'subject_owner_id'],
    erasure: decisions(),
  },
  {
    table: 'timed_out_users',
    kind: 'timeouts',
    where: 'user_id = $1',
    exported: ['id', 'channel_id', 'reason', 'created_at', 'expires_at', 'lifted_at', 'lifted_cause', 'lifted_reason'],
    mentions: ['moderator_id', 'lifted_by', 'channel_id'],
    erasure: decisions(),
  },
  {
    table: 'banned_viewers',
    kind: 'channel_bans',
    where: 'user_id = $1',
    exported: [
      'id',
      'channel_id',
      'reason',
      'category',
      'created_at',
      'expires_at',
      'lifted_at',
      'lifted_cause',
      'lifted_reason',
    ],
    mentions: ['banned_by', 'lifted_by', 'channel_id'],
    erasure: decisions(),
  },
  {
    table: 'admin_penalties',
    kind: 'penalties',
    where: 'user_id = $1',
    exported: [
      'id',
      'severity',
      'reason',
      'category',
      'duration_hours',
      'policy_reference',
      'issued_at',
      'expires_at',
      'is_active',
      'deactivated_at',
    ],
    mentions: ['issued_by', 'deactivated_by'],
    erasure: decisions(),
  },
];

const rightsOfPersons: readonly DataOfTable[] = [
  {
    table: 'data_exports',
    kind: 'copies',
    where: 'user_id = $1',
    exported: ['id', 'status', 'requested_at', 'ready_at', 'size_bytes'],
    erasure: gone,
  },
  {
    table: 'erasures',
    kind: 'erasure',
    where: 'user_id = $1',
    exported: ['asked_at', 'erases_at'],
    // That it happened, to whom nobody can say any more, answers for it.
    erasure: { how: 'keep', reason: 'legal_claims', years: 3 },
  },
  {
    table: 'legal_holds',
    kind: 'legal_holds',
    where: 'user_id = $1',
    // Telling of it could defeat it.
    exported: [],
    mentions: ['created_by', 'released_by'],
    erasure: { how: 'keep', reason: 'legal_claims', years: 3 },
  },
];

/** Tax law asks for ten years of books; who paid whom stays an id without a name. */
const accounting = (set?: Readonly<Record<string, string | null>>): Erasure => ({
  how: 'keep',
  reason: 'accounting',
  years: 10,
  ...(set === undefined ? {} : { set }),
});

const money: readonly DataOfTable[] = [
  {
    table: 'tips',
    kind: 'tips_sent',
    where: 'tipper_id = $1',
    exported: ['id', 'stream_id', 'channel_id', 'amount', 'currency', 'message', 'status', 'created_at', 'paid_at'],
    erasure: accounting({ display_name: '', message: '' }),
  },
  {
    table: 'tips',
    kind: 'tips_received',
    where: 'channel_id = $1 and paid_at is not null',
    // A message is its giver's.
    exported: ['id', 'stream_id', 'amount', 'currency', 'artist_share', 'platform_share', 'status', 'paid_at'],
    erasure: accounting(),
  },
  {
    table: 'subscriptions',
    kind: 'subscriptions',
    where: 'subscriber_id = $1',
    exported: [
      'id',
      'kind',
      'channel_id',
      'tier',
      'status',
      'amount',
      'currency',
      'period_end',
      'cancelled_at',
      'created_at',
      'ended_at',
    ],
    mentions: ['channel_id'],
    erasure: accounting(),
  },
  {
    table: 'subscription_charges',
    kind: 'subscriptions',
    where: 'payer_id = $1',
    exported: ['id', 'subscription_id', 'status', 'amount', 'currency', 'tier', 'created_at', 'settled_at'],
    erasure: accounting(),
  },
  {
    table: 'payments',
    kind: 'payments',
    where: 'payer_id = $1',
    exported: [
      'id',
      'purpose_kind',
      'amount',
      'currency',
      'description',
      'provider',
      'status',
      'refunded_amount',
      'dispute_state',
      'created_at',
      'paid_at',
    ],
    mentions: ['payee_id'],
    erasure: accounting({ description: '' }),
  },
  {
    table: 'payment_refunds',
    kind: 'payments',
    where: 'payment_id in (select id from payments where payer_id = $1)',
    exported: ['id', 'payment_id', 'amount', 'status', 'created_at'],
    mentions: ['requested_by'],
    erasure: accounting(),
  },
  {
    table: 'saved_payers',
    kind: 'payments',
    where: 'user_id = $1',
    exported: ['provider'],
    erasure: gone,
  },
  {
    table: 'payout_accounts',
    kind: 'payouts',
    where: 'user_id = $1',
    exported: ['provider', 'account_id', 'ready', 'created_at'],
    erasure: gone,
  },
  {
    table: 'payouts',
    kind: 'payouts',
    where: 'creator_id = $1',
    exported: ['id', 'amount', 'currency', 'provider', 'status', 'created_at', 'settled_at'],
    erasure: accounting(),
  },
  {
    table: 'ledger_accounts',
    kind: 'ledger',
    where: 'owner_id = $1',
    exported: ['id', 'purpose'],
    erasure: accounting(),
  },
  {
    table: 'ledger_entries',
    kind: 'ledger',
    where: 'account_id in (select id from ledger_accounts where owner_id = $1)',
    exported: ['id', 'transfer_id', 'account_id', 'currency', 'amount'],
    erasure: accounting(),
  },
];

const decided: readonly DataOfTable[] = [
  {
    table: 'content_removals',
    kind: 'removals',
    where: 'owner_id = $1',
    exported: ['id', 'decision_kind', 'subject_type', 'subject_id', 'removed_at', 'restored_at'],
    mentions: ['removed_by'],
    erasure: decisions(),
  },
  {
    table: 'statements_of_reasons',
    kind: 'statements',
    where: 'user_id = $1',
    exported: [
      'id',
      'restriction',
      'subject_type',
      'subject_id',
      'subject_title',
      'reason',
      'rule',
      'explanation',
      'category',
      'source',
      'automated_detection',
      'automated_decision',
      'ends_at',
      'letter',
      'created_at',
      'reversed_at',
      'reversed_because',
      'policy_reference',
    ],
    mentions: ['issued_by'],
    // The titles and the letter name what was theirs; ground, rule and reason are the instance's own words.
    erasure: decisions({ subject_title: null, letter: '' }),
  },
  {
    table: 'report_mutes',
    kind: 'report_mutes',
    where: 'user_id = $1',
    exported: ['created_at', 'ends_at', 'lifted_at'],
    mentions: ['lifted_by'],
    erasure: gone,
  },
  {
    table: 'content_safety_strikes',
    kind: 'strikes',
    where: 'user_id = $1',
    exported: ['id', 'reason', 'category', 'issued_at', 'expires_at', 'lifted_at', 'lifted_cause', 'lifted_reason'],
    mentions: ['issued_by', 'lifted_by', 'source_channel_id'],
    erasure: decisions(),
  },
  {
    table: 'strike_escalations',
    kind: 'strikes',
    where: 'user_id = $1',
    exported: ['id', 'active_strikes', 'escalated_at', 'resolution_status', 'resolution_timestamp'],
    mentions: ['resolved_by', 'channel_id'],
    erasure: decisions(),
  },
  {
    table: 'user_violations',
    kind: 'violations',
    where: 'user_id = $1',
    exported: [
      'id',
      'source',
      'source_type',
      'content_id',
      'stream_id',
      'content',
      'normalised_text',
      'risk_score',
      'category',
      'breakdown',
      'classifier',
      'classifier_version',
      'rule',
      'action',
      'created_at',
      'resolved_at',
      'resolved_because',
    ],
    mentions: ['channel_id'],
    erasure: decisions({ content: '', normalised_text: '' }),
  },
  {
    table: 'moderator_review_queue',
    kind: 'violations',
    where: 'user_id = $1',
    // What moderators note to each other is not theirs to read.
    exported: ['id', 'source_type', 'content_id', 'content_preview', 'risk_score', 'category', 'resolution_status'],
    mentions: ['assigned_moderator_id', 'channel_id', 'claimed_by', 'escalated_by', 'resolved_by'],
    erasure: decisions({ content_preview: '' }),
  },
  {
    table: 'desk_settings',
    kind: 'moderator_desk',
    where: 'user_id = $1',
    exported: ['value', 'updated_at'],
    erasure: gone,
  },
  {
    // Of the shift someone is in or was in last; the next one replaces it.
    table: 'desk_shifts',
    kind: 'moderator_desk',
    where: 'user_id = $1',
    exported: ['began_at', 'last_at'],
    erasure: gone,
  },
  {
    table: 'desk_looks',
    kind: 'moderator_desk',
    where: 'user_id = $1',
    exported: ['item_id'],
    erasure: { how: 'with', table: 'desk_shifts' },
  },
  {
    table: 'moderation_actions',
    kind: 'violations',
    where: 'user_id = $1',
    // Of an escalation the reason is a note to the admins: it is not among what is copied.
    exported: ['id', 'item_id', 'kind', 'policy_reference', 'minutes', 'created_at', 'undone_at'],
    mentions: ['actor_id', 'channel_id'],
    erasure: decisions({ reason: '' }),
  },
  {
    table: 'appeals',
    kind: 'appeals',
    where: 'user_id = $1',
    exported: [
      'id',
      'penalty_id',
      'strike_id',
      'violation_id',
      'timeout_id',
      'ban_record_id',
      'appeal_reason',
      'status',
      'reviewed_at',
      'resolution_message',
      'created_at',
    ],
    mentions: ['reviewed_by_admin_id', 'decision_by'],
    erasure: decisions({ appeal_reason: '', appeal_screenshot_url: null }),
  },
  {
    table: 'appeal_messages',
    kind: 'appeals',
    where: 'appeal_id in (select id from appeals where user_id = $1)',
    exported: ['id', 'appeal_id', 'side', 'message', 'created_at', 'read_at'],
    mentions: ['author_id'],
    erasure: gone,
  },
  {
    // How admins weigh an appeal among themselves is theirs; it goes when the person goes.
    table: 'appeal_notes',
    kind: 'appeals',
    where: 'appeal_id in (select id from appeals where user_id = $1)',
    exported: [],
    mentions: ['author_id'],
    erasure: gone,
  },
  {
    table: 'dmca_notices',
    kind: 'rights_notices',
    where: `target_owner_id = $1 and status not in ('incomplete', 'chased', 'void')`,
    // Who claims is in the letter; their address is not the creator's to take away.
    exported: ['id', 'status', 'target_type', 'target_id', 'target_title', 'claimed_work', 'received_at', 'decided_at'],
    mentions: ['decided_by', 'entered_by', 'target_owner_id'],
    erasure: { how: 'keep', reason: 'legal_claims', years: 4 },
  },
  {
    table: 'dmca_counter_notices',
    kind: 'counter_notices',
    where: 'user_id = $1',
    exported: ['notice_id', 'name', 'address', 'email', 'phone', 'material_location', 'received_at'],
    // A matter of law between two people: it is deleted four years after it closed.
    erasure: { how: 'keep', reason: 'legal_claims', years: 4 },
  },
];

/** In the order in which an erasure goes through them. */
export const DATA_MAP: readonly DataOfTable[] = [
  ...activity,
  ...channel,
  ...money,
  ...decided,
  ...standing,
  ...rightsOfPersons,
  ...accounts,
];

/** Columns with ids of people that another slice answers for, each with what it does. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'audit_outbox.actor_id': 'moves into the log within a second',
  'audit_index.actor_id': 'forgotten when the key is destroyed',
  'audit_index.entity_id': 'forgotten when the key is destroyed',
  'audit_people.user_id': 'forgotten when the key is destroyed',
  'audit_keys.user_id': 'the row of the destroyed key',
  'audit_keys.wrapped_by': 'a key, not a person',
  'stream_messages.scored_by': 'a classifier',
  'tips.scored_by': 'a classifier',
  'video_comments.scored_by': 'a classifier',
  'direct_messages.scored_by': 'a classifier',
  'ledger_checks.asked_by': 'an admin who looked at the books',
  'dmca_steps.by_id': 'an admin who worked on a notice',
  'policy_versions.published_by': 'an admin who published the rules of the house',
  'policy_drafts.updated_by': 'an admin who writes the next version of a policy',
};
