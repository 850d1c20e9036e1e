/** What is called a message where something is decided: a line of chat, or the words with a tip. */
import type { StreamId, TipId } from '@virgil/contract';
import { and, eq, isNotNull, ne } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { signalNodes } from '../../db/node-signals.ts';
import { announce } from '../../db/outbox.ts';
import { type StoredPrevious, tips } from '../../db/schema/index.ts';
import { messageEvent, TIP_WORDS_CHANGED, type TipWordsChanged } from './events.ts';
import { lockMessage, setMessageStatus } from './store.ts';

type Status = Extract<StoredPrevious, { type: 'message' }>['status'];
type Line = NonNullable<Awaited<ReturnType<typeof lockMessage>>>;
type TipWords = NonNullable<Awaited<ReturnType<typeof lockTip>>>;
type Words = { readonly of: 'chat'; readonly row: Line } | { readonly of: 'tip'; readonly row: TipWords };

/** Null: there are none. Locked until the commit. */
export async function lockWords(
  tx: Tx,
  id: string,
): Promise<(Words & { userId: string | null; status: Status }) | null> {
  const line = await lockMessage(tx, id);
  if (line !== null) return { of: 'chat', row: line, userId: line.userId, status: line.status };
  const tip = await lockTip(tx, id);
  if (tip === null || tip.status === 'none') return null;
  return { of: 'tip', row: tip, userId: tip.userId, status: tip.status };
}

/** Whoever has them on a page loses them, or sees them again. */
export async function setWords(tx: Tx, words: Words, status: Status, at: Date): Promise<void> {
  if (words.of === 'tip') return setTipWords(tx, words.row, status, at);
  await setMessageStatus(tx, words.row, status);
  await announce(
    tx,
    messageEvent(status === 'removed' ? 'removals.messageRemoved' : 'removals.messageRestored', words.row, at),
  );
}

/** The tip stays, and so does its money; the room sees it again under its id, with or without its words. */
export async function setTipWords(
  tx: Tx,
  { id, streamId }: { readonly id: string; readonly streamId: string | null },
  status: Status,
  at: Date,
): Promise<void> {
  await tx.update(tips).set({ messageStatus: status }).where(eq(tips.id, id));
  // Its stream is gone, and with it everybody who saw it.
  if (streamId === null) return;
  // Both come from our own row.
  const ids = { tipId: id as TipId, streamId: streamId as StreamId };
  const event: TipWordsChanged = { type: TIP_WORDS_CHANGED, key: streamId, at: at.toISOString(), ...ids };
  await announce(tx, event);
  await signalNodes(tx, { kind: TIP_WORDS_CHANGED, id: `${streamId} ${id}` });
}

async function lockTip(tx: Tx, id: string) {
  const [row] = await tx
    .select({ id: tips.id, streamId: tips.streamId, userId: tips.tipperId, status: tips.messageStatus })
    .from(tips)
    .where(and(eq(tips.id, id), isNotNull(tips.paidAt), ne(tips.message, '')))
    .for('update');
  return row ?? null;
}
