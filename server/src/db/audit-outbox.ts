/**
 * Every action is one audit entry, written in the transaction of the act. The log itself is made from these rows, in
 * the order of their ids; details hold ids and numbers, and what people wrote only under keys the log encrypts.
 */
import { z } from 'zod';
import type { Tx } from './database.ts';
import { auditOutbox } from './schema/index.ts';

/** The closed list. A new kind of action adds its type here. */
const auditType = z.enum([
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
]);
export type AuditType = z.infer<typeof auditType>;

type AuditEntity =
  | 'account'
  | 'profile'
  | 'channel'
  | 'livestream'
  | 'message'
  | 'video'
  | 'report'
  | 'notification'
  | 'instance';

export interface AuditEntry {
  readonly type: AuditType;
  readonly entity: AuditEntity;
  readonly entityId: string;
  /** Null for guests and for the system. */
  readonly actorId: string | null;
  readonly at: Date;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Of the shape of `details`; a changed shape gets the next number and old ones stay readable. */
  readonly version?: number;
}

export async function recordAudit(tx: Tx, entry: AuditEntry | readonly AuditEntry[]): Promise<void> {
  const entries = [entry].flat();
  if (entries.length === 0) return;
  await tx.insert(auditOutbox).values(
    entries.map((entry) => ({
      type: auditType.parse(entry.type),
      entity: entry.entity,
      entityId: entry.entityId,
      actorId: entry.actorId,
      at: entry.at,
      version: entry.version ?? 1,
      details: entry.details ?? {},
    })),
  );
}
