/** The words with a tip, for those who decide about what people write. The tip itself stays, and so does its money. */
import type { ChannelId, StreamId, TipId, UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { findTip, lockTip, type TipRow } from './store.ts';

export interface TipWords {
  readonly id: TipId;
  readonly streamId: StreamId;
  readonly channelId: ChannelId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly message: string;
  readonly status: Exclude<TipRow['messageStatus'], 'none'>;
  readonly riskScore: number;
  readonly category: string | null;
  readonly createdAt: Date;
}

/** Null: no tip that was paid has this id, it came without words, or their author or their room is gone. */
export const findTipWords = async (tx: Tx, id: string): Promise<TipWords | null> => wordsOf(await findTip(tx, id));

/** Needs the system's rights. */
export const lockTipWords = async (tx: Tx, id: string): Promise<TipWords | null> => wordsOf(await lockTip(tx, id));

function wordsOf(row: TipRow | null): TipWords | null {
  if (row === null || row.paidAt === null || row.messageStatus === 'none' || row.message === '') return null;
  const { channelId, messageStatus: status, streamId, tipperId } = row;
  if (channelId === null || streamId === null || tipperId === null) return null;
  return {
    // All four come from our own row.
    id: row.id as TipId,
    streamId: streamId as StreamId,
    channelId: channelId as ChannelId,
    userId: tipperId as UserId,
    displayName: row.displayName,
    message: row.message,
    status,
    riskScore: row.riskScore,
    category: row.category,
    createdAt: row.createdAt,
  };
}
