/** The inbox's door for every feature: a notice is written in the transaction of the act it tells of. */
import type { UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import type { NoticesSent } from './events.ts';
import { insertNotices } from './store.ts';

export interface Notice {
  readonly userId: UserId;
  /** Whose act it tells of; null for the system. Not shown. Row security lets nobody write in another's name. */
  readonly sentBy: UserId | null;
  /** Stable: picks translation and link. */
  readonly kind: string;
  /** The English letter of the notice. */
  readonly text: string;
  /** What the translation needs. */
  readonly data: Readonly<Record<string, string>>;
  readonly at: Date;
}

/** Returns the notice's id. */
export async function notify(tx: Tx, notice: Notice): Promise<string> {
  const [id] = await notifyAll(tx, [notice]);
  if (id === undefined) throw new Error('a notice was not written');
  return id;
}

/** Up to a few hundred at once; they reach open sockets after the commit. */
export async function notifyAll(tx: Tx, notices: readonly Notice[]): Promise<readonly string[]> {
  const first = notices[0];
  if (first === undefined) return [];
  const rows = notices.map(({ at, data, ...notice }) => ({
    ...notice,
    id: uuidv7(),
    data: { ...data },
    createdAt: at,
  }));
  await insertNotices(tx, rows);
  const ids = rows.map(({ id }) => id);
  const event: NoticesSent = { type: 'notifications.sent', key: ids[0] ?? '', at: first.at.toISOString(), ids };
  await announce(tx, event);
  return ids;
}
