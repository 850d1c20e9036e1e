/** Shows notices that were just written to those whose pages are open. */
import { notifications as contract, type UserId } from '@virgil/contract';
import type { Database } from '../../db/database.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { NoticesSent } from './events.ts';
import { findNotices, noticeOf } from './store.ts';

export async function deliverNotices(
  deps: { readonly database: Database; readonly realtime: Realtime },
  { ids }: NoticesSent,
): Promise<void> {
  const rows = await deps.database.asSystem('show notices to their receivers', (tx) => findNotices(tx, ids));
  for (const row of rows) deps.realtime.toUser(row.userId as UserId, contract.notificationSent, noticeOf(row));
}
