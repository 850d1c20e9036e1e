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
    where: 'channel_id = $1',
    exported: ['id', 'stream_id', 'title', 'dante_realm', 'duration_ms', 'size_bytes', 'is_public', 'created_at'],
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
    table: 'stream_visits',
    kind: 'visits',
    where: 'user_id = $1',
    exported: ['stream_id', 'joined_at', 'left_at'],
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
    exported: ['id', 'channel_id', 'reason', 'created_at', 'expires_at', 'lifted_at'],
    mentions: ['moderator_id', 'lifted_by', 'channel_id'],
    erasure: decisions(),
  },
  {
    table: 'banned_viewers',
    kind: 'channel_bans',
    where: 'user_id = $1',
    exported: ['id', 'channel_id', 'reason', 'category', 'created_at', 'expires_at', 'lifted_at'],
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

/** In the order in which an erasure goes through them. */
export const DATA_MAP: readonly DataOfTable[] = [...activity, ...channel, ...standing, ...rightsOfPersons, ...accounts];

/** Columns that look like a person's id and are none. */
export const NOT_PERSONS: readonly string[] = [];
