/** SQL of open desks. */
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Person } from '../../actor.ts';
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

/** Of today: a connection stays open when a role is taken away. Whoever is gone is left out. */
export async function rolesOf(tx: Tx, userIds: readonly string[]): Promise<ReadonlyMap<string, Person['role']>> {
  if (userIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: profiles.id, role: profiles.role })
    .from(profiles)
    .where(and(inArray(profiles.id, [...userIds]), isNull(profiles.erasedAt)));
  return new Map(rows.map(({ id, role }) => [id, role]));
}

export async function heldBy(tx: Tx, itemId: string, userId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: queue.id })
    .from(queue)
    .where(and(eq(queue.id, itemId), eq(queue.claimedBy, userId), gt(queue.claimExpiresAt, now)));
  return rows.length > 0;
}
