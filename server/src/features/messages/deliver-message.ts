/**
 * A message reaches the pages the two have open, whichever node these are on: the outbox is followed by one node, which
 * gives the word to all. The word is a hint: a page that comes back asks again.
 */
import { messages as contract, type DirectMessageId, type UserId } from '@virgil/contract';
import type { Database, Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { personOf } from '../channels/index.ts';
import type { MessageDeps } from './deps.ts';
import { describeMessage } from './describe-message.ts';
import { findForDelivery, findOther, idsSince, type StoredMessage } from './store.ts';

type Deps = Pick<MessageDeps, 'database' | 'realtime'>;

const CHANGED = 'message.changed';
const READ = 'messages.read';
const DELETED = 'messages.deleted';
/** Ids in one word, which may have 8,000 bytes. */
const AT_ONCE = 100;

export async function spreadMessage({ database }: { readonly database: Database }, id: DirectMessageId): Promise<void> {
  await database.asSystem('tell every node of a message', (tx) => signalNodes(tx, { kind: CHANGED, id }));
}

/** In the transaction in which somebody read what another wrote to them. */
export async function signalRead(tx: Tx, userId: UserId, otherId: UserId): Promise<void> {
  await signalNodes(tx, { kind: READ, id: `${userId} ${otherId}` });
}

/** In the transaction in which somebody deleted theirs; it concerns their own pages alone. */
export async function signalDeleted(
  tx: Tx,
  userId: UserId,
  otherId: UserId,
  ids: readonly DirectMessageId[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    await signalNodes(tx, { kind: DELETED, id: [userId, otherId, ...ids.slice(from, from + AT_ONCE)].join(' ') });
  }
}

/** A node heard a word, its own ones too. */
export async function hearOfMessages(deps: Deps, { id, kind }: NodeSignal): Promise<void> {
  // Every id in it is one that this product wrote.
  if (kind === CHANGED) return showMessage(deps, id as DirectMessageId);
  if (kind !== READ && kind !== DELETED) return;
  const [reader, other, ...ids] = id.split(' ') as [UserId, UserId, ...DirectMessageId[]];
  if (kind === READ) deps.realtime.toUser(reader, contract.directMessagesRead, { userId: other });
  else deps.realtime.toUser(reader, contract.directMessagesGone, { userId: other, ids });
}

/** This node heard nothing since then (product time). Telling of a message twice does no harm. */
export async function missedMessages(deps: Deps, since: Date): Promise<void> {
  const ids = await deps.database.asSystem('which messages were missed', (tx) => idsSince(tx, since));
  for (const id of ids) await showMessage(deps, id);
}

async function showMessage({ database, realtime }: Deps, id: DirectMessageId): Promise<void> {
  const found = await database.asSystem('show a message to the two it is between', async (tx) => {
    const message = await findForDelivery(tx, id);
    if (message === null) return null;
    const from = await findOther(tx, message.fromUserId as UserId);
    const to = await findOther(tx, message.toUserId as UserId);
    return from === null || to === null ? null : { message, from: personOf(from.person), to: personOf(to.person) };
  });
  if (found === null) return;
  const { from, message, to } = found;
  if (isShownToSender(message)) {
    const clientId = message.clientId === null ? {} : { clientId: message.clientId };
    const payload = { person: to, message: describeMessage(message, from.id), ...clientId };
    realtime.toUser(from.id, contract.directMessageSent, payload);
  }
  if (message.status === 'published' && message.recipientDeletedAt === null) {
    realtime.toUser(to.id, contract.directMessageSent, { person: from, message: describeMessage(message, to.id) });
  }
  if (HIDDEN.has(message.status)) {
    realtime.toUser(from.id, contract.directMessagesGone, { userId: to.id, ids: [id] });
    realtime.toUser(to.id, contract.directMessagesGone, { userId: from.id, ids: [id] });
  }
}

const HIDDEN: ReadonlySet<StoredMessage['status']> = new Set<StoredMessage['status']>(['removed', 'rejected']);

const isShownToSender = ({ senderDeletedAt, status }: StoredMessage): boolean =>
  senderDeletedAt === null && (status === 'published' || status === 'held');
