/** SQL of privacy: erasures that were asked for. */
import type { UserId } from '@virgil/contract';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { erasures } from '../../db/schema/index.ts';

export async function findErasure(tx: Tx, userId: string) {
  const [row] = await tx.select().from(erasures).where(eq(erasures.userId, userId));
  return row ?? null;
}

/** The first wish counts: asking again does not begin the days anew. */
export async function askForErasure(tx: Tx, row: { userId: UserId; askedAt: Date; erasesAt: Date }): Promise<boolean> {
  const rows = await tx.insert(erasures).values(row).onConflictDoNothing().returning({ id: erasures.userId });
  return rows.length > 0;
}

export async function forgetErasure(tx: Tx, userId: UserId): Promise<boolean> {
  const rows = await tx
    .delete(erasures)
    .where(and(eq(erasures.userId, userId), eq(erasures.status, 'asked')))
    .returning({ id: erasures.userId });
  return rows.length > 0;
}

export async function setErasure(tx: Tx, userId: string, change: Partial<typeof erasures.$inferInsert>): Promise<void> {
  await tx.update(erasures).set(change).where(eq(erasures.userId, userId));
}
