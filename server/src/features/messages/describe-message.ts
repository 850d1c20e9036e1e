/** A message as one of the two reads it. */
import type { messages as contract, DirectMessageId, UserId } from '@virgil/contract';
import type { MessageRow } from './store.ts';

export function describeMessage(row: MessageRow, reader: UserId): contract.DirectMessage {
  return {
    id: row.id as DirectMessageId,
    mine: row.fromUserId === reader,
    message: row.message,
    status: row.status === 'held' ? 'held' : 'published',
    createdAt: row.createdAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
  };
}
