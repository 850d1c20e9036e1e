/** The designated agent and how notices are handled: one setting of the platform, with the version of its shape. */
import type { DmcaSettings } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { platformSettings } from '../../db/schema/index.ts';
import { renewByOf } from './agent-policy.ts';
import type { Calendar } from './put-back-policy.ts';

const KEY = 'dmca';

const stored = z.object({
  agent: z
    .object({
      name: z.string(),
      organisation: z.string(),
      address: z.string(),
      email: z.string(),
      phone: z.string(),
      registrationNumber: z.string(),
      registeredOn: z.string().nullable(),
    })
    .nullable(),
  timeZone: z.string(),
  closedDays: z.array(z.string()),
  lumenExport: z.boolean(),
});
export type StoredSettings = z.infer<typeof stored>;

/** Until an admin names an agent: the Copyright Office's own time, and nothing leaves the instance. */
const AT_FIRST: StoredSettings = { agent: null, timeZone: 'America/New_York', closedDays: [], lumenExport: false };

export async function readSettings(tx: Tx): Promise<StoredSettings> {
  const [row] = await tx.select().from(platformSettings).where(eq(platformSettings.key, KEY));
  return row === undefined ? AT_FIRST : stored.parse(row.value);
}

export async function writeSettings(tx: Tx, value: StoredSettings, at: Date): Promise<void> {
  await tx
    .insert(platformSettings)
    .values({ key: KEY, version: 1, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { version: 1, value, updatedAt: at } });
}

export const calendarOf = ({ closedDays, timeZone }: StoredSettings): Calendar => ({ closedDays, timeZone });

export function settingsOf({ agent, ...rest }: StoredSettings): DmcaSettings {
  if (agent === null) return { ...rest, agent };
  return { ...rest, agent: { ...agent, renewBy: agent.registeredOn === null ? null : renewByOf(agent.registeredOn) } };
}
