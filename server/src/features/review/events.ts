/** What the review queue announces, in order per item. Moderators' open pages follow it. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { DomainEvent } from '../../db/outbox.ts';
import type { ItemRow } from './store.ts';

export interface ReviewItemChanged extends DomainEvent {
  /** `opened`: it waits. `decided`, `escalated`, `undone`: it no longer does, or does again. */
  readonly type: 'review.itemOpened' | 'review.itemDecided' | 'review.itemEscalated' | 'review.itemUndone';
  readonly itemId: string;
  /** Whose moderators see it. */
  readonly channelId: ChannelId | null;
  /** Who else sees it, beside admins. */
  readonly assignedTo: UserId | null;
  readonly status: ItemRow['resolutionStatus'];
  /** Whose act it was; null: the system. */
  readonly by: UserId | null;
}

export function ofItem(
  item: Pick<ItemRow, 'id' | 'channelId' | 'assignedModeratorId'>,
  status: ItemRow['resolutionStatus'],
  by: UserId | null,
  at: Date,
) {
  return {
    key: item.id,
    at: at.toISOString(),
    itemId: item.id,
    // Both ids come from our own row.
    channelId: item.channelId as ChannelId | null,
    assignedTo: item.assignedModeratorId as UserId | null,
    status,
    by,
  };
}
