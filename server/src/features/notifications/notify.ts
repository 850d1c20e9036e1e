/**
 * The inbox's door for every feature: a notice is written in the transaction of the act it tells of, so it is there
 * exactly when the act is. The source document's createSystemMessage and sendMessage.
 */
import { notifications as contract, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import type { NoticesSent } from './events.ts';
import { DELIVER_NOTICE } from './job-kinds.ts';
import { deleteHeldNotice, insertNotices } from './store.ts';

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
  /**
   * Product time. Until then it is listed nowhere, counted nowhere, sent nowhere, and can be cancelled: its act may
   * still be undone. Absent, or not after `at`: at once.
   */
  readonly deliverAt?: Date | undefined;
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
  const rows = notices.map(({ at, data, deliverAt, ...notice }) => ({
    ...notice,
    id: uuidv7(),
    data: { ...data },
    topic: contract.topicOf(notice.kind),
    createdAt: at,
    heldUntil: deliverAt !== undefined && deliverAt > at ? deliverAt : null,
  }));
  await insertNotices(tx, rows);
  for (const { heldUntil, id } of rows) {
    if (heldUntil !== null) await schedule(tx, { kind: DELIVER_NOTICE, key: id, runAt: heldUntil });
  }
  const ids = rows.filter(({ heldUntil }) => heldUntil === null).map(({ id }) => id);
  if (ids[0] !== undefined) await announceSent(tx, ids, first.at);
  return rows.map(({ id }) => id);
}

/**
 * Takes back a notice that waits. False: it was delivered, or is not there; then its act cannot be taken back unheard
 * any more. With the system's rights.
 */
export async function cancelNotice(tx: Tx, id: string): Promise<boolean> {
  const wasHeld = await deleteHeldNotice(tx, id);
  if (wasHeld) await cancel(tx, { kind: DELIVER_NOTICE, key: id });
  return wasHeld;
}

export async function announceSent(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  const event: NoticesSent = { type: 'notifications.sent', key: ids[0] ?? '', at: at.toISOString(), ids };
  await announce(tx, event);
}
