/** SQL of privacy: the person themselves, and who else could decide. */
import { eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { erasures, profiles } from '../../db/schema/index.ts';
import { actingAdmins } from '../penalties/index.ts';

export const ERASED_NAME = 'Deleted account';

export async function readPerson(tx: Tx, userId: string) {
  const [row] = await tx
    .select({ role: profiles.role, language: profiles.language, displayName: profiles.displayName })
    .from(profiles)
    .where(eq(profiles.id, userId));
  return row ?? null;
}

/** A place without a name. The id stays, so that others' records still lead somewhere. */
export async function blankProfile(tx: Tx, userId: string, at: Date): Promise<string | null> {
  const [before] = await tx.select().from(profiles).where(eq(profiles.id, userId)).for('update');
  if (before === undefined || before.erasedAt !== null) return null;
  await tx
    .update(profiles)
    .set({
      displayName: ERASED_NAME,
      displayNameSkeleton: `erased ${userId}`,
      displayNameCaseless: null,
      bio: '',
      tier: 'free',
      role: 'user',
      avatarKey: null,
      erasedAt: at,
      updatedAt: at,
    })
    .where(eq(profiles.id, userId));
  return before.avatarKey;
}

/** Admins who stay and can act, beside this one; locked, so that no two go at once, each counting on the other. */
export async function countOtherAdmins(tx: Tx, userId: string, at: Date): Promise<number> {
  await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.role, 'admin'))
    .orderBy(profiles.id)
    .for('update');
  const going = await tx.select({ id: erasures.userId }).from(erasures).where(ne(erasures.status, 'done'));
  const gone = new Set([userId, ...going.map(({ id }) => id)]);
  return (await actingAdmins(tx, at)).filter((id) => !gone.has(id)).length;
}
