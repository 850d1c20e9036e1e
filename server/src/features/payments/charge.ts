/** Takes money for a purpose: once per payer, purpose and key, however often it is asked for. */
import { createHash } from 'node:crypto';
import type { StreamId, UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { type Checkout, type Currency, type PaymentProvider, ProviderProblem } from '../../payments/provider.ts';
import type { Failure, PaymentDeps, Purpose } from './deps.ts';
import {
  findByIdempotencyKey,
  findCustomer,
  findPayment,
  insertPayment,
  lockPayment,
  type PaymentRow,
  settledOf,
  updatePayment,
} from './store.ts';

export interface ChargeRequest {
  readonly purpose: Purpose;
  readonly payerId: UserId;
  /** Who gets nine tenths; absent: all of it is the platform's. */
  readonly payeeId?: UserId;
  /** Whole minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly idempotencyKey: string;
  /** For the payer: on the provider's page, on the receipt. */
  readonly description: string;
  /** The stream it is given on, for the books. */
  readonly streamId?: StreamId;
  /** A path of ours to which the payment's page leads back. */
  readonly returnTo?: string;
  /** Nobody is at the screen: what the payer paid with before is charged, if they left anything. */
  readonly unattended?: boolean;
}

export interface Charged {
  readonly paymentId: string;
  readonly status: 'paid' | 'pending' | 'failed';
  /** Where the payer finishes it; null when there is nothing for them to do. */
  readonly checkoutUrl: string | null;
  readonly failure: Failure | null;
}

/** Talks to the provider: call it outside of a transaction. Throws `idempotency_conflict` and `payments_unavailable`. */
export async function charge(deps: PaymentDeps, request: ChargeRequest): Promise<Charged> {
  const { provider } = deps;
  if (provider === null) throw unavailable();
  const row = await deps.database.asSystem('begin a payment', (tx) => begin(deps, tx, provider, request));
  if (row.status !== 'created') return chargedOf(row);
  try {
    const checkout = await take(deps, provider, row, request);
    return chargedOf(
      await deps.database.asSystem('keep where a payment is finished', (tx) => proceed(tx, row.id, checkout)),
    );
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error;
    deps.logger.warn({ err: error, paymentId: row.id }, 'the payment provider did not take a payment');
    // The row stays begun: the same request again goes on from here.
    if (error.kind === 'unavailable') throw unavailable(error);
    return chargedOf(
      await deps.database.asSystem('note a refused payment', (tx) => giveUp(deps, tx, row.id, 'refused')),
    );
  }
}

/** Without the payer where they agreed to that; otherwise, and where their bank wants to see them, on the provider's page. */
async function take(
  deps: PaymentDeps,
  provider: PaymentProvider,
  row: PaymentRow,
  { currency, payerId, purpose, unattended }: ChargeRequest,
): Promise<Checkout> {
  const isRepeated = purpose.kind !== 'tip';
  const customerId = isRepeated
    ? await deps.database.asSystem('find whom the provider knows a payer as', (tx) =>
        findCustomer(tx, payerId, provider.name),
      )
    : null;
  const what = { paymentId: row.id, amount: row.amount, currency, description: row.description };
  if (unattended === true && customerId !== null) {
    try {
      return { ...(await provider.chargeAgain({ ...what, customerId })), url: null };
    } catch (error) {
      if (!(error instanceof ProviderProblem) || error.kind !== 'refused') throw error;
      deps.logger.info({ err: error, paymentId: row.id }, 'a payer must be there to pay');
    }
  }
  const returnUrl = `${deps.publicUrl()}/payments/${row.id}`;
  return provider.createCheckout({ ...what, returnUrl, customerId, keepMethod: isRepeated });
}

async function begin(
  deps: PaymentDeps,
  tx: Tx,
  provider: PaymentProvider,
  request: ChargeRequest,
): Promise<PaymentRow> {
  const { amount, currency, description, idempotencyKey, payeeId, payerId, purpose, returnTo, streamId } = request;
  const requestHash = hashOf(request);
  const made = await insertPayment(tx, {
    id: uuidv7(),
    purposeKind: purpose.kind,
    purposeId: purpose.id,
    payerId,
    payeeId: payeeId ?? null,
    amount: BigInt(amount),
    currency,
    description,
    returnTo: returnTo ?? null,
    streamId: streamId ?? null,
    idempotencyKey,
    requestHash,
    provider: provider.name,
    status: 'created',
    createdAt: deps.clock.now(),
  });
  if (made !== null) return made;
  const known = await findByIdempotencyKey(tx, payerId, purpose.kind, idempotencyKey);
  if (known === null) throw new Error('a payment is and is not there');
  if (known.requestHash !== requestHash) {
    throw new AppError('idempotency_conflict', { detail: 'This key was used for another payment.' });
  }
  return known;
}

function hashOf({ amount, currency, payeeId, purpose }: ChargeRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([purpose.kind, purpose.id, payeeId ?? null, amount, currency]))
    .digest('hex');
}

/** The event may have come before the answer; then there is nothing left to keep. */
async function proceed(tx: Tx, id: string, checkout: { checkoutId: string; url: string | null }): Promise<PaymentRow> {
  const row = await lockPayment(tx, id);
  if (row === null) throw new Error(`payment ${id} is gone`);
  if (row.status !== 'created') return row;
  return updatePayment(tx, id, { status: 'pending', checkoutId: checkout.checkoutId, checkoutUrl: checkout.url });
}

/** A payment that never came to the provider. `tx` must be the system's. */
export async function giveUp(
  deps: PaymentDeps,
  tx: Tx,
  id: string,
  failure: 'refused' | 'expired',
): Promise<PaymentRow> {
  const known = await lockPayment(tx, id);
  if (known === null) throw new Error(`payment ${id} is gone`);
  if (known.status !== 'created') return known;
  const row = await updatePayment(tx, id, { status: 'failed', failure });
  await deps.settlements[row.purposeKind].failed(tx, { ...settledOf(row, deps.clock.now()), failure });
  return row;
}

/** What became of a payment so far. */
export async function statusOf(deps: PaymentDeps, paymentId: string): Promise<Charged | null> {
  const row = await deps.database.asSystem('look at a payment', (tx) => findPayment(tx, paymentId));
  return row === null ? null : chargedOf(row);
}

function chargedOf(row: PaymentRow): Charged {
  const status = row.status === 'created' ? 'pending' : row.status;
  return {
    paymentId: row.id,
    status,
    checkoutUrl: status === 'pending' ? row.checkoutUrl : null,
    // Only words of `Failure` are written there.
    failure: row.failure as Failure | null,
  };
}

export const unavailable = (cause?: unknown): AppError =>
  new AppError('payments_unavailable', { detail: 'This instance takes no payments at the moment.', cause });
