/**
 * Notices that were just written reach the pages their receivers have open, whichever node these are on: the outbox is
 * followed by one node, which gives the word to all. The word is a hint: a page that comes back asks for the inbox.
 */
import { notifications as contract, type UserId } from '@virgil/contract';
import type { Database, Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { NoticesSent } from './events.ts';
import { findNotices, noticeOf, receiversSince } from './store.ts';

const SENT = 'notices.sent';
const CHANGED = 'inbox.changed';
/** Ids in one word, which may have 8,000 bytes. */
const AT_ONCE = 100;

export interface PageDeps {
  readonly database: Database;
  readonly realtime: Realtime;
}

export async function deliverNotices({ database }: Pick<PageDeps, 'database'>, { ids }: NoticesSent): Promise<void> {
  await database.asSystem('tell every node of notices', async (tx) => {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await signalNodes(tx, { kind: SENT, id: ids.slice(from, from + AT_ONCE).join(' ') });
    }
  });
}

/** In the transaction of the change. */
export async function signalInboxChanged(tx: Tx, userId: UserId): Promise<void> {
  await signalNodes(tx, { kind: CHANGED, id: userId });
}

/** A node heard a word, its own ones too. */
export async function hearOfNotices(deps: PageDeps, { id, kind }: NodeSignal): Promise<void> {
  if (kind === SENT) await showNotices(deps, id.split(' '));
  // It is one that this product wrote.
  else if (kind === CHANGED) deps.realtime.toUser(id as UserId, contract.inboxChanged, {});
}

/** Longer than any notice is held: one that was written before and delivered since is among them too. */
const HELD_AT_MOST_MS = 60_000;

/** This node heard nothing since then (product time). */
export async function missedNotices({ database, realtime }: PageDeps, since: Date): Promise<void> {
  const from = new Date(since.getTime() - HELD_AT_MOST_MS);
  const users = await database.asSystem('whose notices were missed', (tx) => receiversSince(tx, from));
  for (const id of users) realtime.toUser(id as UserId, contract.inboxChanged, {});
}

export async function showNotices({ database, realtime }: PageDeps, ids: readonly string[]): Promise<void> {
  const rows = await database.asSystem('show notices to their receivers', (tx) => findNotices(tx, ids));
  for (const row of rows) realtime.toUser(row.userId as UserId, contract.notificationSent, noticeOf(row));
}
