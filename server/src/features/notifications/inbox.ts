/** Reading one’s inbox. What one marks on one page is so on all others that one has open. */
import type { notifications as contract, NotificationId, OutputOf, QueryOf, UserId } from '@virgil/contract';
import { z } from 'zod';
import type { Actor, Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database, Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { signalInboxChanged } from './deliver-notices.ts';
import {
  countInbox,
  markAllRead,
  markRead,
  markUnread,
  type NoticeRow,
  noticeOf,
  searchInbox,
  unmarkAllRead,
} from './store.ts';

export interface InboxDeps {
  readonly database: Database;
  readonly clock: Clock;
}

const onlyId = z.tuple([z.string().max(64)]);

export async function listInbox(
  deps: InboxDeps,
  actor: Actor,
  query: QueryOf<typeof contract.listNotifications>,
): Promise<OutputOf<typeof contract.listNotifications>> {
  const { userId } = signedIn(actor);
  const after = decodeCursor(query.cursor, onlyId);
  return deps.database.asActor(actor, async (tx) => {
    const { limit, q: words, topic, unread = false } = query;
    const found = await searchInbox(tx, { userId, unread, topic, words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ id }) => [id]);
    return { items: rows.map(noticeOf), nextCursor, counts: await countInbox(tx, userId) };
  });
}

export async function readNotice(deps: InboxDeps, actor: Actor, id: NotificationId): Promise<contract.Notification> {
  const at = deps.clock.now();
  return mark(deps, actor, (tx, userId) => markRead(tx, userId, id, at));
}

export async function unreadNotice(deps: InboxDeps, actor: Actor, id: NotificationId): Promise<contract.Notification> {
  return mark(deps, actor, (tx, userId) => markUnread(tx, userId, id));
}

async function mark(
  deps: InboxDeps,
  actor: Actor,
  change: (tx: Tx, userId: UserId) => Promise<NoticeRow | null>,
): Promise<contract.Notification> {
  const { userId } = signedIn(actor);
  return deps.database.asActor(actor, async (tx) => {
    const row = await change(tx, userId);
    if (row === null) throw new AppError('not_found');
    await signalInboxChanged(tx, userId);
    return noticeOf(row);
  });
}

export async function readAllNotices(
  deps: InboxDeps,
  actor: Actor,
): Promise<OutputOf<typeof contract.readAllNotifications>> {
  const { userId } = signedIn(actor);
  const at = deps.clock.now();
  const read = await deps.database.asActor(actor, async (tx) => {
    const marked = await markAllRead(tx, userId, at);
    if (marked > 0) await signalInboxChanged(tx, userId);
    return marked;
  });
  return { read, readAt: read === 0 ? null : at.toISOString() };
}

/** A slip is noticed sooner. */
const UNDOABLE_MS = 24 * 3_600_000;

export async function undoReadAll(deps: InboxDeps, actor: Actor, readAt: Date): Promise<{ unread: number }> {
  const { userId } = signedIn(actor);
  if (Math.abs(deps.clock.now().getTime() - readAt.getTime()) > UNDOABLE_MS) return { unread: 0 };
  const unread = await deps.database.asActor(actor, async (tx) => {
    const unmarked = await unmarkAllRead(tx, userId, readAt);
    if (unmarked > 0) await signalInboxChanged(tx, userId);
    return unmarked;
  });
  return { unread };
}

function signedIn(actor: Actor): Person {
  if (actor.kind !== 'person') throw new AppError('sign_in_required');
  return actor;
}
