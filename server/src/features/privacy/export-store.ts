/** SQL of privacy: copies of one's data. */
import type { ExportId, privacy, UserId } from '@virgil/contract';
import { and, asc, desc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { contentRemovals, dataExports } from '../../db/schema/index.ts';

type ExportRow = typeof dataExports.$inferSelect;

/** The copy that is being made, or a new one. */
export async function openExport(tx: Tx, row: { id: string; userId: UserId; requestedAt: Date }): Promise<ExportRow> {
  const [inserted] = await tx
    .insert(dataExports)
    .values(row)
    .onConflictDoNothing({ target: dataExports.userId, where: sql`status = 'preparing'` })
    .returning();
  if (inserted !== undefined) return inserted;
  const [present] = await tx
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.userId, row.userId), eq(dataExports.status, 'preparing')));
  // Finished between the two statements: the next attempt makes a new one.
  return present ?? openExport(tx, row);
}

export async function exportsOf(tx: Tx, userId: UserId): Promise<ExportRow[]> {
  return tx
    .select()
    .from(dataExports)
    .where(eq(dataExports.userId, userId))
    .orderBy(desc(dataExports.requestedAt), desc(dataExports.id))
    .limit(10);
}

export async function findExport(tx: Tx, id: ExportId, userId: UserId): Promise<ExportRow | null> {
  const [row] = await tx
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.id, id), eq(dataExports.userId, userId)));
  return row ?? null;
}

/** Something of theirs was withheld by a decision after that moment, and still is. */
export async function wasWithheldSince(tx: Tx, userId: UserId, since: Date): Promise<boolean> {
  const { isWithheld, ownerId, removedAt, restoredAt } = contentRemovals;
  const [row] = await tx
    .select({ id: contentRemovals.id })
    .from(contentRemovals)
    .where(and(eq(ownerId, userId), eq(isWithheld, true), isNull(restoredAt), gte(removedAt, since)))
    .limit(1);
  return row !== undefined;
}

export async function isBeingMade(tx: Tx, exportId: string): Promise<boolean> {
  const [row] = await tx.select({ status: dataExports.status }).from(dataExports).where(eq(dataExports.id, exportId));
  return row?.status === 'preparing';
}

export async function exportIdsOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.select({ id: dataExports.id }).from(dataExports).where(eq(dataExports.userId, userId));
  return rows.map(({ id }) => id);
}

/** Takes one that nobody is making, until `leaseUntil`. `now` is real time. */
export async function claimExport(tx: Tx, now: Date, leaseUntil: Date): Promise<ExportRow | null> {
  const [found] = await tx
    .select({ id: dataExports.id })
    .from(dataExports)
    .where(
      and(eq(dataExports.status, 'preparing'), or(isNull(dataExports.leaseUntil), lte(dataExports.leaseUntil, now))),
    )
    .orderBy(asc(dataExports.requestedAt))
    .limit(1)
    .for('update', { skipLocked: true });
  if (found === undefined) return null;
  const [row] = await tx.update(dataExports).set({ leaseUntil }).where(eq(dataExports.id, found.id)).returning();
  return row ?? null;
}

/** False when it is no longer being made: its person was erased, or another finished it. */
export async function updateExport(
  tx: Tx,
  id: string,
  change: Partial<Omit<typeof dataExports.$inferInsert, 'id' | 'userId'>>,
): Promise<boolean> {
  const rows = await tx
    .update(dataExports)
    .set(change)
    .where(and(eq(dataExports.id, id), eq(dataExports.status, 'preparing')))
    .returning({ id: dataExports.id });
  return rows.length > 0;
}

/** Marks those whose time is over and says which archives can go. */
export async function expireExports(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .update(dataExports)
    .set({ status: 'expired' })
    .where(and(eq(dataExports.status, 'ready'), lte(dataExports.expiresAt, now)))
    .returning({ id: dataExports.id });
  return rows.map(({ id }) => id);
}

export function describeExport(row: ExportRow): privacy.DataExport {
  return {
    id: row.id as ExportId,
    status: row.status,
    progress: row.progress,
    requestedAt: row.requestedAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    sizeBytes: row.sizeBytes,
  };
}
