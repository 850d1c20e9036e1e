/** An admin sets how long money rests and how little is paid out. */
import type { payments as contract, OutputOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { personOfActor } from '../channels/index.ts';
import type { PaymentDeps } from './deps.ts';
import { readSettings, writeSettings } from './settings.ts';

type Answer = OutputOf<typeof contract.getPaymentSettings>;

export async function getSettings({ database, provider }: PaymentDeps): Promise<Answer> {
  const settings = await database.asSystem('read the settings of payments', readSettings);
  return { ...settings, provider: provider?.name ?? null };
}

export async function changeSettings(
  { clock, database, provider }: PaymentDeps,
  actor: Actor,
  settings: contract.PaymentSettings,
): Promise<Answer> {
  const { userId } = personOfActor(actor);
  const { payoutMinimum, riskDelayDays } = settings;
  await database.asSystem('change the settings of payments for an admin', async (tx) => {
    const before = await readSettings(tx);
    if (before.payoutMinimum === payoutMinimum && before.riskDelayDays === riskDelayDays) return;
    const at = clock.now();
    await writeSettings(tx, { payoutMinimum, riskDelayDays }, at);
    await recordAudit(tx, {
      type: 'PAYMENT_SETTINGS_CHANGED',
      entity: 'instance',
      entityId: 'payments',
      actorId: userId,
      at,
      details: { payoutMinimum, riskDelayDays },
    });
  });
  return { ...settings, provider: provider?.name ?? null };
}
