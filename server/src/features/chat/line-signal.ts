/** The word by which every node looks at one line of chat again. */
import type { MessageId, StreamId } from '@virgil/contract';
import type { Tx } from '../../db/index.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';

export interface LineRef {
  readonly streamId: StreamId;
  readonly messageId: MessageId;
}

const LINE_CHANGED = 'chat.line';

/** Part of the transaction that decides, or that gives a line its place. */
export const signalLine = (tx: Tx, { messageId, streamId }: LineRef): Promise<void> =>
  signalNodes(tx, { kind: LINE_CHANGED, id: `${streamId} ${messageId}` });

/** Null for another word. */
export function lineOf({ id, kind }: NodeSignal): LineRef | null {
  const [streamId, messageId] = id.split(' ');
  if (kind !== LINE_CHANGED || streamId === undefined || messageId === undefined) return null;
  // Written by the function above.
  return { streamId: streamId as StreamId, messageId: messageId as MessageId };
}
