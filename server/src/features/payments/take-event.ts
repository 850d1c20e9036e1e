/**
 * Applies what the provider told: record of the event, state, ledger, purpose, audit entry and notices in one
 * transaction. An event told before is nothing; one about a charge nobody knows yet waits for its payment.
 */
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { schedule } from '../../jobs/index.ts';
import { type EventOf, type ProviderEvent, providerEvent } from '../../payments/provider.ts';
import { splitGross } from '../ledger/index.ts';
import type { PaymentDeps } from './deps.ts';
import { matureJob, readFeeJob } from './job-kinds.ts';
import { notifyDispute, notifyFailure, notifyRefund } from './notices.ts';
import { applyPayoutNews, applyRecipientNews } from './payout-news.ts';
import { type DisputeFacts, disputeStateOf, isNewer, paymentAfter, smaller } from './policy.ts';
import { availableAfter, readSettings } from './settings.ts';
import { settleBooks } from './settle-books.ts';
import {
  disputesOf,
  holdCharge,
  letEventWait,
  lockPayment,
  lockPaymentOfCharge,
  noteEvent,
  type PaymentRow,
  refundsOf,
  saveCustomer,
  saveDispute,
  saveRefund,
  settledOf,
  takeWaiting,
  updatePayment,
} from './store.ts';

/** False when it was told before. */
export async function takeEvent(deps: PaymentDeps, event: ProviderEvent): Promise<boolean> {
  const { clock, database, provider } = deps;
  if (provider === null) return false;
  return database.asSystem('record what the payment provider told', async (tx) => {
    if (!(await noteEvent(tx, provider.name, event, clock.now()))) return false;
    await apply(deps, tx, event);
    return true;
  });
}

async function apply(deps: PaymentDeps, tx: Tx, event: ProviderEvent): Promise<void> {
  switch (event.kind) {
    case 'payment.succeeded':
      return applySuccess(deps, tx, event);
    case 'payment.failed':
      return applyFailure(deps, tx, event);
    case 'refund.updated': {
      const row = await paymentOf(deps, tx, event);
      return row === null ? undefined : applyRefund(deps, tx, row, event);
    }
    case 'dispute.updated': {
      const row = await paymentOf(deps, tx, event);
      return row === null ? undefined : applyDispute(deps, tx, row, event);
    }
    case 'payout.updated':
      return applyPayoutNews(deps, tx, event);
    case 'recipient.updated':
      return applyRecipientNews(deps, tx, event);
    case 'other':
      return undefined;
  }
}

async function applySuccess(deps: PaymentDeps, tx: Tx, event: EventOf<'payment.succeeded'>): Promise<void> {
  await holdCharge(tx, event.chargeId);
  const known = await lockPayment(tx, event.paymentId);
  if (known === null || !isThisPayment(deps, known, event)) return;
  if (known.status === 'paid') {
    // The books know one charge a payment; a second one is money of the payer's that only a person can give back.
    if (known.provider === deps.provider?.name && known.chargeId !== event.chargeId)
      deps.logger.error({ paymentId: known.id, chargeId: event.chargeId }, 'a payment was taken twice at the provider');
    return;
  }
  const paidAt = new Date(event.at);
  const availableAt = availableAfter(paidAt, await readSettings(tx));
  const { artistShare } = splitGross(known.amount);
  const learned = {
    status: paymentAfter(known.status, event.kind),
    failure: null,
    paidAt,
    chargeId: event.chargeId,
    checkoutId: event.checkoutId,
    payeeShare: known.payeeId === null ? 0n : artistShare,
    providerFee: event.fee ?? 0n,
    availableAt: known.payeeId === null ? null : availableAt,
  };
  const at = deps.clock.now();
  const row = await settleBooks(tx, known, learned, known.purposeKind, at);
  if (row.payeeId !== null) await schedule(tx, matureJob(row.id, availableAt));
  if (event.customerId !== null) {
    const { customerId } = event;
    await saveCustomer(tx, { userId: row.payerId, provider: row.provider, customerId, knownAt: paidAt });
  }
  if (event.fee === null) await schedule(tx, readFeeJob(row.id, at));
  await audit(tx, row, 'PAYMENT_PAID', at, { amount: Number(row.amount), currency: row.currency });
  await deps.settlements[row.purposeKind].paid(tx, settledOf(row, paidAt));
  for (const body of await takeWaiting(tx, row.provider, event.chargeId, at)) {
    await apply(deps, tx, providerEvent.parse(body));
  }
}

/** Another instance may use the same account at the provider; and no provider may change what was asked for. */
function isThisPayment(deps: PaymentDeps, row: PaymentRow, event: EventOf<'payment.succeeded'>): boolean {
  const isSame =
    row.provider === deps.provider?.name &&
    row.amount === event.amount &&
    row.currency === event.currency.toUpperCase();
  if (!isSame)
    deps.logger.error({ paymentId: row.id, eventId: event.id }, 'a payment came in another amount or currency');
  return isSame;
}

async function applyFailure(deps: PaymentDeps, tx: Tx, event: EventOf<'payment.failed'>): Promise<void> {
  const known = await lockPayment(tx, event.paymentId);
  if (known === null || known.provider !== deps.provider?.name) return;
  const status = paymentAfter(known.status, event.kind);
  if (status === known.status) return;
  const row = await updatePayment(tx, known.id, { status, failure: event.reason });
  const at = deps.clock.now();
  await audit(tx, row, 'PAYMENT_FAILED', at, { reason: event.reason });
  await deps.settlements[row.purposeKind].failed(tx, {
    ...settledOf(row, new Date(event.at)),
    failure: event.reason,
  });
  // Who has not left our page yet reads it in the answer.
  if (known.status === 'pending') await notifyFailure(tx, row, at);
}

