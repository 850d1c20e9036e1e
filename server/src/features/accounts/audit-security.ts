/**
 * What people do to their own locks, for the audit trail. better-auth does the deed in its own schema; the entry
 * follows as soon as it is done, by path and by whose session it was.
 */
import type { Clock } from '../../clock.ts';
import { type AuditType, type Database, recordAudit } from '../../db/index.ts';

const ACTIONS = new Map<string, AuditType>([
  ['/change-password', 'PASSWORD_CHANGED'],
  ['/two-factor/verify-totp', 'SECOND_FACTOR_ENABLED'],
  ['/two-factor/disable', 'SECOND_FACTOR_DISABLED'],
  ['/passkey/verify-registration', 'PASSKEY_ADDED'],
  ['/passkey/delete-passkey', 'PASSKEY_REMOVED'],
  ['/change-email', 'EMAIL_CHANGE_ASKED'],
]);

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
