/** SQL of strikes that wait for an admin. Their person's standing is locked by whoever writes. */
import type { UserId } from '@virgil/contract';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { strikeEscalations as escalations } from '../../db/schema/index.ts';
import type { StrikeRow } from './store.ts';

export type StrikeEscalationRow = typeof escalations.$inferSelect;

const waits = eq(escalations.resolutionStatus, 'escalated');

/** One a person: a further strike joins the one that waits. */
export async function openEscalation(
  tx: Tx,
  strike: StrikeRow,
  active: number,
  at: Date,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const [waiting] = await tx
    .update(escalations)
    .set({ strikeId: strike.id, activeStrikes: active })
    .where(and(eq(escalations.userId, strike.userId), waits))
    .returning({ id: escalations.id });
  if (waiting !== undefined) return { id: waiting.id, isNew: false };
  const id = uuidv7();
  await tx.insert(escalations).values({
    id,
    userId: strike.userId,
    strikeId: strike.id,
    channelId: strike.sourceChannelId,
    activeStrikes: active,
    escalatedAt: at,
  });
  return { id, isNew: true };
}

/** There is nothing left to decide: fewer are in force, or the account is closed by them. */
export async function lapseEscalation(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx
    .update(escalations)
    .set({ resolutionStatus: 'lapsed', resolutionTimestamp: at })
    .where(and(eq(escalations.userId, userId), waits));
}

/** Holds it until the commit: of two who decide at once, the second reads what the first did. */
export async function lockEscalation(tx: Tx, id: string): Promise<StrikeEscalationRow | null> {
  const [row] = await tx.select().from(escalations).where(eq(escalations.id, id)).for('update');
  return row ?? null;
}

export async function resolveEscalation(
  tx: Tx,
  id: string,
  resolution: {
    readonly status: 'approved' | 'rejected';
    readonly reason: string;
    readonly penaltyId: string | null;
    readonly by: UserId;
    readonly at: Date;
  },
): Promise<void> {
  const { at, by, penaltyId, reason, status } = resolution;
  await tx
    .update(escalations)
    .set({ resolutionStatus: status, resolutionTimestamp: at, resolvedBy: by, resolution: reason, penaltyId })
    .where(eq(escalations.id, id));
}
