/** SQL of privacy: a setting of the instance. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { platformSettings } from '../../db/schema/index.ts';

export async function readSetting(tx: Tx, key: string): Promise<{ version: number; value: unknown } | null> {
  const [row] = await tx
    .select({ version: platformSettings.version, value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, key));
  return row ?? null;
}

export async function writeSetting(tx: Tx, key: string, value: unknown, at: Date): Promise<void> {
  await tx
    .insert(platformSettings)
    .values({ key, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { value, version: 1, updatedAt: at } });
}
