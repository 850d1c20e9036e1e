/** A creator asks for their money: recorded first, then asked of the provider; what it says moves the books on. */
import { createHash } from 'node:crypto';
import type { UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { type Currency, ProviderProblem } from '../../payments/provider.ts';
import { personOfActor } from '../channels/index.ts';
import { balanceOf, creatorAccount, NotEnoughMoney } from '../ledger/index.ts';
import { unavailable } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { sendPayoutJob } from './job-kinds.ts';
import { notifyPayout } from './notices.ts';
import {
  findAccount,
  findPayoutByKey,
  hasOpenDispute,
  insertPayout,
  lockPayout,
  type PayoutRow,
  updatePayout,
} from './payout-store.ts';
import { type PayoutRefusal, payoutRefusal } from './policy.ts';
import { minimumOf, readSettings } from './settings.ts';
import { settlePayout } from './settle-payout.ts';

const ASK_AGAIN_MS = 60_000;
const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;

export interface PayoutWish {
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly idempotencyKey: string;
}

export async function requestPayout(deps: PaymentDeps, actor: Actor, wish: PayoutWish): Promise<PayoutRow> {
  if (deps.provider === null) throw unavailable();
  const { userId } = personOfActor(actor);
  const { isNew, payout } = await deps.database.asSystem('record a payout that a creator asks for', (tx) =>
    begin(deps, tx, userId, wish),
  );
  if (isNew || payout.status === 'requested') {
    await sendPayout(deps, payout.id).catch((error: unknown) => {
      // Recorded and promised: the job asks again until it is taken or refused.
      if (!(error instanceof AppError) || error.code !== 'payments_unavailable') throw error;
    });
  }
  return deps.database.asSystem('look at a payout', async (tx) => (await lockPayout(tx, payout.id)) ?? payout);
}

async function begin(
  deps: PaymentDeps,
  tx: Tx,
  creatorId: UserId,
  wish: PayoutWish,
): Promise<{ payout: PayoutRow; isNew: boolean }> {
  const { amount, currency, idempotencyKey } = wish;
  const requestHash = createHash('sha256')
    .update(JSON.stringify([amount, currency]))
    .digest('hex');
  const known = await findPayoutByKey(tx, creatorId, idempotencyKey);
  if (known !== null) return { payout: sameRequest(known, requestHash), isNew: false };
  const { account, refusal } = await payoutFacts(deps, tx, creatorId, currency, BigInt(amount));
  if (refusal !== null || account === null) throw refused(refusal ?? 'no_account');
  const at = deps.clock.now();
  const payout = await insertPayout(tx, {
    id: uuidv7(),
    creatorId,
    amount: BigInt(amount),
    currency,
    idempotencyKey,
    requestHash,
    provider: account.provider,
    accountId: account.accountId,
    status: 'requested',
    createdAt: at,
    knownAt: at,
  });
  // The same request at the same moment was faster.
  if (payout === null) {
    const faster = await findPayoutByKey(tx, creatorId, idempotencyKey);
    if (faster === null) throw new Error('a payout is and is not there');
    return { payout: sameRequest(faster, requestHash), isNew: false };
  }
  try {
    await settlePayout(tx, payout, null, at);
  } catch (error) {
    if (error instanceof NotEnoughMoney) throw refused('above_available');
    throw error;
  }
  await recordAudit(tx, {
    type: 'PAYOUT_REQUESTED',
    entity: 'payout',
    entityId: payout.id,
    actorId: creatorId,
    at,
    details: { amount, currency },
  });
  await schedule(tx, sendPayoutJob(payout.id, new Date(at.getTime() + ASK_AGAIN_MS)));
  return { payout, isNew: true };
}

function sameRequest(known: PayoutRow, requestHash: string): PayoutRow {
  if (known.requestHash === requestHash) return known;
  throw new AppError('idempotency_conflict', { detail: 'This key was used for another payout.' });
}

/** What decides on a payout. `tx` must be the system's. */
export async function payoutFacts(deps: PaymentDeps, tx: Tx, creatorId: UserId, currency: Currency, amount: bigint) {
  const stored = await findAccount(tx, creatorId);
  const account = stored?.provider === deps.provider?.name ? stored : null;
  const balances = new Map<Currency, bigint>();
  for (const each of CURRENCIES) balances.set(each, await balanceOf(tx, creatorAccount(creatorId, 'available'), each));
  const minimum = minimumOf(await readSettings(tx), currency);
  const facts = {
    isAccountReady: account?.ready === true,
    amount,
    minimum,
    available: balances.get(currency) ?? 0n,
    isInDebt: [...balances.values()].some((balance) => balance < 0n),
    hasOpenDispute: await hasOpenDispute(tx, creatorId),
  };
  return { account, facts, refusal: payoutRefusal(facts) };
}

const REFUSALS: Readonly<Record<PayoutRefusal, string>> = {
  no_account: 'There is no account to pay out to yet.',
  debt: 'A balance below zero must be made up first.',
  dispute: 'A bank is deciding about a payment to you; until then nothing is paid out.',
  below_minimum: 'This is less than the smallest payout.',
  above_available: 'This is more than is available.',
};

function refused(refusal: PayoutRefusal): AppError {
  const detail = REFUSALS[refusal];
  return refusal === 'below_minimum' || refusal === 'above_available'
    ? new AppError('invalid', { detail, errors: [{ path: 'amount', message: detail }] })
    : new AppError('not_allowed', { detail });
}

/** Asks the provider: to the creator's account there, and from it to their bank. Each step once, however often this runs. */
export async function sendPayout(deps: PaymentDeps, payoutId: string): Promise<void> {
  const { database, provider } = deps;
  const payout = await database.asSystem('look at a payout', (tx) => lockPayout(tx, payoutId));
  if (payout === null || payout.status !== 'requested') return;
  if (provider === null || provider.name !== payout.provider) throw unavailable();
  const movement = { recipientId: payout.accountId, amount: payout.amount, currency: payout.currency as Currency };
  let transferId = payout.providerTransferId;
  try {
    if (transferId === null) {
      ({ transferId } = await provider.createTransfer({ key: payout.id, ...movement }));
      await keep(deps, payout.id, { providerTransferId: transferId });
    }
    const { payoutId: providerPayoutId } = await provider.createPayout({ key: payout.id, ...movement });
    await keep(deps, payout.id, { providerPayoutId }, 'sent');
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error;
    deps.logger.warn({ err: error, payoutId }, 'the payment provider did not take a payout');
    if (error.kind === 'unavailable') throw unavailable(error);
    if (transferId !== null) await provider.reverseTransfer({ key: payout.id, transferId });
    await database.asSystem('give a refused payout back', (tx) => giveBack(deps, tx, payout.id));
  }
}

/** After a payout came back. */
export async function returnTransfer(deps: PaymentDeps, payoutId: string): Promise<void> {
  const payout = await deps.database.asSystem('look at a payout that came back', (tx) => lockPayout(tx, payoutId));
  if (payout === null || payout.status !== 'failed' || payout.providerTransferId === null) return;
  if (deps.provider?.name !== payout.provider) throw unavailable();
  await deps.provider.reverseTransfer({ key: payout.id, transferId: payout.providerTransferId });
}

function keep(
  deps: PaymentDeps,
  id: string,
  set: { providerTransferId?: string; providerPayoutId?: string },
  status?: 'sent',
): Promise<void> {
  return deps.database.asSystem('keep the name of a payout', async (tx) => {
    const row = await lockPayout(tx, id);
    if (row === null) return;
    // Its outcome may have been told before this call had its answer.
    await updatePayout(tx, id, { ...set, ...(status !== undefined && row.status === 'requested' ? { status } : {}) });
  });
}

async function giveBack(deps: PaymentDeps, tx: Tx, id: string): Promise<void> {
  const known = await lockPayout(tx, id);
  if (known === null || known.status !== 'requested') return;
  const at = deps.clock.now();
  const payout = await updatePayout(tx, id, { status: 'failed', failure: 'refused', settledAt: at, knownAt: at });
  await settlePayout(tx, payout, known.status, at);
  await recordAudit(tx, {
    type: 'PAYOUT_FAILED',
    entity: 'payout',
    entityId: id,
    actorId: null,
    at,
    details: { creatorId: payout.creatorId, amount: Number(payout.amount), currency: payout.currency },
  });
  await notifyPayout(tx, payout, false, at);
}
