/** Within which time what waits is due: one setting of the platform, with the version of its shape. */
import { escalations } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { platformSettings } from '../../db/schema/index.ts';
import { TIMES_AT_FIRST } from './policy.ts';

const KEY = 'escalation_times';

export async function readTimes(tx: Tx): Promise<escalations.EscalationTimes> {
  const [row] = await tx.select().from(platformSettings).where(eq(platformSettings.key, KEY));
  return row === undefined ? TIMES_AT_FIRST : escalations.escalationTimes.parse(row.value);
}

export async function writeTimes(tx: Tx, value: escalations.EscalationTimes, at: Date): Promise<void> {
  await tx
    .insert(platformSettings)
    .values({ key: KEY, version: 1, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { version: 1, value, updatedAt: at } });
}
