/** The slices that own what people write, behind what decisions do to a text. */
import { heldLines } from '../features/chat/index.ts';
import { heldComments } from '../features/comments/index.ts';
import { heldMessages } from '../features/messages/index.ts';
import type { HeldContent, HeldContents } from '../features/review/index.ts';
import { heldTipWords } from '../features/tips/index.ts';

/** In a livestream: a line of its chat, or the words with a tip. No two of either share an id. */
const heldLive: HeldContent = {
  async release(tx, id, how) {
    await heldLines.release(tx, id, how);
    await heldTipWords.release(tx, id, how);
  },
  async hide(tx, id, how) {
    await heldLines.hide(tx, id, how);
    await heldTipWords.hide(tx, id, how);
  },
  async putBack(tx, id, to, how) {
    await heldLines.putBack(tx, id, to, how);
    await heldTipWords.putBack(tx, id, to, how);
  },
  context: async (tx, id) => (await heldLines.context(tx, id)) ?? (await heldTipWords.context(tx, id)),
};

export const heldContents: HeldContents = { live: heldLive, comment: heldComments, inboxMessage: heldMessages };
