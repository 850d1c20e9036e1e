/**
 * SQL of what waits for admins: items of the review queue and strikes of one channel, as one list. Read with an admin's
 * own rights.
 */
import type { desk, escalations } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { URGENCIES, URGENT } from './policy.ts';

export interface EscalationRow {
  readonly id: string;
  readonly kind: escalations.EscalationKind;
  readonly trigger: desk.EscalationTrigger | null;
  readonly userId: string;
  readonly userName: string;
  readonly userAvatar: string | null;
  readonly channelId: string | null;
  readonly channelName: string | null;
  readonly source: desk.ReviewSource | null;
  readonly preview: string | null;
  readonly headsQueue: boolean;
  readonly riskScore: number | null;
  readonly category: string | null;
  readonly holdAt: number | null;
  readonly blockAt: number | null;
  readonly activeStrikes: number | null;
  readonly violationId: string | null;
  readonly contentId: string | null;
  readonly since: string;
  readonly escalatedBy: string | null;
  readonly note: string | null;
  readonly status: string;
  readonly decidedAt: string | null;
  readonly resolvedBy: string | null;
  readonly reason: string | null;
  readonly closedAccount: boolean;
  readonly claimedBy: string | null;
  readonly claimedAt: string | null;
  readonly claimExpiresAt: string | null;
  /** Its place in `URGENCIES`. */
  readonly urgency: number;
  readonly dueAt: string;
}

const both = sql`
  select q.id, case when q.escalated_at is null then 'unassigned' else 'escalated' end as kind,
    q.escalation_trigger as trigger, q.user_id, q.channel_id, q.source_type as source, q.content_preview as preview,
    q.heads_queue, q.risk_score, q.category, v.hold_at, v.block_at, null::integer as active_strikes, q.violation_id,
    q.content_id, coalesce(q.escalated_at, q.created_at) as since, q.escalated_by, q.escalation_note as note,
    q.resolution_status as status, q.resolution_timestamp as decided_at, q.resolved_by, q.moderator_notes as reason,
    exists (select from moderation_actions as a
      where a.item_id = q.id and a.kind = 'penalty' and a.undone_at is null) as closed_account,
    q.claimed_by, q.claimed_at, q.claim_expires_at
  from moderator_review_queue as q left join user_violations as v on v.id = q.violation_id
  where q.escalated_at is not null
    or (q.assigned_moderator_id is null and q.channel_id is null)
  union all
  select s.id, 'strikes', null, s.user_id, s.channel_id, null, null, false, null, null, null, null, s.active_strikes,
    null, null, s.escalated_at, null, null, s.resolution_status, s.resolution_timestamp, s.resolved_by, s.resolution,
    s.penalty_id is not null, null, null, null
  from strike_escalations as s`;

const list = (words: readonly string[]) =>
  sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  );

const urgency = sql`case ${sql.join(
  URGENT.map(
    ({ categories, triggers, urgency: word }) =>
      sql`when e.trigger in (${list(triggers)}) or e.category in (${list(categories)}) then ${URGENCIES.indexOf(word)}::integer`,
  ),
  sql` `,
)} else ${URGENCIES.indexOf('normal')}::integer end`;

/** As `timeOf` says. */
function minutes(times: escalations.EscalationTimes): SQL {
  const named = Object.entries(times).map(([name, value]) => sql`when ${name} then ${value}::integer`);
  const urgent = URGENCIES.flatMap((word, place) =>
    word === 'normal' ? [] : [sql`when ${place}::integer then ${times[word]}::integer`],
  );
  return sql`(case u.urgency ${sql.join(urgent, sql` `)} else
    (case coalesce(e.trigger, e.kind) ${sql.join(named, sql` `)} else ${times.unassigned}::integer end) end)`;
}

export interface EscalationSearch {
  readonly state: 'open' | 'decided';
  readonly trigger: escalations.EscalationCause | undefined;
  readonly source: desk.ReviewSource | undefined;
  readonly overdue: boolean | undefined;
  readonly words: string | undefined;
  readonly times: escalations.EscalationTimes;
  readonly now: Date;
  readonly after: readonly (number | string)[] | null;
  readonly limit: number;
}

type Frame = Pick<EscalationSearch, 'times' | 'now'>;

/** Every line with the people in it, its urgency and when it is due. */
const lines = ({ times }: Frame): SQL => sql`
  select e.*, u.urgency, e.since + ${minutes(times)} * interval '1 minute' as due_at,
    p.display_name as user_name, p.avatar_key as user_avatar, c.display_name as channel_name
  from (${both}) as e
  cross join lateral (select ${urgency} as urgency) as u
  join profiles as p on p.id = e.user_id
  left join profiles as c on c.id = e.channel_id`;

const isOpen = sql`l.status in ('pending', 'escalated')`;
const instant = (at: Date | string) => sql`${typeof at === 'string' ? at : at.toISOString()}::timestamptz`;

