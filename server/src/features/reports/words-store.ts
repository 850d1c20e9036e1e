/** What is reported as a message: a line of chat, or the words with a tip that was shown among them. */
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { streamMessages } from '../../db/schema/index.ts';
import { findTipWords } from '../tips/index.ts';

export const lineColumns = {
  id: streamMessages.id,
  streamId: streamMessages.streamId,
  channelId: streamMessages.channelId,
  userId: streamMessages.userId,
  displayName: streamMessages.displayName,
  message: streamMessages.message,
  status: streamMessages.status,
  riskScore: streamMessages.riskScore,
  category: streamMessages.category,
  createdAt: streamMessages.createdAt,
};

/** Null when they are gone. No two of either share an id. */
export async function findWords(tx: Tx, id: string) {
  const [line] = await tx.select(lineColumns).from(streamMessages).where(eq(streamMessages.id, id));
  return line ?? (await findTipWords(tx, id));
}
