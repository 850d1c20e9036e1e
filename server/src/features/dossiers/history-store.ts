/** What happened to and through one person, from every table that knows, in one order. */
import type { dossiers, UserId } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

export interface HistoryRow {
  readonly at: Date;
  readonly kind: dossiers.HistoryKind;
  readonly id: string;
  readonly words: string | null;
  readonly note: string | null;
  readonly by: string | null;
}

export interface HistorySearch {
  readonly userId: UserId;
  readonly kind: dossiers.HistoryKind | undefined;
  /** What has an end by the clock shows it once it has come. */
  readonly at: Date;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** Each line: when, kind, id, words, note, by whom (an id). */
function lines(userId: UserId, at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`
    select created_at as at, 'joined' as kind, id, null::text as words, null::text as note, null::text as by_id
      from profiles where id = ${userId}
    union all select started_at, 'stream_started', id, title, null, null from livestreams where channel_id = ${userId}
    union all select ended_at, 'stream_ended', id, title, end_reason, null
      from livestreams where channel_id = ${userId} and ended_at is not null
    union all select created_at, 'report_about', id, null, reason || ' ' || status, null
      from reports where subject_owner_id = ${userId}
    union all select v.created_at, 'report_by', v.report_id, nullif(v.description, ''), v.reason || ' ' || r.status, null
      from report_voices as v join reports as r on r.id = v.report_id where v.reporter_id = ${userId}
    union all select issued_at, 'strike', id, reason, source_kind, issued_by
      from content_safety_strikes where user_id = ${userId}
    union all select lifted_at, 'strike_lifted', id, lifted_reason, lifted_cause, lifted_by
      from content_safety_strikes where user_id = ${userId} and lifted_at is not null
    union all select expires_at, 'strike_expired', id, null, null, null
      from content_safety_strikes where user_id = ${userId} and lifted_at is null and expires_at <= ${now}
    union all select issued_at, 'penalty', id, reason,
        case when cause = 'strikes' then 'strikes' else severity end, issued_by
      from admin_penalties where user_id = ${userId}
    union all select coalesce(deactivated_at, expires_at), 'penalty_ended', id, deactivation_reason, null, deactivated_by
      from admin_penalties where user_id = ${userId} and coalesce(deactivated_at, expires_at) <= ${now}
    union all select created_at, 'appeal', id, nullif(appeal_reason, ''),
        case when strike_id is null then 'penalty' else 'strike' end, null
      from appeals where user_id = ${userId}
    union all select reviewed_at, 'appeal_decided', id, resolution_message, status, reviewed_by_admin_id
      from appeals where user_id = ${userId} and reviewed_at is not null
    union all select created_at, 'timeout', id, reason, channel_id, moderator_id
      from timed_out_users where user_id = ${userId}
    union all select created_at, 'channel_ban', id, reason, channel_id, banned_by
      from banned_viewers where user_id = ${userId}
    union all select created_at, 'notice', id, text, kind, null from notifications where user_id = ${userId}`;
}

/** Newest first; one more than `limit` when there is more. */
export async function searchHistory(tx: Tx, search: HistorySearch): Promise<HistoryRow[]> {
  const { after, at, kind, limit, userId } = search;
  const key = sql`h.kind || ':' || h.id`;
  const { rows } = await tx.execute<Omit<HistoryRow, 'at'> & { at: string }>(sql`
    select h.at, h.kind, h.id, h.words, h.note, p.display_name as by
    from (${lines(userId, at)}) as h left join profiles as p on p.id = h.by_id
    where ${kind === undefined ? sql`true` : sql`h.kind = ${kind}`}
      and ${after === null ? sql`true` : sql`(h.at, ${key}) < (${after[0]}::timestamptz, ${after[1]})`}
    order by h.at desc, ${key} desc limit ${limit + 1}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export const keyOf = (row: HistoryRow): readonly [string, string] => [row.at.toISOString(), `${row.kind}:${row.id}`];
