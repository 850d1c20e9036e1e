/** SQL of who wrote it: how they stand here, and what was decided about them before. With the system's rights. */
import type { desk as contract } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { personOf } from '../channels/index.ts';

const EARLIER_SHOWN = 20;
/** Counting stops there: who has written so much is a regular either way. */
const LINES_COUNTED = 10_000;

type Standing = Omit<contract.AuthorStanding, 'earlier'>;

export async function standingOf(
  tx: Tx,
  { channelId, now, userId }: { readonly userId: string; readonly channelId: string | null; readonly now: Date },
): Promise<Standing> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select p.created_at as member_since, p.role as platform_role,
      array(
        select distinct m.role from channel_members m where m.user_id = p.id and m.channel_id = ${channelId}
        union select 'owner' where p.id = ${channelId}
        union select 'follower' from follows f where f.user_id = p.id and f.channel_id = ${channelId}
      ) as roles,
      (select count(*)::integer from (
        select from stream_messages s where s.user_id = p.id and s.channel_id = ${channelId} limit ${LINES_COUNTED}
      ) as counted) as lines,
      (select count(*)::integer from stream_messages s
        where s.user_id = p.id and s.channel_id = ${channelId} and s.status in ('removed', 'rejected', 'blocked')
      ) as lines_taken_away,
      (select count(*)::integer from content_safety_strikes c
        where c.user_id = p.id and c.lifted_at is null and c.expires_at > ${at}) as active_strikes,
      (select max(t.expires_at) from timed_out_users t
        where t.user_id = p.id and t.channel_id = ${channelId} and t.lifted_at is null and t.expires_at > ${at}
      ) as timed_out_until,
      exists (select from banned_viewers b where b.user_id = p.id and b.channel_id = ${channelId}
        and b.lifted_at is null and (b.expires_at is null or b.expires_at > ${at})) as is_banned_from_channel,
      exists (select from admin_penalties a where a.user_id = p.id and a.is_active
        and app_penalty_holds(a.is_active, a.cause, a.user_id, a.expires_at, ${at})) as is_banned_from_platform
    from profiles p where p.id = ${userId}`);
  const row = rows[0] ?? {};
  const iso = (value: unknown) => (value == null ? null : new Date(String(value)).toISOString());
  return {
    memberSince: iso(row.member_since) ?? now.toISOString(),
    // Written from the same closed lists.
    roles: (row.roles ?? []) as Standing['roles'],
    platformRole: (row.platform_role ?? 'user') as Standing['platformRole'],
    lines: Number(row.lines ?? 0),
    linesTakenAway: Number(row.lines_taken_away ?? 0),
    activeStrikes: Number(row.active_strikes ?? 0),
    timedOutUntil: iso(row.timed_out_until),
    isBannedFromChannel: row.is_banned_from_channel === true,
    isBannedFromPlatform: row.is_banned_from_platform === true,
  };
}

interface EarlierRow extends Record<string, unknown> {
  readonly at: Date | string;
  readonly kind: contract.EarlierDecision['kind'];
  readonly reason: string | null;
  readonly minutes: number | null;
  readonly risk_score: number | null;
  readonly undone: boolean;
  readonly by_id: string | null;
  readonly by_name: string | null;
  readonly by_avatar: string | null;
}

/**
 * What was decided about a person before, newest first: decisions of this channel's own queue, timeouts and bans. How
 * another channel's moderators dealt with them stays there, and what the platform decided is for admins alone.
 */
export async function earlierOf(
  tx: Tx,
  {
    channelId,
    itemId,
    seesPlatform,
    userId,
  }: {
    readonly userId: string;
    readonly channelId: string | null;
    readonly itemId: string;
    /** The reader is an admin. */
    readonly seesPlatform: boolean;
  },
): Promise<contract.EarlierDecision[]> {
  const ofPlatform = sql`
      union all
      select c.issued_at, 'strike', c.reason, null, null, c.lifted_at is not null, c.issued_by
      from content_safety_strikes c
      where c.user_id = ${userId} and c.source_kind <> 'review'
        and c.lifted_cause is distinct from 'undone'
      union all
      select n.issued_at, 'penalty', n.reason, null, null, n.deactivated_at is not null, n.issued_by
      from admin_penalties n where n.user_id = ${userId}`;
  const { rows } = await tx.execute<EarlierRow>(sql`
    select found.*, p.id as by_id, p.display_name as by_name, p.avatar_key as by_avatar
    from (
      select a.created_at as at,
        case a.kind when 'approve' then 'approved' when 'reject' then 'rejected' when 'escalate' then 'escalated'
          else a.kind end as kind,
        a.reason, a.minutes, q.risk_score, false as undone, a.actor_id as actor
      from moderation_actions a join moderator_review_queue q on q.id = a.item_id
      where a.user_id = ${userId} and a.item_id <> ${itemId} and a.kind <> 'penalty' and a.undone_at is null
        and a.channel_id is not distinct from ${channelId}
      union all
      select t.created_at, 'timeout', t.reason, round(extract(epoch from t.expires_at - t.created_at) / 60)::integer,
        null, t.lifted_at is not null, t.moderator_id
      from timed_out_users t
      where t.user_id = ${userId} and t.channel_id = ${channelId} and t.review_item_id is null
      union all
      select b.created_at, 'ban', b.reason, null, null, b.lifted_at is not null, b.banned_by
      from banned_viewers b
      where b.user_id = ${userId} and b.channel_id = ${channelId} and b.review_item_id is null
      ${seesPlatform ? ofPlatform : sql``}
    ) as found left join profiles p on p.id = found.actor
    order by found.at desc limit ${EARLIER_SHOWN}`);
  return rows.map((row) => ({
    at: new Date(row.at).toISOString(),
    kind: row.kind,
    by:
      row.by_id === null || row.by_name === null
        ? null
        : personOf({ id: row.by_id, displayName: row.by_name, avatarKey: row.by_avatar }),
    reason: row.reason,
    minutes: row.minutes,
    riskScore: row.risk_score,
    undone: row.undone,
  }));
}
