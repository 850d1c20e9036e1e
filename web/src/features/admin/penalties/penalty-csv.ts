/** The list as a table (RFC 4180). A spreadsheet takes a cell that begins with a sign for a formula, so those get a mark. */
import type { AdminPenalty } from '@virgil/contract';

const COLUMNS = [
  ['id', ({ id }) => id],
  ['person', ({ user }) => user.displayName],
  ['person_id', ({ user }) => user.id],
  ['severity', ({ severity }) => severity],
  ['duration_hours', ({ durationHours }) => (durationHours === null ? '' : String(durationHours))],
  ['reason', ({ reason }) => reason],
  ['category', ({ category }) => category ?? ''],
  ['policy_reference', ({ policyReference }) => policyReference ?? ''],
  ['evidence_link', ({ evidenceLink }) => evidenceLink ?? ''],
  ['cause', ({ cause }) => cause],
  ['issued_by', ({ issuedBy }) => issuedBy?.displayName ?? ''],
  ['issued_at', ({ issuedAt }) => issuedAt],
  ['expires_at', ({ expiresAt }) => expiresAt ?? ''],
  ['active', ({ active }) => String(active)],
  ['ended_at', ({ endedAt }) => endedAt ?? ''],
  ['ended_by', ({ endedBy }) => endedBy?.displayName ?? ''],
  ['ended_reason', ({ endedReason }) => endedReason ?? ''],
] as const satisfies readonly (readonly [string, (penalty: AdminPenalty) => string])[];

function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(penalties: readonly AdminPenalty[]): string {
  const lines = penalties.map((penalty) => COLUMNS.map(([, read]) => cell(read(penalty))).join(','));
  // Excel reads UTF-8 only when it is told so.
  return `\ufeff${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`;
}
