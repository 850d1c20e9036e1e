/** Reading one's inbox. */
import type { notifications as contract, NotificationId, OutputOf, QueryOf } from '@virgil/contract';
import { z } from 'zod';
import type { Actor, Person } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import { countInbox, markAllRead, markRead, noticeOf, searchInbox } from './store.ts';

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
    const { limit, q: words, unread = false } = query;
    const found = await searchInbox(tx, { userId, unread, words, after, limit });
    const { rows, nextCursor } = pageOf(found, limit, ({ id }) => [id]);
    return { items: rows.map(noticeOf), nextCursor, counts: await countInbox(tx, userId) };
  });
}

export async function readNotice(deps: InboxDeps, actor: Actor, id: NotificationId): Promise<contract.Notification> {
  const { userId } = signedIn(actor);
  const row = await deps.database.asActor(actor, (tx) => markRead(tx, userId, id, deps.clock.now()));
  if (row === null) throw new AppError('not_found');
  return noticeOf(row);
}

export async function readAllNotices(deps: InboxDeps, actor: Actor): Promise<{ read: number }> {
  const { userId } = signedIn(actor);
  return { read: await deps.database.asActor(actor, (tx) => markAllRead(tx, userId, deps.clock.now())) };
}

function signedIn(actor: Actor): Person {
  if (actor.kind !== 'person') throw new AppError('sign_in_required');
  return actor;
}
