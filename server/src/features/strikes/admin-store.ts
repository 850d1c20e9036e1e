/** Strikes as admins read them: one by one, and grouped by the person they are against. */
import type { AdminStrike, AppealStatus, strikes as contract } from '@virgil/contract';
import { aliasedTable, and, asc, desc, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { profiles, contentSafetyStrikes as strikes } from '../../db/schema/index.ts';
import { type PersonRow, personOf } from '../channels/index.ts';
import type { StrikeRow } from './store.ts';
import { isInForce } from './strike-ladder-policy.ts';

const issuer = aliasedTable(profiles, 'issuer');
const personIn = (table: typeof profiles | typeof issuer) => ({
  id: table.id,
  displayName: table.displayName,
  avatarKey: table.avatarKey,
});

interface Described {
  readonly strike: StrikeRow;
  readonly user: PersonRow;
  readonly issuer: PersonRow | null;
  readonly appeal: { readonly id: string; readonly status: AppealStatus } | null;
}

const newestAppeal = sql<Described['appeal']>`(
  select jsonb_build_object('id', a.id, 'status', a.status) from appeals as a
  where a.strike_id = content_safety_strikes.id order by a.created_at desc limit 1)`;

async function describedWhere(tx: Tx, where: SQL | undefined, newestFirst: boolean): Promise<Described[]> {
  const order = newestFirst ? desc : asc;
  return tx
    .select({ strike: strikes, user: personIn(profiles), issuer: personIn(issuer), appeal: newestAppeal })
    .from(strikes)
    .innerJoin(profiles, eq(profiles.id, strikes.userId))
    .leftJoin(issuer, eq(issuer.id, strikes.issuedBy))
    .where(where)
    .orderBy(order(strikes.issuedAt), order(strikes.id));
}

function strikeOf({ appeal, issuer, strike, user }: Described, at: Date): AdminStrike {
  return {
    id: strike.id,
    user: personOf(user),
    reason: strike.reason,
    category: strike.category,
    source: { kind: strike.sourceKind, id: strike.sourceId, channelId: strike.sourceChannelId },
    issuedBy: issuer === null ? null : personOf(issuer),
    issuedAt: strike.issuedAt.toISOString(),
    expiresAt: strike.expiresAt.toISOString(),
    active: isInForce({ ...strike, channelId: strike.sourceChannelId }, at),
    liftedAt: strike.liftedAt?.toISOString() ?? null,
    liftedReason: strike.liftedReason,
    appeal,
  };
}

export async function describeStrike(tx: Tx, id: string, at: Date): Promise<AdminStrike | null> {
  const [row] = await describedWhere(tx, eq(strikes.id, id), true);
  return row === undefined ? null : strikeOf(row, at);
}

/** Every strike a person ever had, newest first. */
export async function strikesOf(tx: Tx, userId: string, at: Date): Promise<AdminStrike[]> {
  const rows = await describedWhere(tx, eq(strikes.userId, userId), true);
  return rows.map((row) => strikeOf(row, at));
}

export interface GroupSearch {
  readonly words: string | undefined;
  readonly step: 'warned' | 'escalated' | 'banned' | undefined;
  readonly at: Date;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export interface GroupRow {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarKey: string | null;
  readonly active: number;
  readonly step: 'warned' | 'escalated' | 'banned';
  readonly penaltyId: string | null;
  readonly newestAt: Date;
}

/**
 * `banned` is an account that three strikes closed; `escalated` one that three strikes left open, because one channel
 * gave them all, or an admin opened it again.
 */
function groups({ at, words }: Pick<GroupSearch, 'at' | 'words'>): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  const wanted = words?.trim() ?? '';
  const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
  const matching =
    wanted === ''
      ? sql`true`
      : sql`(p.display_name collate "und-x-icu" ilike ${pattern} or s.reasons collate "und-x-icu" ilike ${pattern})`;
  return sql`
    select s.user_id, p.display_name, p.avatar_key, s.active, s.newest_at, ban.id as penalty_id,
      case when ban.id is not null then 'banned' when s.active >= 3 then 'escalated' else 'warned' end as step
    from (
      select user_id, count(*)::integer as active, max(issued_at) as newest_at, string_agg(reason, ' ') as reasons
      from content_safety_strikes where lifted_at is null and expires_at > ${now} group by user_id
    ) as s
    join profiles as p on p.id = s.user_id
    left join admin_penalties as ban on ban.user_id = s.user_id and ban.cause = 'strikes' and ban.is_active
      and app_penalty_holds(ban.is_active, ban.cause, ban.user_id, ban.expires_at, ${now})
    where ${matching}`;
}

export async function searchGroups(tx: Tx, search: GroupSearch): Promise<GroupRow[]> {
  const { after, limit, step } = search;
  const { rows } = await tx.execute<{
    user_id: string;
    display_name: string;
    avatar_key: string | null;
    active: number;
    step: GroupRow['step'];
    penalty_id: string | null;
    newest_at: string;
  }>(sql`
    select * from (${groups(search)}) as g
    where ${step === undefined ? sql`true` : sql`g.step = ${step}`}
      and ${after === null ? sql`true` : sql`(g.newest_at, g.user_id) < (${after[0]}::timestamptz, ${after[1]})`}
    order by g.newest_at desc, g.user_id desc limit ${limit + 1}`);
  return rows.map((row) => ({
    userId: row.user_id,
    displayName: row.display_name,
    avatarKey: row.avatar_key,
    active: row.active,
    step: row.step,
    penaltyId: row.penalty_id,
    newestAt: new Date(row.newest_at),
  }));
}

type Counts = Record<'people' | 'strikes' | 'warned' | 'escalated' | 'banned', number>;

export async function countGroups(tx: Tx, search: Pick<GroupSearch, 'at' | 'words'>): Promise<Counts> {
  const { rows } = await tx.execute<Counts>(sql`
    select count(*)::integer as people, coalesce(sum(active), 0)::integer as strikes,
      (count(*) filter (where step = 'warned'))::integer as warned,
      (count(*) filter (where step = 'escalated'))::integer as escalated,
      (count(*) filter (where step = 'banned'))::integer as banned
    from (${groups(search)}) as g`);
  return rows[0] ?? { people: 0, strikes: 0, warned: 0, escalated: 0, banned: 0 };
}

/** The strikes in force of these people, oldest first. */
export async function describeGroups(tx: Tx, rows: readonly GroupRow[], at: Date): Promise<contract.StrikeGroup[]> {
  const ids = rows.map(({ userId }) => userId);
  const inForce = and(inArray(strikes.userId, ids), isNull(strikes.liftedAt), gt(strikes.expiresAt, at));
  const found = ids.length === 0 ? [] : await describedWhere(tx, inForce, false);
  return rows.map((row) => ({
    user: personOf({ id: row.userId, displayName: row.displayName, avatarKey: row.avatarKey }),
    active: row.active,
    step: row.step,
    autoBanned: row.penaltyId !== null,
    penaltyId: row.penaltyId,
    newestAt: row.newestAt.toISOString(),
    strikes: found.filter(({ strike }) => strike.userId === row.userId).map((each) => strikeOf(each, at)),
  }));
}
