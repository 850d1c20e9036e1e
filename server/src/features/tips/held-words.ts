/** The words with a tip, as the review queue and accepted appeals change them. */
import type { Tx } from '../../db/database.ts';
import { setPrevious, setTipWords } from '../removals/index.ts';
import type { HeldContent } from '../review/index.ts';
import { lockTipWords, type TipWords } from './words.ts';

type Status = TipWords['status'];

export const heldTipWords: HeldContent = {
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
    const words = await lockTipWords(tx, id);
    if (words === null) return null;
    const { channelId, createdAt, message: text, status: state, streamId, userId: authorId } = words;
    return { state, authorId, text, createdAt, channelId, streamId, videoId: null };
  },
};

function hidden(status: Status): Status | null {
  if (status === 'held') return 'rejected';
  return status === 'published' ? 'removed' : null;
}

async function change(tx: Tx, id: string, at: Date, next: (status: Status) => Status | null): Promise<void> {
  const words = await lockTipWords(tx, id);
  // Removed for a report as well: they come back as this decision leaves them, once that one is taken back.
  if (words === null || (await setPrevious(tx, { type: 'message', id }, next))) return;
  const status = next(words.status);
  if (status !== null && status !== words.status) await setTipWords(tx, words, status, at);
}
