/** Lines of chat, as the review queue and accepted appeals change them. */
import type { ChannelId, MessageId, StreamId, UserId } from '@virgil/contract';
import type { Tx } from '../../db/index.ts';
import { announce } from '../../db/index.ts';
import { setPrevious } from '../removals/index.ts';
import type { HeldContent } from '../review/index.ts';
import type { LineDecided } from './events.ts';
import { signalLine } from './line-signal.ts';
import { decideLine, type LineStatus, lockLine } from './store.ts';

export const heldLines: HeldContent = {
  async release(tx, id, { at }) {
    await change(tx, id, at, (status) => (status === 'held' || status === 'blocked' ? 'published' : null));
  },
  async hide(tx, id, { at }) {
    await change(tx, id, at, hidden);
  },
  async putBack(tx, id, to, { at }) {
    await change(tx, id, at, () => to);
  },
  async context(tx, id) {
    const line = await lockLine(tx, id);
    if (line === null) return null;
    const { createdAt, message: text, status: state } = line;
    // All three ids come from our own row.
    const ids = {
      authorId: line.userId as UserId,
      channelId: line.channelId as ChannelId,
      streamId: line.streamId as StreamId,
    };
    return { ...ids, state, text, createdAt, videoId: null };
  },
};

function hidden(status: LineStatus): LineStatus | null {
  if (status === 'held') return 'rejected';
  return status === 'published' ? 'removed' : null;
}

async function change(tx: Tx, id: string, at: Date, next: (status: LineStatus) => LineStatus | null): Promise<void> {
  const line = await lockLine(tx, id);
  if (line === null) return;
  // Removed for a report as well: it comes back as this decision leaves it, once that one is taken back.
  if (await setPrevious(tx, { type: 'message', id }, next)) return;
  const status = next(line.status);
  if (status === null || status === line.status) return;
  await decideLine(tx, line, status, at);
  const ids = { streamId: line.streamId as StreamId, messageId: line.id as MessageId };
  const event: LineDecided = { type: 'chat.lineDecided', key: line.streamId, at: at.toISOString(), ...ids };
  await announce(tx, event);
  await signalLine(tx, ids);
}
