/** What happened to and through one person, from every table that knows, in one order. */
import { category as categories, dossiers, type UserId } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { messageLines } from './messages-store.ts';

type Entry = dossiers.HistoryEntry;

export interface HistoryRow extends Omit<Entry, 'at'> {
  readonly at: Date;
}

export interface HistorySearch {
  readonly userId: UserId;
  readonly kind: dossiers.HistoryKind | undefined;
  readonly of: 'messages' | 'decisions' | undefined;
  /** What has an end by the clock shows it once it has come. */
  readonly at: Date;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

const statementOf = (kind: string, id: SQL) =>
  sql`(select s.id from statements_of_reasons as s where s.decision_kind = ${kind} and s.decision_id = ${id})`;
/** An item that went to the admins is read on their page. */
const itemGoal = (id: SQL) =>
  sql`(select case when q.escalated_at is null then 'item' else 'escalation' end from moderator_review_queue as q where q.id = ${id})`;

/** Each line: when, kind, id, words, note, by whom (an id), where it leads to (type and id). */
function lines(userId: UserId, at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`
    select created_at as at, 'joined' as kind, id, null::text as words, null::text as note, null::text as by_id,
        null::text as goal, null::text as goal_id
      from profiles where id = ${userId}
    union all select started_at, 'stream_started', id, title, null, null, 'stream', id
      from livestreams where channel_id = ${userId}
    union all select ended_at, 'stream_ended', id, title, end_reason, null, 'stream', id
      from livestreams where channel_id = ${userId} and ended_at is not null
    union all select created_at, 'report_about', id, null, reason || ' ' || status, null, 'report', id
      from reports where subject_owner_id = ${userId}
    union all select v.created_at, 'report_by', v.report_id, nullif(v.description, ''), v.reason || ' ' || r.status, null,
        'report', v.report_id
      from report_voices as v join reports as r on r.id = v.report_id where v.reporter_id = ${userId}
    union all select issued_at, 'strike', s.id, reason, source_kind, issued_by,
        case source_kind when 'report' then 'report' when 'dmca' then 'dmca' when 'review' then ${itemGoal(sql`s.source_id`)}
          end, source_id
      from content_safety_strikes as s where user_id = ${userId} and lifted_cause is distinct from 'undone'
    union all select lifted_at, 'strike_lifted', id, lifted_reason, lifted_cause, lifted_by, null, null
      from content_safety_strikes
      where user_id = ${userId} and lifted_at is not null and lifted_cause is distinct from 'undone'
    union all select expires_at, 'strike_expired', id, null, null, null, null, null
      from content_safety_strikes where user_id = ${userId} and lifted_at is null and expires_at <= ${now}
    union all select issued_at, 'penalty', id, reason,
        case when cause = 'strikes' then 'strikes' else severity end, issued_by,
        'statement', ${statementOf('penalty', sql`admin_penalties.id`)}
      from admin_penalties where user_id = ${userId}
    union all select coalesce(deactivated_at, expires_at), 'penalty_ended', id, deactivation_reason, null, deactivated_by,
        null, null
      from admin_penalties where user_id = ${userId} and coalesce(deactivated_at, expires_at) <= ${now}
    union all select created_at, 'appeal', id, nullif(appeal_reason, ''),
        case when strike_id is not null then 'strike' when violation_id is not null then 'violation'
          when timeout_id is not null then 'timeout' when ban_record_id is not null then 'ban' else 'penalty' end, null,
        'appeal', id
      from appeals where user_id = ${userId}
    union all select reviewed_at, 'appeal_decided', id, resolution_message, status, reviewed_by_admin_id, 'appeal', id
      from appeals where user_id = ${userId} and reviewed_at is not null
    union all select created_at, 'timeout', id, reason, channel_id, moderator_id, ${itemGoal(sql`review_item_id`)},
        review_item_id
      from timed_out_users where user_id = ${userId} and lifted_cause is distinct from 'undone'
    union all select lifted_at, 'timeout_lifted', id, lifted_reason, lifted_cause, lifted_by, null, null
      from timed_out_users
      where user_id = ${userId} and lifted_at is not null and lifted_cause is distinct from 'undone'
    union all select created_at, 'channel_ban', id, reason, channel_id, banned_by, ${itemGoal(sql`review_item_id`)},
        review_item_id
      from banned_viewers where user_id = ${userId} and lifted_cause is distinct from 'undone'
    union all select lifted_at, 'channel_ban_lifted', id, lifted_reason, lifted_cause, lifted_by, null, null
      from banned_viewers
      where user_id = ${userId} and lifted_at is not null and lifted_cause is distinct from 'undone'
    union all select created_at, case kind when 'warning' then 'warning' else 'review_decision' end, id,
        nullif(reason, ''), kind, actor_id, ${itemGoal(sql`item_id`)}, item_id
      from moderation_actions
      where user_id = ${userId} and undone_at is null and kind in ('approve', 'reject', 'escalate', 'warning')
    union all select created_at, 'notice', id, text, kind, null,
        case when data ? 'statementId' then 'statement' end, data ->> 'statementId'
      from notifications where user_id = ${userId}`;
}

function wanted({ kind, of }: HistorySearch): SQL {
  if (kind !== undefined) return sql`h.kind = ${kind}`;
  if (of !== 'decisions') return sql`true`;
  return sql`h.kind in (${sql.join(
    dossiers.DECISION_KINDS.map((each) => sql`${each}`),
    sql`, `,
  )})`;
}

/** Newest first; one more than `limit` when there is more. What they wrote is a list of its own: it can be very long. */
export async function searchHistory(tx: Tx, search: HistorySearch): Promise<HistoryRow[]> {
  const { after, at, kind, limit, of, userId } = search;
  const key = sql`h.kind || ':' || h.id`;
  const texts = of === 'messages' || kind === 'message';
  const from = texts
    ? messageLines(userId, after, limit)
    : sql`select l.*, null::real as risk_score, null::text as category from (${lines(userId, at)}) as l`;
  const { rows } = await tx.execute<Stored>(sql`
    select h.at, h.kind, h.id, h.words, h.note, h.goal, h.goal_id, h.risk_score, h.category, h.by_id,
      p.display_name as by
    from (${from}) as h left join profiles as p on p.id = h.by_id
    where ${wanted(search)}
      and ${after === null ? sql`true` : sql`(h.at, ${key}) < (${after[0]}::timestamptz, ${after[1]})`}
    order by h.at desc, ${key} desc limit ${limit + 1}`);
  return rows.map(rowOf);
}

type Stored = Record<string, unknown> & {
  readonly at: string;
  readonly kind: Entry['kind'];
  readonly id: string;
  readonly words: string | null;
  readonly note: string | null;
  readonly goal: NonNullable<Entry['goal']>['type'] | null;
  readonly goal_id: string | null;
  readonly risk_score: number | null;
  readonly category: string | null;
  readonly by_id: string | null;
  readonly by: string | null;
};

function rowOf({ at, by, by_id, category, goal, goal_id, id, kind, note, risk_score, words }: Stored): HistoryRow {
  return {
    at: new Date(at),
    kind,
    id,
    words,
    note,
    by,
    // From our own rows.
    byId: by === null ? null : (by_id as UserId | null),
    score:
      risk_score === null ? null : { riskScore: risk_score, category: categories.safeParse(category).data ?? null },
    goal: goal === null || goal_id === null ? null : { type: goal, id: goal_id },
  };
}

export const keyOf = (row: HistoryRow): readonly [string, string] => [row.at.toISOString(), `${row.kind}:${row.id}`];
