/** SQL of penalties. */
import type { UserId } from '@virgil/contract';
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { adminPenalties as penalties, profiles } from '../../db/schema/index.ts';

export type PenaltyRow = typeof penalties.$inferSelect;

/** In force at that moment of the product clock, whatever the jobs have told so far. */
export function holdsAt(at: Date): SQL<boolean> {
  return sql<boolean>`app_penalty_holds(${penalties.isActive}, ${penalties.cause}, ${penalties.userId}, ${penalties.expiresAt}, ${at.toISOString()}::timestamptz)`;
}

export async function insertPenalty(tx: Tx, row: typeof penalties.$inferInsert): Promise<void> {
  await tx.insert(penalties).values(row);
}

export async function findPenalty(tx: Tx, id: string): Promise<PenaltyRow | null> {
  const [row] = await tx.select().from(penalties).where(eq(penalties.id, id)).limit(1);
  return row ?? null;
}

/** The decision of an admin that keeps this person out now. */
export async function findDecisionInForce(tx: Tx, userId: string, at: Date): Promise<PenaltyRow | null> {
  const [row] = await tx
    .select()
    .from(penalties)
    .where(and(eq(penalties.userId, userId), eq(penalties.cause, 'decision'), holdsAt(at)))
    .orderBy(desc(penalties.issuedAt))
    .limit(1);
  return row ?? null;
}

/** Everything that keeps this person out now. */
export async function penaltiesInForce(tx: Tx, userId: string, at: Date): Promise<PenaltyRow[]> {
  return tx
    .select()
    .from(penalties)
    .where(and(eq(penalties.userId, userId), holdsAt(at)))
    .orderBy(desc(penalties.issuedAt));
}

/** Stored as active, whether or not the strikes still carry it. */
export async function findBanForStrikes(tx: Tx, userId: string): Promise<PenaltyRow | null> {
  const [row] = await tx
    .select()
    .from(penalties)
    .where(and(eq(penalties.userId, userId), eq(penalties.cause, 'strikes'), eq(penalties.isActive, true)))
    .limit(1);
  return row ?? null;
}

/** Null: it was not active any more. */
export async function deactivate(
  tx: Tx,
  id: string,
  end: { readonly at: Date; readonly by: UserId | null; readonly reason: string },
): Promise<PenaltyRow | null> {
  const [row] = await tx
    .update(penalties)
    .set({ isActive: false, deactivatedAt: end.at, deactivatedBy: end.by, deactivationReason: end.reason })
    .where(and(eq(penalties.id, id), eq(penalties.isActive, true)))
    .returning();
  return row ?? null;
}

/** Whether an account is kept out at this moment. */
export async function isBanned(tx: Tx, userId: string, at: Date): Promise<boolean> {
  return (await penaltiesInForce(tx, userId, at)).length > 0;
}

/** An admin, and no other is left who is not banned. The admins are locked, so that two cannot go at once. */
export async function isLastAdmin(tx: Tx, userId: string, at: Date): Promise<boolean> {
  const admins = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.role, 'admin'))
    .orderBy(profiles.id)
    .for('update');
  if (!admins.some(({ id }) => id === userId)) return false;
  const { rows } = await tx.execute<{ others: number }>(sql`
    select count(*)::integer as others from profiles as p
    where p.role = 'admin' and ${ne(sql`p.id`, userId)} and not exists (
      select from admin_penalties as q
      where q.user_id = p.id and q.is_active
        and app_penalty_holds(q.is_active, q.cause, q.user_id, q.expires_at, ${at.toISOString()}::timestamptz)
    )`);
  return rows[0]?.others === 0;
}
