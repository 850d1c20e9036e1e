/**
 * What people do to their own locks, for the audit trail. better-auth does the deed in its own schema; the entry
 * follows as soon as it is done, by path and by whose session it was.
 */
import type { Clock } from '../../clock.ts';
import { type AuditType, type Database, recordAudit } from '../../db/index.ts';

const ACTIONS = new Map<string, AuditType>([
  ['/sign-out', 'ACCOUNT_SIGNED_OUT'],
  ['/revoke-session', 'SESSIONS_REVOKED'],
  ['/revoke-sessions', 'SESSIONS_REVOKED'],
  ['/revoke-other-sessions', 'SESSIONS_REVOKED'],
  ['/change-password', 'PASSWORD_CHANGED'],
  ['/two-factor/verify-totp', 'SECOND_FACTOR_ENABLED'],
  ['/two-factor/disable', 'SECOND_FACTOR_DISABLED'],
  ['/passkey/verify-registration', 'PASSKEY_ADDED'],
  ['/passkey/delete-passkey', 'PASSKEY_REMOVED'],
  ['/change-email', 'EMAIL_CHANGE_ASKED'],
]);

/** After these, a connection that is open may be one too many, or be somebody with rights of before. */
const END_CONNECTIONS: ReadonlySet<AuditType> = new Set([
  'ACCOUNT_SIGNED_OUT',
  'SESSIONS_REVOKED',
  'PASSWORD_CHANGED',
  'SECOND_FACTOR_ENABLED',
  'SECOND_FACTOR_DISABLED',
] as const);

export function endsConnections(type: AuditType): boolean {
  return END_CONNECTIONS.has(type);
}

/** Null for paths that change no lock. */
export function securityActionOf(path: string): AuditType | null {
  return ACTIONS.get(path) ?? null;
}

export async function recordSecurity(
  deps: { readonly database: Database; readonly clock: Clock },
  type: AuditType,
  userId: string,
): Promise<void> {
  const at = deps.clock.now();
  await deps.database.asSystem('an entry for what better-auth did', (tx) =>
    recordAudit(tx, { type, entity: 'account', entityId: userId, actorId: userId, at }),
  );
}
