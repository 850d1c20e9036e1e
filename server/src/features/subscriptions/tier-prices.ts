/** What tiers cost a month: a setting of the platform. */
import type { BodyOf, subscriptions as contract } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { platformSettings } from '../../db/schema/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { SubscriptionDeps } from './deps.ts';
import type { TierPricesChanged } from './events.ts';

const KEY = 'tiers.prices';

const price = z.object({ amount: z.int().min(100), currency: z.enum(['USD', 'EUR', 'GBP']) });
const stored = z.object({ version: z.literal(1), value: z.object({ pro: price, premium: price }) });

/** What an instance begins with. */
const DEFAULT: contract.TierPrices = {
  pro: { amount: 900, currency: 'EUR' },
  premium: { amount: 1900, currency: 'EUR' },
};

/** `tx` must be the system's. */
export async function readTierPrices(tx: Tx): Promise<contract.TierPrices> {
  const [row] = await tx
    .select({ version: platformSettings.version, value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, KEY));
  return row === undefined ? DEFAULT : stored.parse(row).value;
}

export function getTierPrices({ database }: SubscriptionDeps): Promise<contract.TierPrices> {
  return database.asSystem('prices are a setting of the platform', readTierPrices);
}

export async function setTierPrices(
  { clock, database }: SubscriptionDeps,
  caller: Caller,
  { currency, premium, pro }: BodyOf<typeof contract.setTierPrices>,
): Promise<contract.TierPrices> {
  const { userId } = personOfActor(caller.actor);
  const at = clock.now();
  const value = { pro: { amount: pro, currency }, premium: { amount: premium, currency } };
  return database.asSystem('prices are a setting of the platform', async (tx) => {
    const before = await readTierPrices(tx);
    if (JSON.stringify(before) === JSON.stringify(value)) return before;
    const row = { version: 1, value, updatedAt: at };
    await tx
      .insert(platformSettings)
      .values({ key: KEY, ...row })
      .onConflictDoUpdate({ target: platformSettings.key, set: row });
    await recordAudit(tx, {
      type: 'TIER_PRICES_CHANGED',
      entity: 'instance',
      entityId: KEY,
      actorId: userId,
      at,
      details: { currency, pro, premium },
    });
    const event: TierPricesChanged = { type: 'subscription.tierPricesChanged', key: KEY, at: at.toISOString() };
    await announce(tx, event);
    return value;
  });
}
