/** What becomes of a tip when its payment does. Runs in the transaction in which the money is posted. */
import type { StreamId, TipId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { recordModerated } from '../moderation/index.ts';
import type { Settlement } from '../payments/index.ts';
import type { TipEvent } from './events.ts';
import { moderatedTip } from './judgement.ts';
import { lockTip, type TipRow, titleOfStream, updateTip } from './store.ts';

export const tipSettlement: Settlement = {
  async paid(tx, payment) {
    const row = await lockTip(tx, payment.purpose.id);
    if (row === null) throw new Error(`a payment for a tip that is not there: ${payment.purpose.id}`);
    if (row.status === 'paid' || row.status === 'refunded') return;
    const paid = { ...row, status: 'paid', paidAt: payment.at, paymentId: payment.id } as const;
    await updateTip(tx, row.id, { status: 'paid', paidAt: payment.at, paymentId: payment.id });
    const [receipt] = await recordTip(tx, paid, payment.at);
    await announce(tx, eventsOf(paid, payment.at));
    await followWords(tx, paid, payment.at, receipt);
  },

  async failed(tx, payment) {
    const row = await lockTip(tx, payment.purpose.id);
    if (row?.status === 'pending') await updateTip(tx, row.id, { status: 'failed', paymentId: payment.id });
  },

  async refunded(tx, { payment, refundedTotal, isFull }) {
    const row = await lockTip(tx, payment.purpose.id);
    if (row === null || row.paidAt === null) return;
    // A refund that came back makes it a tip again.
    await updateTip(tx, row.id, { status: isFull ? 'refunded' : 'paid', refundedAmount: Number(refundedTotal) });
  },
};

/** Words that are withheld wait for a moderator from now on, and their author is told. */
async function followWords(tx: Tx, row: TipRow, at: Date, receipt: string): Promise<void> {
  const moderated = moderatedTip(row, { streamTitle: await titleOfStream(tx, row.streamId), receipt, at });
  if (moderated !== null) await recordModerated(tx, moderated);
}

async function recordTip(tx: Tx, row: TipRow, at: Date): Promise<[eventId: string]> {
  const { amount, artistShare, currency, messageStatus, paymentId, platformShare } = row;
  return recordAudit(tx, {
    type: 'LIVESTREAM_TIP',
    entity: 'livestream',
    entityId: row.streamId ?? '',
    actorId: row.tipperId,
    at,
    details: { tipId: row.id, paymentId, amount, currency, artistShare, platformShare, messageStatus },
  });
}

function eventsOf({ id, streamId }: TipRow, at: Date): TipEvent[] {
  if (streamId === null) return [];
  const ids = { tipId: id as TipId, streamId: streamId as StreamId };
  return [{ type: 'tip.paid', key: streamId, at: at.toISOString(), ...ids }];
}
