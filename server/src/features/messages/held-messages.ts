/** Direct messages, as the review queue and accepted appeals change them. */
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { hasBlocked } from '../blocks/index.ts';
import { setPrevious } from '../removals/index.ts';
import type { HeldContent } from '../review/index.ts';
import { messageChanged } from './events.ts';
import { arrive, forgetUnread, lockMessage, type MessageStatus, type StoredMessage, updateMessage } from './store.ts';

export const heldMessages: HeldContent = {
  async release(tx, id, { at }) {
    await change(tx, id, at, (status) => (status === 'held' || status === 'blocked' ? 'published' : null), at);
  },
  async hide(tx, id, { at }) {
    await change(tx, id, at, (status) => HIDDEN[status] ?? null);
  },
  async putBack(tx, id, to, { at }) {
    await change(tx, id, at, () => to);
  },
  async context(tx, id) {
    const message = await lockMessage(tx, id);
    if (message === null || isWithdrawn(message)) return null;
    const { createdAt, message: text, status: state } = message;
    const authorId = message.fromUserId as UserId;
    return { state, authorId, text, createdAt, channelId: null, streamId: null, videoId: null };
  },
};

const HIDDEN: Partial<Record<MessageStatus, MessageStatus>> = { held: 'rejected', published: 'removed' };

/** Neither of the two has it any more. */
const isWithdrawn = ({ recipientDeletedAt, senderDeletedAt }: StoredMessage) =>
  recipientDeletedAt !== null && senderDeletedAt !== null;

async function change(
  tx: Tx,
  id: string,
  at: Date,
  next: (status: MessageStatus) => MessageStatus | null,
  approvedAt?: Date,
): Promise<void> {
  const message = await lockMessage(tx, id);
  if (message === null || isWithdrawn(message)) return;
  // Removed for a report as well: it comes back as this decision leaves it, once that one is taken back.
  if (await setPrevious(tx, { type: 'direct_message', id }, next)) return;
  const status = next(message.status);
  if (status === null || status === message.status) return;
  const cleared = status === 'held' ? { approvedAt: null } : {};
  await updateMessage(tx, id, { status, ...(approvedAt === undefined ? cleared : { approvedAt }) });
  if (status === 'published') await publish(tx, message, at);
  else await forgetUnread(tx, id);
  await announce(tx, messageChanged(message, at));
}

/** Whoever blocked its author while it waited does not get it. */
async function publish(tx: Tx, message: StoredMessage, at: Date): Promise<void> {
  const [from, to] = [message.fromUserId as UserId, message.toUserId as UserId];
  const isClosed = message.recipientDeletedAt !== null || (await hasBlocked(tx, { userId: to, otherId: from }));
  if (isClosed) await updateMessage(tx, message.id, { recipientDeletedAt: message.recipientDeletedAt ?? at });
  else await arrive(tx, message, at);
}
