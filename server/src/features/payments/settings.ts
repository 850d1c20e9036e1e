/** How long money rests before it can be paid out, and how little is not worth a payout. Changed by admins. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import { platformSettings } from '../../db/schema/index.ts';
import type { Currency } from '../../payments/provider.ts';

const KEY = 'payments';

const stored = z.object({
  /** Whole days between a payment and its money being available. */
  riskDelayDays: z.int().min(0).max(90),
  /** Minor units, of every currency alike. */
  payoutMinimum: z.int().min(100).max(100_000),
});
export type PaymentSettings = z.infer<typeof stored>;

/** Most disputes of cards are opened within days; ten units cover what a bank transfer costs. */
const DEFAULTS: PaymentSettings = { riskDelayDays: 7, payoutMinimum: 1_000 };

/** `tx` must be the system's. */
export async function readSettings(tx: Tx): Promise<PaymentSettings> {
  const [row] = await tx
    .select({ value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, KEY));
  return row === undefined ? DEFAULTS : stored.parse(row.value);
}

export async function writeSettings(tx: Tx, settings: PaymentSettings, at: Date): Promise<void> {
  const row = { version: 1, value: settings, updatedAt: at };
  await tx
    .insert(platformSettings)
    .values({ key: KEY, ...row })
    .onConflictDoUpdate({ target: platformSettings.key, set: row });
}

const DAY_MS = 24 * 3_600_000;
export const availableAfter = (paidAt: Date, { riskDelayDays }: PaymentSettings): Date =>
  new Date(paidAt.getTime() + riskDelayDays * DAY_MS);

export const minimumOf = (settings: PaymentSettings, _currency: Currency): bigint => BigInt(settings.payoutMinimum);
