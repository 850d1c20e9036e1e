/** Rows of `profiles` and what comes with a new one. */
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { channels, profiles, streamKeys } from '../../db/schema/index.ts';
import type { NameKeys } from './name-skeleton.ts';

export type ProfileRow = typeof profiles.$inferSelect;

export async function readProfile(tx: Tx, id: string): Promise<ProfileRow | null> {
  const [row] = await tx.select().from(profiles).where(eq(profiles.id, id)).limit(1);
  return row ?? null;
}

export interface Standing {
  readonly role: ProfileRow['role'];
  readonly isBanned: boolean;
}

/** What the edge must know of a person, in one round trip and without a transaction. */
export async function readStanding(db: Tx, id: string, now: Date): Promise<Standing | null> {
  const { rows } = await db.execute<{ role: Standing['role']; is_banned: boolean }>(
    sql`select role, is_banned from app_standing(${id}, ${now.toISOString()}::timestamptz)`,
  );
  const [row] = rows;
  return row === undefined ? null : { role: row.role, isBanned: row.is_banned };
}

export interface NewProfile {
  readonly id: string;
  readonly displayName: string;
  readonly keys: NameKeys;
  readonly streamKey: string;
  readonly createdAt: Date;
}

/** A profile, its channel and the channel's stream key. False when the id or the name is there already. */
export async function insertProfile(tx: Tx, profile: NewProfile): Promise<boolean> {
  const inserted = await tx
    .insert(profiles)
    .values({
      id: profile.id,
      displayName: profile.displayName,
      displayNameSkeleton: profile.keys.skeleton,
      displayNameCaseless: profile.keys.caseless,
      createdAt: profile.createdAt,
      updatedAt: profile.createdAt,
    })
    .onConflictDoNothing()
    .returning({ id: profiles.id });
  if (inserted.length === 0) return false;
  await tx
    .insert(channels)
    .values({ id: profile.id, createdAt: profile.createdAt, updatedAt: profile.createdAt })
    .onConflictDoNothing();
  await tx
    .insert(streamKeys)
    .values({ channelId: profile.id, key: profile.streamKey, createdAt: profile.createdAt })
    .onConflictDoNothing();
  return true;
}

export async function updateProfile(
  tx: Tx,
  id: string,
  changes: Partial<Omit<ProfileRow, 'id' | 'createdAt'>>,
): Promise<ProfileRow | null> {
  const [row] = await tx.update(profiles).set(changes).where(eq(profiles.id, id)).returning();
  return row ?? null;
}

/** Ids of all admins, locked, so that two of them cannot step down at once. */
export async function lockAdmins(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.role, 'admin')).for('update');
  return rows.map((row) => row.id);
}

export async function hasAdmin(tx: Tx): Promise<boolean> {
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(eq(profiles.role, 'admin')))
    .limit(1);
  return rows.length > 0;
}
