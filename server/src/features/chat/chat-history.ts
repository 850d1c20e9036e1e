/** A page of a livestream's chat for the REST route. Whether the caller may watch is the route's to check. */
import type { ChatMessage, StreamId } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Database } from '../../db/index.ts';
import { readAs } from '../channels/index.ts';
import { readHistory } from './store.ts';

export interface ChatHistoryQuery {
  readonly streamId: StreamId;
  /** At most 200. */
  readonly limit: number;
  /** A message's id: only older ones. */
  readonly before?: string | undefined;
}

/**
 * Oldest first within the page; `nextCursor` leads to older ones. A person's own held messages are among theirs, and
 * all held ones where they moderate.
 */
export async function chatHistory(
  database: Database,
  actor: Actor,
  { streamId, limit, before }: ChatHistoryQuery,
): Promise<{ items: ChatMessage[]; nextCursor: string | null }> {
  const userId = actor.kind === 'person' ? actor.userId : null;
  const isAdmin = actor.kind === 'person' && actor.role === 'admin';
  const rows = await readAs(database, actor, (tx) => readHistory(tx, { streamId, userId, isAdmin, before, limit }));
  const page = rows.slice(0, limit);
  const oldest = page.at(-1);
  return { items: page.toReversed(), nextCursor: rows.length > limit && oldest ? oldest.id : null };
}
