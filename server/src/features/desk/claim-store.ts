/** SQL of claims. With the system's rights, after the item was read with the claimer's own. */
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { moderatorReviewQueue as queue } from '../../db/schema/index.ts';

/** One statement, so that of two at once one wins. False: somebody else has it, or it waits no longer. */
export async function takeClaim(tx: Tx, id: string, by: string, now: Date, until: Date): Promise<boolean> {
  const rows = await tx
    .update(queue)
    .set({ claimedBy: by, claimedAt: now, claimExpiresAt: until })
    .where(
      and(
        eq(queue.id, id),
        eq(queue.resolutionStatus, 'pending'),
        or(isNull(queue.claimedBy), isNull(queue.claimExpiresAt), lte(queue.claimExpiresAt, now)),
      ),
    )
    .returning({ id: queue.id });
  return rows.length > 0;
}

/** Its holder is still there: it began when it began. */
export async function renewClaim(tx: Tx, id: string, by: string, now: Date, until: Date): Promise<boolean> {
  const rows = await tx
    .update(queue)
    .set({ claimExpiresAt: until })
    .where(
      and(
        eq(queue.id, id),
        eq(queue.resolutionStatus, 'pending'),
        eq(queue.claimedBy, by),
        gt(queue.claimExpiresAt, now),
      ),
    )
    .returning({ id: queue.id });
  return rows.length > 0;
}

export async function dropClaim(tx: Tx, id: string, by: string): Promise<void> {
  await tx
    .update(queue)
    .set({ claimedBy: null, claimedAt: null, claimExpiresAt: null })
    .where(and(eq(queue.id, id), eq(queue.claimedBy, by)));
}
