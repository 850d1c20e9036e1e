/** An admin gives money back, whole or in part. The books move when the provider says so. */
import { createHash } from 'node:crypto';
import type { UserId } from '@virgil/contract';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { paymentRefunds } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { schedule } from '../../jobs/index.ts';
import { type Currency, ProviderProblem } from '../../payments/provider.ts';
import { enforce, personOfActor } from '../channels/index.ts';
import { unavailable } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { sendRefundJob } from './job-kinds.ts';
import { mayRefund, refundable } from './policy.ts';
import { factsOf } from './settle-books.ts';
import { findPayment, lockPayment, refundsOf, saveRefund } from './store.ts';

/** Longer than any call to a provider: then the process that asked is gone, and the job asks again. */
const ASK_AGAIN_MS = 60_000;

export interface RefundWish {
  readonly paymentId: string;
  /** Minor units; absent: all that is left. */
  readonly amount: number | undefined;
  readonly reason: string;
  readonly idempotencyKey?: string | undefined;
}

export async function refundPayment(deps: PaymentDeps, actor: Actor, wish: RefundWish): Promise<void> {
  if (deps.provider === null) throw unavailable();
  const admin = personOfActor(actor);
  const refundId = await deps.database.asSystem('begin a refund that an admin asks for', (tx) =>
    begin(deps, tx, admin.userId, wish),
  );
  await sendRefund(deps, refundId).catch((error: unknown) => {
    // Recorded and promised: the job asks again until it is taken or refused.
    if (!(error instanceof AppError) || error.code !== 'payments_unavailable') throw error;
  });
}

async function begin(deps: PaymentDeps, tx: Tx, adminId: UserId, wish: RefundWish): Promise<string> {
  const row = await lockPayment(tx, wish.paymentId);
  if (row === null) throw new AppError('not_found');
  enforce(mayRefund(row, adminId));
  const id = idOf(wish);
  const refunds = await refundsOf(tx, row.id);
  const known = refunds.find((refund) => refund.id === id);
  if (known !== undefined) {
    if (wish.amount === undefined || known.amount === BigInt(wish.amount)) return id;
    throw new AppError('idempotency_conflict', { detail: 'This key was used for another refund.' });
  }
  const underWay = refunds.filter(({ status }) => status === 'requested').reduce((sum, { amount }) => sum + amount, 0n);
  const facts = await factsOf(tx, row);
  const left = refundable({ ...facts, refunded: facts.refunded + underWay });
  if (left === 0n) throw new AppError('already_decided', { detail: 'Nothing of this payment can be given back.' });
  const amount = wish.amount === undefined ? left : BigInt(wish.amount);
  if (amount > left) {
    throw new AppError('invalid', { errors: [{ path: 'amount', message: `at most ${left} can be given back` }] });
  }
  const at = deps.clock.now();
  await saveRefund(tx, {
    id,
    paymentId: row.id,
    amount,
    status: 'requested',
    requestedBy: adminId,
    reason: wish.reason,
    createdAt: at,
    knownAt: at,
  });
  await recordAudit(tx, {
    type: 'REFUND_REQUESTED',
    entity: 'payment',
    entityId: row.id,
    actorId: adminId,
    at,
    details: {
      refundId: id,
      amount: Number(amount),
      currency: row.currency,
      payerId: row.payerId,
      payeeId: row.payeeId,
    },
    personal: [{ userId: row.payerId, data: { reason: wish.reason } }],
  });
  await schedule(tx, sendRefundJob(id, new Date(at.getTime() + ASK_AGAIN_MS)));
  return id;
}

/** The same key of the same payment is the same refund. */
function idOf({ idempotencyKey, paymentId }: RefundWish): string {
  if (idempotencyKey === undefined) return uuidv7();
  return `refund-${createHash('sha256')
    .update(JSON.stringify([paymentId, idempotencyKey]))
    .digest('hex')
    .slice(0, 40)}`;
}

/** Asks the provider, with the refund's id as key: once, however often this runs. */
export async function sendRefund(deps: PaymentDeps, refundId: string): Promise<void> {
  const { database, provider } = deps;
  const known = await database.asSystem('look at a refund', async (tx) => {
    const [refund] = await tx.select().from(paymentRefunds).where(eq(paymentRefunds.id, refundId));
    const payment = refund === undefined ? null : await findPayment(tx, refund.paymentId);
    return refund === undefined || payment === null ? null : { refund, payment };
  });
  if (known === null || known.refund.status !== 'requested' || known.payment.chargeId === null) return;
  if (provider === null || provider.name !== known.payment.provider) throw unavailable();
  const { payment, refund } = known;
  try {
    const { refundId: providerRefundId } = await provider.refund({
      key: refund.id,
      chargeId: known.payment.chargeId,
      amount: refund.amount,
      currency: payment.currency as Currency,
    });
    await database.asSystem('keep the name of a refund', async (tx) => {
      await lockPayment(tx, payment.id);
      await tx.update(paymentRefunds).set({ providerRefundId }).where(eq(paymentRefunds.id, refund.id));
    });
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error;
    deps.logger.warn({ err: error, refundId }, 'the payment provider did not take a refund');
    if (error.kind === 'unavailable') throw unavailable(error);
    await database.asSystem('note a refused refund', async (tx) => {
      await lockPayment(tx, payment.id);
      await tx
        .update(paymentRefunds)
        .set({ status: 'failed', failure: 'refused' })
        // What the provider told meanwhile, in answer to the same request from elsewhere, stands.
        .where(and(eq(paymentRefunds.id, refund.id), eq(paymentRefunds.status, 'requested')));
    });
    throw new AppError('already_decided', { detail: 'The payment provider refuses to give this back.', cause: error });
  }
}