/** Null: it waits. */
async function paymentOf(
  deps: PaymentDeps,
  tx: Tx,
  event: EventOf<'refund.updated'> | EventOf<'dispute.updated'>,
): Promise<PaymentRow | null> {
  const provider = deps.provider?.name ?? '';
  await holdCharge(tx, event.chargeId);
  const row = await lockPaymentOfCharge(tx, provider, event.chargeId);
  if (row === null) await letEventWait(tx, provider, event.id, event.chargeId);
  return row;
}

async function applyRefund(
  deps: PaymentDeps,
  tx: Tx,
  row: PaymentRow,
  event: EventOf<'refund.updated'>,
): Promise<void> {
  const refunds = await refundsOf(tx, row.id);
  const known = refunds.find(({ id, providerRefundId }) => providerRefundId === event.refundId || id === event.key);
  const news = { status: event.status, at: new Date(event.at) };
  if (known !== undefined && !isNewer('refund', { status: known.status, at: known.knownAt }, news)) return;
  const at = deps.clock.now();
  await saveRefund(tx, {
    id: known?.id ?? uuidv7(),
    paymentId: row.id,
    amount: event.amount,
    status: event.status,
    providerRefundId: event.refundId,
    requestedBy: known?.requestedBy ?? null,
    reason: known?.reason ?? '',
    createdAt: known?.createdAt ?? new Date(event.at),
    knownAt: news.at,
  });
  const standing = (await refundsOf(tx, row.id))
    .filter(({ status }) => status === 'pending' || status === 'succeeded')
    .reduce((sum, { amount }) => sum + amount, 0n);
  const refunded = smaller(standing, row.amount);
  const step = refunded - row.refundedAmount;
  if (step === 0n) return;
  const after = await settleBooks(tx, row, { refundedAmount: refunded }, step > 0n ? 'refund' : 'reversal', at);
  await audit(tx, after, step > 0n ? 'REFUND_SETTLED' : 'REFUND_FAILED', at, { amount: Number(event.amount) });
  await deps.settlements[row.purposeKind].refunded(tx, {
    payment: settledOf(after, at),
    amount: step,
    refundedTotal: refunded,
    isFull: refunded === row.amount,
    lost: false,
  });
  await notifyRefund(tx, after, event.amount, step > 0n, at);
}

async function applyDispute(
  deps: PaymentDeps,
  tx: Tx,
  row: PaymentRow,
  event: EventOf<'dispute.updated'>,
): Promise<void> {
  const disputes = await disputesOf(tx, row.id);
  const known = disputes.find(({ providerDisputeId }) => providerDisputeId === event.disputeId);
  const news = { status: event.status, at: new Date(event.at) };
  if (known !== undefined && !isNewer('dispute', { status: known.status, at: known.knownAt }, news)) return;
  const at = deps.clock.now();
  await saveDispute(tx, {
    id: known?.id ?? uuidv7(),
    paymentId: row.id,
    providerDisputeId: event.disputeId,
    amount: event.amount,
    fee: event.fee,
    status: event.status,
    reason: event.reason.slice(0, 100),
    openedAt: earlier(known?.openedAt, new Date(event.openedAt)),
    closedAt: event.status === 'open' ? null : news.at,
    knownAt: news.at,
  });
  const all: readonly DisputeFacts[] = await disputesOf(tx, row.id);
  const learned = { disputeState: disputeStateOf(all) };
  const after = await settleBooks(tx, row, learned, DISPUTE_TRANSFERS[event.status], at);
  if (known?.status === event.status) return;
  await audit(tx, after, DISPUTE_AUDITS[event.status], at, {
    disputeId: event.disputeId,
    amount: Number(event.amount),
  });
  const payment = settledOf(after, at);
  const settlement = deps.settlements[row.purposeKind];
  await settlement.disputed?.(tx, {
    payment,
    disputeId: event.disputeId,
    status: event.status,
    amount: event.amount,
  });
  if (event.status === 'lost') {
    const refundedTotal = smaller(after.refundedAmount + event.amount, after.amount);
    await settlement.refunded(tx, {
      payment,
      amount: event.amount,
      refundedTotal,
      isFull: refundedTotal === after.amount,
      lost: true,
    });
  }
  await notifyDispute(tx, after, event.status, event.amount, at);
}

const earlier = (a: Date | undefined, b: Date): Date => (a !== undefined && a < b ? a : b);
const DISPUTE_TRANSFERS = { open: 'dispute', won: 'dispute_won', lost: 'dispute_lost' } as const;
const DISPUTE_AUDITS = { open: 'DISPUTE_OPENED', won: 'DISPUTE_WON', lost: 'DISPUTE_LOST' } as const;

async function audit(
  tx: Tx,
  row: PaymentRow,
  type:
    | 'PAYMENT_PAID'
    | 'PAYMENT_FAILED'
    | 'REFUND_SETTLED'
    | 'REFUND_FAILED'
    | (typeof DISPUTE_AUDITS)[keyof typeof DISPUTE_AUDITS],
  at: Date,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, payeeId, payerId, purposeId, purposeKind } = row;
  await recordAudit(tx, {
    type,
    entity: 'payment',
    entityId: id,
    actorId: null,
    at,
    details: { ...details, payerId, payeeId, purpose: purposeKind, purposeId },
  });
}
