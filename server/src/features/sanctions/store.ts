/** SQL of timeouts and channel bans. */
import { and, eq, gt, isNull, or, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { bannedViewers, timedOutUsers } from '../../db/schema/index.ts';

export type TimeoutRow = typeof timedOutUsers.$inferSelect;
export type ChannelBanRow = typeof bannedViewers.$inferSelect;

export interface StoredLift {
  readonly at: Date;
  readonly by: string | null;
  readonly cause: NonNullable<TimeoutRow['liftedCause']>;
  readonly reason: string;
}

export async function insertTimeout(tx: Tx, row: typeof timedOutUsers.$inferInsert): Promise<void> {
  await tx.insert(timedOutUsers).values(row);
}
export async function insertChannelBan(tx: Tx, row: typeof bannedViewers.$inferInsert): Promise<void> {
  await tx.insert(bannedViewers).values(row);
}

/** Locked: what is lifted at the moment of its end either was lifted or ended, not both. */
export async function lockTimeout(tx: Tx, id: string): Promise<TimeoutRow | null> {
  const [row] = await tx.select().from(timedOutUsers).where(eq(timedOutUsers.id, id)).for('update');
  return row ?? null;
}
export async function lockChannelBan(tx: Tx, id: string): Promise<ChannelBanRow | null> {
  const [row] = await tx.select().from(bannedViewers).where(eq(bannedViewers.id, id)).for('update');
  return row ?? null;
}

/** In force at that moment of the product clock: not lifted, and its end has not come. */
const inForce = (
  table: typeof timedOutUsers | typeof bannedViewers,
  where: { readonly channelId: string; readonly userId: string },
  at: Date,
): SQL | undefined =>
  and(
    eq(table.channelId, where.channelId),
    eq(table.userId, where.userId),
    isNull(table.liftedAt),
    or(isNull(table.expiresAt), gt(table.expiresAt, at)),
  );

export async function channelBanInForce(
  tx: Tx,
  where: { readonly channelId: string; readonly userId: string },
  at: Date,
): Promise<ChannelBanRow | null> {
  const [row] = await tx
    .select()
    .from(bannedViewers)
    .where(inForce(bannedViewers, where, at))
    .limit(1);
  return row ?? null;
}

const lifted = ({ at, by, cause, reason }: StoredLift) => ({
  liftedAt: at,
  liftedBy: by,
  liftedCause: cause,
  liftedReason: reason,
});

/** Null when it was lifted before, or its time was over. */
export async function markTimeoutLifted(tx: Tx, id: string, lift: StoredLift): Promise<TimeoutRow | null> {
  const [row] = await tx
    .update(timedOutUsers)
    .set(lifted(lift))
    .where(and(eq(timedOutUsers.id, id), isNull(timedOutUsers.liftedAt), gt(timedOutUsers.expiresAt, lift.at)))
    .returning();
  return row ?? null;
}
export async function markChannelBanLifted(tx: Tx, id: string, lift: StoredLift): Promise<ChannelBanRow | null> {
  const [row] = await tx
    .update(bannedViewers)
    .set(lifted(lift))
    .where(
      and(
        eq(bannedViewers.id, id),
        isNull(bannedViewers.liftedAt),
        or(isNull(bannedViewers.expiresAt), gt(bannedViewers.expiresAt, lift.at)),
      ),
    )
    .returning();
  return row ?? null;
}

/** Of channels, persons and moments that a node which was cut off may not have heard of. */
export async function changedSince(tx: Tx, since: Date): Promise<{ channelId: string; userId: string }[]> {
  const of = (table: typeof timedOutUsers | typeof bannedViewers) =>
    tx
      .select({ channelId: table.channelId, userId: table.userId })
      .from(table)
      .where(or(gt(table.createdAt, since), gt(table.liftedAt, since)));
  return [...(await of(timedOutUsers)), ...(await of(bannedViewers))];
}
