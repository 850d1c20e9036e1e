/**
 * Three strikes that close no account by themselves wait in the admins' queue (`features/escalations`). Recorded, and in
 * every admin's inbox; a further strike joins what waits already.
 */
import type { UserId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { notifyAll } from '../notifications/index.ts';
import { openEscalation } from './escalation-store.ts';
import type { StrikeRow } from './store.ts';

export async function escalate(tx: Tx, row: StrikeRow, active: number, at: Date): Promise<void> {
  const escalation = await openEscalation(tx, row, active, at);
  if (!escalation.isNew) return;
  await recordAudit(tx, {
    type: 'STRIKES_ESCALATED',
    entity: 'profile',
    entityId: row.userId,
    actorId: null,
    at,
    details: { escalationId: escalation.id, strikeId: row.id, active, channelId: row.sourceChannelId },
  });
  const [person] = await tx.select({ name: profiles.displayName }).from(profiles).where(eq(profiles.id, row.userId));
  const admins = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.role, 'admin'));
  const name = person?.name ?? '';
  await notifyAll(
    tx,
    admins.map(({ id }) => ({
      userId: id as UserId,
      kind: 'strikes_escalated',
      text: `${name} has ${active} active strikes. They close no account by themselves, so an admin has to decide.`,
      data: { personId: row.userId, name, active: String(active), escalationId: escalation.id },
      sentBy: null,
      at,
    })),
  );
}
