/** What one paid, and what everybody paid. */
import type { payments as contract, OutputOf, QueryOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, instantAndId, pageOf } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { PaymentDeps } from './deps.ts';
import { adminPaymentOf, disputeOf, paymentOf } from './describe.ts';
import {
  countDisputes,
  countDisputesOf,
  countPayments,
  disputesOfPayments,
  type FoundPayment,
  refundsForAdmins,
  refundsShown,
  searchDisputes,
  searchPayments,
} from './list-store.ts';

const keyOf = ({ payment }: FoundPayment) => [payment.createdAt.toISOString(), payment.id];

export async function listPayments(
  { database }: PaymentDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listPayments>,
): Promise<OutputOf<typeof contract.listPayments>> {
  const payerId = personOfActor(actor).userId;
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit, q: words, status } = query;
  return database.asActor(actor, async (tx) => {
    const found = await searchPayments(tx, { payerId, words, status, after, limit });
    const { nextCursor, rows } = pageOf(found, limit, keyOf);
    return { items: await described(tx, rows), nextCursor, counts: await countPayments(tx, payerId) };
  });
}

export async function getPayment({ database }: PaymentDeps, actor: Actor, id: string): Promise<contract.Payment> {
  const payerId = personOfActor(actor).userId;
  const [item] = await database.asActor(actor, async (tx) =>
    described(tx, await searchPayments(tx, { payerId, id, words: undefined, after: null, limit: 1 })),
  );
  if (item === undefined) throw new AppError('not_found');
  return item;
}

async function described(tx: Tx, rows: readonly FoundPayment[]): Promise<contract.Payment[]> {
  const refunds = await refundsShown(
    tx,
    rows.map(({ payment }) => payment.id),
  );
  return rows.map(({ payee, payment }) =>
    paymentOf(
      payment,
      payee,
      refunds.filter(({ paymentId }) => paymentId === payment.id),
    ),
  );
}

export async function listAllPayments(
  { database }: PaymentDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listAllPayments>,
): Promise<OutputOf<typeof contract.listAllPayments>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit, q: words, status } = query;
  return database.asActor(actor, async (tx) => {
    const found = await searchPayments(tx, { words, status, after, limit });
    const { nextCursor, rows } = pageOf(found, limit, keyOf);
    return { items: await describedForAdmins(tx, rows), nextCursor, counts: await countPayments(tx, null) };
  });
}

export async function paymentForAdmins({ database }: PaymentDeps, actor: Actor, id: string) {
  const [item] = await database.asActor(actor, async (tx) =>
    describedForAdmins(tx, await searchPayments(tx, { id, words: undefined, after: null, limit: 1 })),
  );
  if (item === undefined) throw new AppError('not_found');
  return item;
}

async function describedForAdmins(tx: Tx, rows: readonly FoundPayment[]): Promise<contract.AdminPayment[]> {
  const ids = rows.map(({ payment }) => payment.id);
  const refunds = await refundsForAdmins(tx, ids);
  const disputes = await disputesOfPayments(tx, ids);
  const ofPayers = await countDisputesOf(
    tx,
    rows.map(({ payment }) => payment.payerId),
  );
  return rows.map(({ payee, payer, payment }) =>
    adminPaymentOf(payment, {
      payer,
      payee,
      refunds: refunds.filter(({ refund }) => refund.paymentId === payment.id),
      disputes: disputes.filter(({ paymentId }) => paymentId === payment.id),
      payerDisputes: ofPayers.get(payment.payerId) ?? 0,
    }),
  );
}

export async function listDisputes(
  { database }: PaymentDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listDisputes>,
): Promise<OutputOf<typeof contract.listDisputes>> {
  const after = decodeCursor(query.cursor, instantAndId);
  const { limit, q: words, status } = query;
  return database.asActor(actor, async (tx) => {
    const found = await searchDisputes(tx, { words, status, after, limit });
    const { nextCursor, rows } = pageOf(found, limit, ({ dispute }) => [dispute.openedAt.toISOString(), dispute.id]);
    const items = rows.map(({ dispute, payee, payer, payment }) => disputeOf(dispute, payment, { payer, payee }));
    return { items, nextCursor, counts: await countDisputes(tx) };
  });
}
