/**
 * The completion bonus: from the promotion account to the creator whole, once a stream, in the transaction of the end.
 * It is credited whoever ends the stream. A decision against it has its own means, with their own reasons and appeals;
 * to keep back what was earned before would be one more restriction (Regulation (EU) 2022/2065, Article 17(1)(b)).
 */
import type { Money, StreamId, UserId } from '@virgil/contract';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { creatorAccount, platformAccount } from './accounts.ts';
import { completionBonus } from './policy.ts';
import { postTransfer } from './post-transfer.ts';

export interface EndedStream {
  readonly id: StreamId;
  readonly creatorId: UserId;
  readonly receivedMs: number;
}

/** `tx` must be the system's. Null when the stream was too short for one. */
export async function creditBonus(tx: Tx, stream: EndedStream, at: Date): Promise<Money | null> {
  const amount = completionBonus(stream.receivedMs);
  if (amount === 0n) return null;
  const { transferId, replayed } = await postTransfer(tx, {
    kind: 'bonus',
    key: `bonus:${stream.id}`,
    at,
    currency: 'USD',
    streamId: stream.id,
    entries: [
      { account: platformAccount('promotion'), amount: -amount },
      { account: creatorAccount(stream.creatorId, 'available'), amount },
    ],
  });
  const bonus = { amount: Number(amount), currency: 'USD' } as const;
  if (!replayed) {
    await recordAudit(tx, {
      type: 'BONUS_CREDITED',
      entity: 'livestream',
      entityId: stream.id,
      actorId: null,
      at,
      details: { transferId, creatorId: stream.creatorId, ...bonus },
    });
  }
  return bonus;
}
