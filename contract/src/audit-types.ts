/** The closed list of what the audit log knows: one type a kind of action, in the past tense. New ones are added here. */
export const AUDIT_TYPES = [
  'ACCOUNT_CREATED',
  'ACCOUNT_SIGNED_IN',
  'ACCOUNT_SIGNED_OUT',
  'SESSIONS_REVOKED',
  'PASSWORD_CHANGED',
  'SECOND_FACTOR_ENABLED',
  'SECOND_FACTOR_DISABLED',
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'EMAIL_CHANGE_ASKED',
  'PROFILE_UPDATED',
  'SETUP_REDEEMED',
  'RESET_LINK_ISSUED',
  'USER_TIER_CHANGED',
  'USER_ROLE_CHANGED',
  'STREAM_KEY_RESET',
  'API_KEY_CREATED',
  'API_KEY_REVOKED',
  'CHANNEL_SETTINGS_UPDATED',
  'CHANNEL_FOLLOWED',
  'CHANNEL_UNFOLLOWED',
  'CHANNEL_ROLE_GRANTED',
  'CHANNEL_ROLE_REVOKED',
  'LIVESTREAM_STARTED',
  'LIVESTREAM_UPDATED',
  'LIVESTREAM_ENDED',
  'LIVESTREAM_JOINED',
  'LIVESTREAM_LEFT',
  'LIVESTREAM_CHAT_MESSAGE',
  'LIVESTREAM_REACTION',
  'LIVESTREAM_TIP',
  'VIDEO_CREATED',
  'VIDEO_UPDATED',
  'REPORT_CREATED',
  'REPORT_RESOLVED',
  'DMCA_APPROVED',
  'STRIKE_ISSUED',
  'USER_BANNED',
  'APPEAL_ACCEPTED',
  'PERSON_ERASED',
  'LOG_STARTED',
  'LOG_KEYS_CHANGED',
] as const;
export type AuditType = (typeof AUDIT_TYPES)[number];

/** What an entry can be about; `account`, `profile` and `channel` ids are ids of people. */
export const AUDIT_ENTITIES = [
  'account',
  'profile',
  'channel',
  'livestream',
  'message',
  'video',
  'report',
  'notification',
  'instance',
] as const;
export type AuditEntity = (typeof AUDIT_ENTITIES)[number];

/**
 * What a state-changing operation or command leaves in the audit log: exactly one entry of this type (of one of them,
 * where the outcome decides) by the caller, or none, with the reason.
 */
export type Audited = AuditType | readonly AuditType[] | { readonly none: string };
