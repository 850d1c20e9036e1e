/** Rows as admins read them. */
import { category as categories, type escalations as contract, type UserId } from '@virgil/contract';
import { inArray } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { type PersonRow, personColumns, personOf } from '../channels/index.ts';
import { isOverdue, URGENCIES } from './policy.ts';
import type { EscalationRow } from './store.ts';

export async function describeEscalations(
  tx: Tx,
  rows: readonly EscalationRow[],
  now: Date,
): Promise<contract.Escalation[]> {
  const ids = rows.flatMap((row) => [row.escalatedBy, row.resolvedBy, row.claimedBy].filter((id) => id !== null));
  const people =
    ids.length === 0
      ? []
      : await tx
          .select(personColumns)
          .from(profiles)
          .where(inArray(profiles.id, [...new Set(ids)]));
  return rows.map((row) => escalationOf(row, people, now));
}

function escalationOf(row: EscalationRow, people: readonly PersonRow[], now: Date): contract.Escalation {
  const named = (id: string | null) => {
    const found = people.find((person) => person.id === id);
    return found === undefined ? null : personOf(found);
  };
  const dueAt = new Date(row.dueAt);
  const isOpen = row.status === 'pending' || row.status === 'escalated';
  return {
    id: row.id,
    kind: row.kind,
    urgency: URGENCIES[row.urgency] ?? 'normal',
    trigger: row.trigger,
    author: personOf({ id: row.userId as UserId, displayName: row.userName, avatarKey: row.userAvatar }),
    channel: row.channelId === null ? null : { id: row.channelId, name: row.channelName ?? '' },
    source: row.source,
    preview: row.preview,
    hidePreview: row.headsQueue,
    riskScore: row.riskScore,
    category: categories.safeParse(row.category).data ?? null,
    thresholds: row.holdAt === null || row.blockAt === null ? null : { hold: row.holdAt, block: row.blockAt },
    activeStrikes: row.activeStrikes,
    since: new Date(row.since).toISOString(),
    escalatedBy: named(row.escalatedBy),
    note: row.note,
    dueAt: dueAt.toISOString(),
    overdue: isOpen && isOverdue(dueAt, now),
    claim: claimOf(row, named(row.claimedBy), now),
    resolution: isOpen ? null : resolutionOf(row, named(row.resolvedBy)),
  };
}

function claimOf(row: EscalationRow, by: contract.Escalation['escalatedBy'], now: Date): contract.Escalation['claim'] {
  const { claimExpiresAt, claimedAt } = row;
  if (by === null || claimedAt === null || claimExpiresAt === null) return null;
  const expiresAt = new Date(claimExpiresAt);
  if (expiresAt <= now) return null;
  return { by, at: new Date(claimedAt).toISOString(), expiresAt: expiresAt.toISOString() };
}

function resolutionOf(
  row: EscalationRow,
  by: contract.Escalation['escalatedBy'],
): NonNullable<contract.Escalation['resolution']> {
  const decision = row.status === 'lapsed' ? 'lapsed' : row.status === 'approved' ? 'approve' : 'reject';
  return {
    decision: row.closedAccount ? 'penalty' : decision,
    by,
    at: new Date(row.decidedAt ?? row.since).toISOString(),
    reason: row.reason ?? '',
  };
}
