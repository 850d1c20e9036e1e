/** SQL of overturned decisions: how many were made, heard on appeal, and overturned, by what they have in common. */
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Sums over decisions that agree in all three. */
export interface Tally {
  readonly category: string | null;
  readonly rule: string | null;
  readonly by: string | null;
  readonly automatic: boolean;
  readonly decisions: number;
  readonly heard: number;
  readonly overturned: number;
}

/**
 * Decisions by the time they were made, appeals by the time they were heard. What was undone within its seconds never
 * was; what a text was hidden with stands once, as the heaviest thing that was done.
 */
export async function tallies(tx: Tx, { from, to }: Period): Promise<Tally[]> {
  const within = (column: string) =>
    sql`${sql.raw(column)} >= ${from.toISOString()}::timestamptz and ${sql.raw(column)} < ${to.toISOString()}::timestamptz`;
  const { rows } = await tx.execute<{
    category: string | null;
    rule: string | null;
    by: string | null;
    automatic: boolean;
    decisions: number;
    heard: number;
    overturned: number;
  }>(sql`
    with made as (
      select category, case when cause = 'strikes' then 'three_strikes' end as rule, issued_by as by,
        cause = 'strikes' as automatic
      from admin_penalties where ${within('issued_at')}
      union all
      select category, null, issued_by, false from content_safety_strikes
      where ${within('issued_at')} and lifted_cause is distinct from 'undone'
      union all
      select i.category, null, t.moderator_id, false from timed_out_users as t
      left join moderator_review_queue as i on i.id = t.review_item_id
      where ${within('t.created_at')} and t.lifted_cause is distinct from 'undone'
      union all
      select coalesce(b.category, i.category), null, b.banned_by, false from banned_viewers as b
      left join moderator_review_queue as i on i.id = b.review_item_id
      where ${within('b.created_at')} and b.lifted_cause is distinct from 'undone'
      union all
      select i.category, null, a.actor_id, false from moderation_actions as a
      join moderator_review_queue as i on i.id = a.item_id
      where ${within('a.created_at')} and a.undone_at is null and a.kind in ('reject', 'warning')
      union all
      select category, rule, null, true from user_violations
      where ${within('created_at')} and source = 'auto' and action = 'blocked'
        and resolved_because is distinct from 'undone'
    ),
    counted as (
      select category, rule, by, automatic, 1 as decisions, 0 as heard, 0 as overturned from made
      union all
      select decision_category, decision_rule, decision_by, coalesce(decision_automatic, false), 0, 1,
        (status = 'approved')::integer
      from appeals where status <> 'pending' and not closed_unheard and ${within('reviewed_at')}
    )
    select category, rule, by, automatic, sum(decisions)::integer as decisions, sum(heard)::integer as heard,
      sum(overturned)::integer as overturned
    from counted group by category, rule, by, automatic`);
  return rows;
}
