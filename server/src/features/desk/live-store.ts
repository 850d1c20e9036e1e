/** SQL of open desks. */
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles, moderatorReviewQueue as queue } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

/** Channels the acting person owns or moderates, with their own rights. */
export async function channelsOf(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`select app_channels_i_moderate() as id`);
  return rows.map(({ id }) => id);
}

export async function faceOf(tx: Tx, userId: string) {
  const [row] = await tx.select(personColumns).from(profiles).where(eq(profiles.id, userId));
  return row ?? null;
}

export async function heldBy(tx: Tx, itemId: string, userId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: queue.id })
    .from(queue)
    .where(and(eq(queue.id, itemId), eq(queue.claimedBy, userId), gt(queue.claimExpiresAt, now)));
  return rows.length > 0;
}
