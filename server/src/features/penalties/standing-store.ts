/** How people stand, as columns beside `profiles`: for lists that show or filter by it. */
import type { Standing } from '@virgil/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

/** Named in full: beside one table alone Drizzle leaves the name away, and a sub-select would take its own column. */
const PERSON = sql.raw('profiles.id');

/** Strikes in force at that moment. */
export function activeStrikes(at: Date): SQL<number> {
  return sql<number>`(select count(*)::integer from content_safety_strikes as s
    where s.user_id = ${PERSON} and s.lifted_at is null and s.expires_at > ${at.toISOString()}::timestamptz)`;
}

export function isKeptOut(at: Date): SQL<boolean> {
  return sql<boolean>`exists (select from admin_penalties as p where p.user_id = ${PERSON} and p.is_active
    and app_penalty_holds(p.is_active, p.cause, p.user_id, p.expires_at, ${at.toISOString()}::timestamptz))`;
}

export function standsAs(standing: Standing, at: Date): SQL {
  const hasStrikes = sql`exists (select from content_safety_strikes as s where s.user_id = ${PERSON}
    and s.lifted_at is null and s.expires_at > ${at.toISOString()}::timestamptz)`;
  switch (standing) {
    case 'banned':
      return isKeptOut(at);
    case 'warned':
      return sql`(${hasStrikes} and not ${isKeptOut(at)})`;
    case 'active':
      return sql`(not ${hasStrikes} and not ${isKeptOut(at)})`;
  }
}

export const standingOf = (person: { readonly isBanned: boolean; readonly activeStrikes: number }): Standing =>
  person.isBanned ? 'banned' : person.activeStrikes > 0 ? 'warned' : 'active';

/** Everybody not counted here has nothing against them. */
export async function countStandings(tx: Tx, at: Date): Promise<{ warned: number; banned: number }> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const { rows } = await tx.execute<{ warned: number; banned: number }>(sql`
    with banned as (
      select distinct p.user_id from admin_penalties as p
      where p.is_active and app_penalty_holds(p.is_active, p.cause, p.user_id, p.expires_at, ${now})
    ), warned as (
      select distinct s.user_id from content_safety_strikes as s where s.lifted_at is null and s.expires_at > ${now}
      except select user_id from banned
    )
    select (select count(*)::integer from banned) as banned, (select count(*)::integer from warned) as warned`);
  return rows[0] ?? { warned: 0, banned: 0 };
}