function matching({ source, trigger, words }: Pick<EscalationSearch, 'source' | 'trigger' | 'words'>): SQL {
  const wanted = words?.trim() ?? '';
  const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
  const found = [sql`l.preview`, sql`l.note`, sql`l.user_name`, sql`l.channel_name`].map(
    (column) => sql`${column} collate "und-x-icu" ilike ${pattern}`,
  );
  return sql`${source === undefined ? sql`true` : sql`l.source = ${source}`}
    and ${trigger === undefined ? sql`true` : sql`coalesce(l.trigger, l.kind) = ${trigger}`}
    and ${wanted === '' ? sql`true` : sql`(${sql.join(found, sql` or `)})`}`;
}

const columns = sql`l.id, l.kind, l.trigger, l.user_id as "userId", l.user_name as "userName",
  l.user_avatar as "userAvatar", l.channel_id as "channelId", l.channel_name as "channelName", l.source, l.preview,
  l.heads_queue as "headsQueue", l.risk_score as "riskScore", l.category, l.hold_at as "holdAt", l.block_at as "blockAt",
  l.active_strikes as "activeStrikes", l.violation_id as "violationId", l.content_id as "contentId", l.since,
  l.escalated_by as "escalatedBy", l.note, l.status, l.decided_at as "decidedAt", l.resolved_by as "resolvedBy",
  l.reason, l.closed_account as "closedAccount", l.claimed_by as "claimedBy", l.claimed_at as "claimedAt",
  l.claim_expires_at as "claimExpiresAt", l.urgency, l.due_at as "dueAt"`;

/** One row more than `limit` when there is more. */
export async function searchEscalations(tx: Tx, search: EscalationSearch): Promise<EscalationRow[]> {
  const { after, limit, now, overdue, state } = search;
  const open = state === 'open';
  const beyond =
    after === null
      ? sql`true`
      : open
        ? sql`(l.urgency, l.since, l.id) > (${after[0]}::integer, ${instant(String(after[1]))}, ${after[2]})`
        : sql`(l.decided_at, l.id) < (${instant(String(after[0]))}, ${after[1]})`;
  const due = overdue === undefined ? sql`true` : sql`(${isOpen} and l.due_at <= ${instant(now)}) = ${overdue}`;
  const { rows } = await tx.execute<EscalationRow & Record<string, unknown>>(sql`
    select ${columns} from (${lines(search)}) as l
    where ${open ? isOpen : sql`not ${isOpen}`} and ${matching(search)} and ${due} and ${beyond}
    order by ${open ? sql`l.urgency, l.since, l.id` : sql`l.decided_at desc, l.id desc`}
    limit ${limit + 1}`);
  return rows;
}

export async function findEscalation(tx: Tx, id: string, frame: Frame): Promise<EscalationRow | null> {
  const { rows } = await tx.execute<EscalationRow & Record<string, unknown>>(
    sql`select ${columns} from (${lines(frame)}) as l where l.id = ${id}`,
  );
  return rows[0] ?? null;
}

export interface EscalationCounts {
  readonly open: number;
  readonly urgent: number;
  readonly overdue: number;
  readonly decided: number;
}

export async function countEscalations(
  tx: Tx,
  search: Omit<EscalationSearch, 'after' | 'limit'>,
): Promise<EscalationCounts> {
  const { rows } = await tx.execute<EscalationCounts & Record<string, unknown>>(sql`
    select (count(*) filter (where ${isOpen}))::integer as open,
      (count(*) filter (where ${isOpen} and l.urgency < ${URGENCIES.indexOf('normal')}))::integer as urgent,
      (count(*) filter (where ${isOpen} and l.due_at <= ${instant(search.now)}))::integer as overdue,
      (count(*) filter (where not ${isOpen}))::integer as decided
    from (${lines(search)}) as l where ${matching(search)}`);
  return rows[0] ?? { open: 0, urgent: 0, overdue: 0, decided: 0 };
}

/**
 * Of a multi-violation: what of this person was blocked in the same session until it was escalated, also what only a
 * stricter channel blocked and was not counted.
 */
export interface BlockedRow {
  readonly id: string;
  readonly content: string;
  readonly createdAt: string;
  readonly riskScore: number;
  readonly category: string;
  readonly breakdown: Record<string, number>;
  readonly holdAt: number;
  readonly blockAt: number;
  readonly rule: string;
  readonly resolvedAt: string | null;
}

/** A session is one livestream; elsewhere the 24 hours before. */
export async function blockedWith(tx: Tx, violationId: string): Promise<BlockedRow[]> {
  const { rows } = await tx.execute<BlockedRow & Record<string, unknown>>(sql`
    select v.id, v.content, v.created_at as "createdAt", v.risk_score as "riskScore", v.category, v.breakdown,
      v.hold_at as "holdAt", v.block_at as "blockAt", v.rule, v.resolved_at as "resolvedAt"
    from user_violations as third join user_violations as v
      on v.user_id = third.user_id and v.action = 'blocked' and v.created_at <= third.created_at
        and (v.stream_id = third.stream_id
          or (third.stream_id is null and v.stream_id is null and v.created_at > third.created_at - interval '24 hours'))
    where third.id = ${violationId}
    order by v.created_at, v.id limit 50`);
  return rows;
}
