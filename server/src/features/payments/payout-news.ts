/** What the provider tells of payouts and of the accounts they go to. */
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { schedule } from '../../jobs/index.ts';
import type { EventOf } from '../../payments/provider.ts';
import type { PaymentDeps } from './deps.ts';
import { returnTransferJob } from './job-kinds.ts';
import { notifyPayout } from './notices.ts';
import { lockAccountOf, lockPayout, lockPayoutOf, saveAccount, updatePayout } from './payout-store.ts';
import { isNewer } from './policy.ts';
import { settlePayout } from './settle-payout.ts';

/** One that nobody here asked for (the bank account's owner may make their own) is none of ours. */
export async function applyPayoutNews(deps: PaymentDeps, tx: Tx, event: EventOf<'payout.updated'>): Promise<void> {
  const provider = deps.provider?.name ?? '';
  const known =
    (event.key === null ? null : await lockPayout(tx, event.key)) ?? (await lockPayoutOf(tx, provider, event.payoutId));
  if (known === null || known.provider !== provider) return;
  const news = { status: event.status, at: new Date(event.at) };
  if (!isNewer('payout', { status: known.status, at: known.knownAt }, news)) return;
  const at = deps.clock.now();
  const before = known.status;
  const payout = await updatePayout(tx, known.id, {
    status: event.status,
    providerPayoutId: event.payoutId,
    failure: event.status === 'failed' ? (event.reason ?? 'unknown').slice(0, 100) : null,
    settledAt: at,
    knownAt: news.at,
  });
  if (before === event.status) return;
  await settlePayout(tx, payout, before, at);
  if (event.status === 'failed') await schedule(tx, returnTransferJob(payout.id, at));
  await recordAudit(tx, {
    type: event.status === 'paid' ? 'PAYOUT_PAID' : 'PAYOUT_FAILED',
    entity: 'payout',
    entityId: payout.id,
    actorId: null,
    at,
    details: { creatorId: payout.creatorId, amount: Number(payout.amount), currency: payout.currency },
  });
  await notifyPayout(tx, payout, event.status === 'paid', at);
}

export async function applyRecipientNews(
  deps: PaymentDeps,
  tx: Tx,
  event: EventOf<'recipient.updated'>,
): Promise<void> {
  const account = await lockAccountOf(tx, deps.provider?.name ?? '', event.recipientId);
  const knownAt = new Date(event.at);
  if (account === null || account.knownAt > knownAt) return;
  await saveAccount(tx, { ...account, ready: event.ready, knownAt });
}
