/** SQL of settings: one's own with one's own rights, the instance's with the system's. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { deskSettings, platformSettings } from '../../db/schema/index.ts';
import { type StoredSettings, storedSettings } from './settings-policy.ts';

const KEY = 'desk';

export async function readOwn(tx: Tx, userId: string): Promise<StoredSettings> {
  const [row] = await tx.select().from(deskSettings).where(eq(deskSettings.userId, userId));
  return row === undefined ? {} : storedSettings.parse(row.value);
}

export async function writeOwn(tx: Tx, userId: string, value: StoredSettings, at: Date): Promise<void> {
  await tx
    .insert(deskSettings)
    .values({ userId, value, updatedAt: at })
    .onConflictDoUpdate({ target: deskSettings.userId, set: { value, version: 1, updatedAt: at } });
}

export async function readDefaults(tx: Tx): Promise<StoredSettings> {
  const [row] = await tx.select().from(platformSettings).where(eq(platformSettings.key, KEY));
  return row === undefined ? {} : storedSettings.parse(row.value);
}

export async function writeDefaults(tx: Tx, value: StoredSettings, at: Date): Promise<void> {
  await tx
    .insert(platformSettings)
    .values({ key: KEY, version: 1, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { version: 1, value, updatedAt: at } });
}
