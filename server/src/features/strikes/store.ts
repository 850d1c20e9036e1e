/** SQL of strikes. */
import type { UserId } from '@virgil/contract';
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { contentSafetyStrikes as strikes } from '../../db/schema/index.ts';

export type StrikeRow = typeof strikes.$inferSelect;

export interface StrikeOrigin {
  readonly userId: UserId;
  readonly source: { readonly kind: StrikeRow['sourceKind']; readonly id: string };
  readonly lineageKey: string | null;
  readonly issuedOn: string;
}

/** The strike that this decision, or this day's other notice of the same work, has made already. */
export async function findSame(tx: Tx, origin: StrikeOrigin): Promise<StrikeRow | null> {
  const bySource = and(eq(strikes.sourceKind, origin.source.kind), eq(strikes.sourceId, origin.source.id));
  const byWork =
    origin.lineageKey === null
      ? undefined
      : and(eq(strikes.issuedOn, origin.issuedOn), eq(strikes.lineageKey, origin.lineageKey));
  const [row] = await tx
    .select()
    .from(strikes)
    .where(and(eq(strikes.userId, origin.userId), isNull(strikes.liftedAt), or(bySource, byWork)))
    .orderBy(asc(strikes.issuedAt))
    .limit(1);
  return row ?? null;
}

export async function insertStrike(tx: Tx, row: typeof strikes.$inferInsert): Promise<StrikeRow> {
  const [inserted] = await tx.insert(strikes).values(row).returning();
  if (inserted === undefined) throw new Error('a strike was not written');
  return inserted;
}

export async function strikesInForce(tx: Tx, userId: string, at: Date): Promise<StrikeRow[]> {
  return tx
    .select()
    .from(strikes)
    .where(and(eq(strikes.userId, userId), isNull(strikes.liftedAt), gt(strikes.expiresAt, at)))
    .orderBy(asc(strikes.issuedAt), asc(strikes.id));
}

export async function findStrike(tx: Tx, id: string): Promise<StrikeRow | null> {
  const [row] = await tx.select().from(strikes).where(eq(strikes.id, id)).limit(1);
  return row ?? null;
}

export async function markLifted(
  tx: Tx,
  id: string,
  lift: { at: Date; by: UserId | null; cause: NonNullable<StrikeRow['liftedCause']>; reason: string },
): Promise<void> {
  await tx
    .update(strikes)
    .set({ liftedAt: lift.at, liftedBy: lift.by, liftedCause: lift.cause, liftedReason: lift.reason })
    .where(eq(strikes.id, id));
}
