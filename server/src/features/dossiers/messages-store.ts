/** What a person wrote, with its scores and what became of it. */
import type { UserId } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';

/**
 * Lines of chat and comments, which stand or stood in public; of messages between people only those that were found to
 * be a breach: nobody reads the others. Each part stops at `limit`, so that a long life in chat is not sorted for twenty
 * lines. Columns as in `history-store.ts`.
 */
export function messageLines(userId: UserId, after: readonly [string, string] | null, limit: number): SQL {
  const before = after === null ? sql`true` : sql`created_at <= ${after[0]}::timestamptz`;
  // Those of the very moment the cursor stands at come once more, and are passed over outside.
  const most = sql`${limit + (after === null ? 1 : 50)}::integer`;
  /** Where a text was judged, or else where it stands. */
  const judged = (shown: SQL, type: string, content: SQL, otherwise: SQL) => sql`coalesce((
    select ${shown} from moderator_review_queue as q
    where q.content_id = ${content} and q.source_type = ${type} order by q.id desc limit 1), ${otherwise})`;
  const goal = sql`case when q.escalated_at is null then 'item' else 'escalation' end`;
  const goalId = sql`q.id`;
  const newest = (table: SQL) =>
    sql`(select * from ${table} where user_id = ${userId} and ${before} order by created_at desc limit ${most})`;
  return sql`
    select w.created_at as at, 'message' as kind, w.id, w.message as words, w.status as note, null::text as by_id,
        ${judged(goal, 'live', sql`w.id`, sql`'stream'`)} as goal,
        ${judged(goalId, 'live', sql`w.id`, sql`w.stream_id`)} as goal_id, w.risk_score, w.category
      from ${newest(sql`stream_messages`)} as w
    union all select w.created_at, 'message', w.id, w.message, w.status, null,
        ${judged(goal, 'comment', sql`w.id`, sql`'video'`)}, ${judged(goalId, 'comment', sql`w.id`, sql`w.video_id`)},
        w.risk_score, w.category
      from ${newest(sql`video_comments`)} as w
    union all select w.created_at, 'message', w.content_id, w.content, coalesce(w.resolved_because, w.action), null,
        ${judged(goal, 'inboxMessage', sql`w.content_id`, sql`null`)},
        ${judged(goalId, 'inboxMessage', sql`w.content_id`, sql`null`)}, w.risk_score, w.category
      from (select * from user_violations where user_id = ${userId} and source_type = 'inboxMessage' and ${before}
        order by created_at desc limit ${most}) as w`;
}
