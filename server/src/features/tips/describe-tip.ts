/** A tip as the contract shows it. */
import { badge, type tips as contract, type StreamId, type Tip, type TipId, type UserId } from '@virgil/contract';
import { personOf } from '../channels/index.ts';
import { shownStatus, tipFor } from './policy.ts';
import type { GivenRow, TipRow } from './store.ts';

/** Everything that may be shown to anybody; cut by `tipFor` before it leaves. */
export function wholeTip(row: TipRow): Tip {
  const messageStatus = shownStatus(row.messageStatus);
  return {
    id: row.id as TipId,
    streamId: (row.streamId ?? '') as StreamId,
    userId: row.tipperId as UserId | null,
    displayName: row.displayName,
    badges: row.badges.map((name) => badge.parse(name)),
    amount: { amount: row.amount, currency: row.currency },
    message: messageStatus === 'published' || messageStatus === 'held' ? row.message : null,
    messageStatus,
    createdAt: (row.paidAt ?? row.createdAt).toISOString(),
  };
}

export function answerOf(row: TipRow, checkoutUrl: string | null): contract.TipAnswer {
  const { currency } = row;
  return {
    status: row.status === 'refunded' ? 'paid' : row.status,
    tip: tipFor(wholeTip(row), { userId: row.tipperId as UserId | null, moderates: false }),
    artistShare: { amount: row.artistShare, currency },
    platformShare: { amount: row.platformShare, currency },
    ...(row.status === 'pending' && checkoutUrl !== null ? { checkoutUrl } : {}),
  };
}

export function givenTipOf({ tip: row, creator }: GivenRow): contract.GivenTip {
  const { currency } = row;
  return {
    id: row.id as TipId,
    status: row.status,
    amount: { amount: row.amount, currency },
    artistShare: { amount: row.artistShare, currency },
    platformShare: { amount: row.platformShare, currency },
    message: row.message,
    messageStatus: row.messageStatus,
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    refunded: row.refundedAmount > 0 ? { amount: row.refundedAmount, currency } : null,
    streamId: row.streamId as StreamId | null,
    creator: creator === null ? null : personOf(creator),
  };
}
