/** SQL of thresholds. Receives the transaction, never opens one. */
import type { ChannelId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { channels, channelThresholds, platformSettings } from '../../db/schema/index.ts';
import { DEFAULT_THRESHOLDS, type Thresholds, thresholds } from './policy.ts';

const KEY = 'moderation.thresholds';
const stored = z.object({ version: z.literal(1), value: thresholds });

/** Needs the system's rights, as does writing them. */
export async function readPlatformThresholds(tx: Tx): Promise<Thresholds> {
  const [row] = await tx
    .select({ version: platformSettings.version, value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, KEY));
  return row === undefined ? DEFAULT_THRESHOLDS : stored.parse(row).value;
}

export async function writePlatformThresholds(tx: Tx, value: Thresholds, at: Date): Promise<void> {
  const row = { version: 1, value, updatedAt: at };
  await tx
    .insert(platformSettings)
    .values({ key: KEY, ...row })
    .onConflictDoUpdate({ target: platformSettings.key, set: row });
}

export async function isChannel(tx: Tx, id: ChannelId): Promise<boolean> {
  const rows = await tx.select({ id: channels.id }).from(channels).where(eq(channels.id, id));
  return rows.length > 0;
}

/** Null: the channel keeps to the platform's. */
export async function readChannelThresholds(tx: Tx, channelId: ChannelId): Promise<Thresholds | null> {
  const [row] = await tx
    .select({ hold: channelThresholds.hold, block: channelThresholds.block })
    .from(channelThresholds)
    .where(eq(channelThresholds.channelId, channelId));
  return row ?? null;
}

export async function writeChannelThresholds(
  tx: Tx,
  channelId: ChannelId,
  { block, hold }: Thresholds,
  at: Date,
): Promise<void> {
  const row = { hold, block, updatedAt: at };
  await tx
    .insert(channelThresholds)
    .values({ channelId, ...row })
    .onConflictDoUpdate({ target: channelThresholds.channelId, set: row });
}
