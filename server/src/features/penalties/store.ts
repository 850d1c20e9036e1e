/** SQL of penalties. */
import type { UserId } from '@virgil/contract';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { adminPenalties as penalties, profiles } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';

export type PenaltyRow = typeof penalties.$inferSelect;

/** One decision about a person's standing at a time: what it counts stays as it is until the commit. */
export async function lockStanding(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('virgil standing'), hashtext(${userId}))`);
}

/**
 * For acts that must not slip in beside a penalty (going live): many of them at once, but none while one is decided.
 * Throws `banned`.
 */
export async function refuseBanned(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('virgil standing'), hashtext(${userId}))`);
  if (await isBanned(tx, userId, at)) throw new AppError('banned', { detail: 'A penalty is in force.' });
}

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
  const [row] = await tx
    .select({ id: penalties.id })
    .from(penalties)
    .where(and(eq(penalties.userId, userId), holdsAt(at)))
    .limit(1);
  return row !== undefined;
}

/** Ids of the admins, locked, so that two cannot go at once. */
export async function lockAdmins(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.role, 'admin'))
    .orderBy(profiles.id)
    .for('update');
  return rows.map(({ id }) => id);
}

/** An admin, and no other is left who is not banned. */
export async function isLastAdmin(tx: Tx, userId: string, at: Date): Promise<boolean> {
  if (!(await lockAdmins(tx)).includes(userId)) return false;
  return (await actingAdmins(tx, at)).every((id) => id === userId);
}

/** Admins who are not banned. */
export async function actingAdmins(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select p.id from profiles as p
    where p.role = 'admin' and not exists (
      select from admin_penalties as q
      where q.user_id = p.id and q.is_active
        and app_penalty_holds(q.is_active, q.cause, q.user_id, q.expires_at, ${at.toISOString()}::timestamptz)
    )`);
  return rows.map(({ id }) => id);
}

export async function nameOf(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx.select({ name: profiles.displayName }).from(profiles).where(eq(profiles.id, userId));
  return row?.name ?? null;
}

export async function holdsNow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const [row] = await tx
    .select({ holds: holdsAt(at) })
    .from(penalties)
    .where(eq(penalties.id, id));
  return row?.holds === true;
}

/** The one that ended last. */
export async function lastEnded(tx: Tx, userId: string): Promise<PenaltyRow | null> {
  const [row] = await tx
    .select()
    .from(penalties)
    .where(eq(penalties.userId, userId))
    .orderBy(sql`coalesce(${penalties.deactivatedAt}, ${penalties.expiresAt}) desc nulls last`)
    .limit(1);
  return row ?? null;
}
