/** What becomes of a tip when its payment does. Runs in the transaction in which the money is posted. */
import type { ChannelId, StreamId, TipId, UserId } from '@virgil/contract';
import { category } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { notify } from '../notifications/index.ts';
import type { Settlement } from '../payments/index.ts';
import { issueStatement } from '../statements/index.ts';
import type { TipEvent } from './events.ts';
import { noticeOfHeld, statementOfBlocked } from './notices.ts';
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
    await tellAuthor(tx, paid, payment.at, receipt);
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

/** Whose words were withheld is told so, and why. */
async function tellAuthor(tx: Tx, row: TipRow, at: Date, receipt: string): Promise<void> {
  if (row.tipperId === null || (row.messageStatus !== 'held' && row.messageStatus !== 'blocked')) return;
  const streamTitle = await titleOfStream(tx, row.streamId);
  const words = { row, userId: row.tipperId as UserId, category: categoryOf(row), streamTitle, at };
  if (row.messageStatus === 'held') await notify(tx, noticeOfHeld(words));
  else await issueStatement(tx, statementOfBlocked(words, receipt));
}

/** Words without a category are published, whatever they scored. */
const categoryOf = (row: TipRow) => category.catch('toxicity').parse(row.category);

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

function eventsOf(row: TipRow, at: Date): TipEvent[] {
  if (row.streamId === null) return [];
  const ids = { tipId: row.id as TipId, streamId: row.streamId as StreamId };
  const base = { key: row.streamId, at: at.toISOString(), ...ids };
  const events: TipEvent[] = [{ type: 'tip.paid', ...base }];
  if (row.messageStatus === 'held' || row.messageStatus === 'blocked') {
    events.push({
      type: row.messageStatus === 'held' ? 'tip.messageHeld' : 'tip.messageBlocked',
      ...base,
      channelId: row.channelId as ChannelId,
      userId: row.tipperId as UserId,
      score: row.riskScore,
      category: categoryOf(row),
      scoredBy: row.scoredBy ?? '',
      reason: row.reason ?? '',
    });
  }
  return events;
}
