/** What a dossier counts: one round trip, by an admin's own rights. */
import type { UserId } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

export interface DossierFacts {
  readonly bio: string;
  readonly streams: number;
  readonly lastStartedAt: string | null;
  readonly videos: number;
  readonly removed: number;
  readonly followers: number;
  readonly messages: number;
  readonly held: number;
  readonly blocked: number;
  readonly removedMessages: number;
  readonly timeouts: number;
  readonly bans: number;
  readonly notices: number;
}

/**
 * Beyond an admin's row security for what is another person's own: how many notices they got, not what they say in
 * an inbox. The caller has made sure that an admin asks.
 */
export async function readFacts(tx: Tx, userId: UserId): Promise<DossierFacts | null> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select p.bio,
      (select count(*)::integer from livestreams where channel_id = p.id) as streams,
      (select max(started_at) from livestreams where channel_id = p.id) as last_started_at,
      (select count(*)::integer from videos where channel_id = p.id) as videos,
      (select count(*)::integer from content_removals where owner_id = p.id and restored_at is null) as removed,
      (select count(*)::integer from follows where channel_id = p.id) as followers,
      (select count(*)::integer from stream_messages where user_id = p.id) as messages,
      (select count(*)::integer from stream_messages where user_id = p.id and status = 'held') as held,
      (select count(*)::integer from stream_messages where user_id = p.id and status = 'blocked') as blocked,
      (select count(*)::integer from stream_messages where user_id = p.id and status = 'removed') as removed_messages,
      (select count(*)::integer from timed_out_users where user_id = p.id) as timeouts,
      (select count(*)::integer from banned_viewers where user_id = p.id) as bans,
      (select count(*)::integer from notifications where user_id = p.id) as notices
    from profiles as p where p.id = ${userId}`);
  const [row] = rows;
  if (row === undefined) return null;
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    bio: String(row.bio ?? ''),
    streams: number('streams'),
    lastStartedAt: row.last_started_at == null ? null : new Date(String(row.last_started_at)).toISOString(),
    videos: number('videos'),
    removed: number('removed'),
    followers: number('followers'),
    messages: number('messages'),
    held: number('held'),
    blocked: number('blocked'),
    removedMessages: number('removed_messages'),
    timeouts: number('timeouts'),
    bans: number('bans'),
    notices: number('notices'),
  };
}

export interface Verdicts {
  readonly pending: number;
  readonly approved: number;
  readonly rejected: number;
}

/** Reports on what is theirs or on themselves, and reports they had a voice in. */
export async function countReports(tx: Tx, userId: UserId): Promise<{ about: Verdicts; by: Verdicts }> {
  const { rows } = await tx.execute<{ side: 'about' | 'by'; status: keyof Verdicts; found: number }>(sql`
    select 'about' as side, status, count(*)::integer as found from reports
    where subject_owner_id = ${userId} group by status
    union all
    select 'by', r.status, count(*)::integer from report_voices as v join reports as r on r.id = v.report_id
    where v.reporter_id = ${userId} group by r.status`);
  const counts = { about: { pending: 0, approved: 0, rejected: 0 }, by: { pending: 0, approved: 0, rejected: 0 } };
  for (const { found, side, status } of rows) counts[side][status] = found;
  return counts;
}

export interface TipSums {
  readonly currency: string;
  readonly received: number;
  readonly given: number;
}

/** Paid and not given back, in minor units. */
export async function sumTips(tx: Tx, userId: UserId): Promise<TipSums[]> {
  const { rows } = await tx.execute<{ currency: string; received: string; given: string }>(sql`
    select currency,
      coalesce(sum(amount - refunded_amount) filter (where channel_id = ${userId}), 0) as received,
      coalesce(sum(amount - refunded_amount) filter (where tipper_id = ${userId}), 0) as given
    from tips where paid_at is not null and (channel_id = ${userId} or tipper_id = ${userId}) group by currency`);
  return rows.map((row) => ({ currency: row.currency, received: Number(row.received), given: Number(row.given) }));
}
