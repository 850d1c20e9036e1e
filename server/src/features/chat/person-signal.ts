/**
 * The word by which every node reads again what somebody may do: the outbox is followed by one node, and whoever lost a
 * role may have their sockets on another. Late or twice does no harm.
 */
import type { ChannelId, UserId } from '@virgil/contract';
import type { Database } from '../../db/index.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';

const PERSON_CHANGED = 'chat.person';
const NAMES_NODES = 'every node reads again what somebody may do';

/** `channelId` null: in every channel. */
export interface PersonRef {
  readonly userId: UserId;
  readonly channelId: ChannelId | null;
}

export async function spreadPerson(database: Database, { channelId, userId }: PersonRef): Promise<void> {
  const id = channelId === null ? userId : `${userId} ${channelId}`;
  await database.asSystem(NAMES_NODES, (tx) => signalNodes(tx, { kind: PERSON_CHANGED, id }));
}

/** Null for another word. */
export function personIn({ id, kind }: NodeSignal): PersonRef | null {
  if (kind !== PERSON_CHANGED) return null;
  // Written by the function above.
  const [userId, channelId = null] = id.split(' ') as [UserId, ChannelId?];
  return { userId, channelId };
}
