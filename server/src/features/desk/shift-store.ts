/** SQL of one's own shift. With one's own rights: nobody else can read it, admins neither. */
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { deskLooks, deskShifts } from '../../db/schema/index.ts';
import { type Shift, shiftAt } from './policy.ts';

export async function readShift(tx: Tx, userId: string): Promise<Shift | null> {
  const [row] = await tx.select().from(deskShifts).where(eq(deskShifts.userId, userId));
  return row ?? null;
}

/** Something was done: the shift goes on, or another begins and the last one is forgotten. */
export async function continueShift(tx: Tx, userId: string, now: Date): Promise<Shift> {
  const [known] = await tx.select().from(deskShifts).where(eq(deskShifts.userId, userId)).for('update');
  const { isNew, shift } = shiftAt(known ?? null, now);
  if (isNew) await tx.delete(deskLooks).where(eq(deskLooks.userId, userId));
  await writeShift(tx, userId, shift);
  return shift;
}

export async function writeShift(tx: Tx, userId: string, shift: Shift): Promise<void> {
  const { beganAt, lastAt, looksAtRest, restedAt } = shift;
  const values = { beganAt, lastAt, looksAtRest, restedAt };
  await tx
    .insert(deskShifts)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: deskShifts.userId, set: values });
}

export async function addLook(tx: Tx, userId: string, itemId: string): Promise<void> {
  await tx.insert(deskLooks).values({ userId, itemId }).onConflictDoNothing();
}

export async function countLooks(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx
    .select({ looks: sql<number>`count(*)::integer` })
    .from(deskLooks)
    .where(eq(deskLooks.userId, userId));
  return row?.looks ?? 0;
}
