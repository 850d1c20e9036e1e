/** Who of the platform's moderators gets the next item that belongs to no channel. */
import type { UserId } from '@virgil/contract';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';

/**
 * The signed-in one with the fewest open items, else any with the fewest; never the author nor whom a message was
 * written to, and nobody whose account is closed. Null: there is none, and admins see the item unassigned. Sessions live on real time.
 */
export async function leastBusyModerator(
  tx: Tx,
  text: { readonly authorId: UserId; readonly contentId: string },
  at: Date,
): Promise<UserId | null> {
  // Two items at the same moment count one another.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('virgil review assignment'))`);
  const signedIn = (await knowsSessions(tx))
    ? sql`exists (select from auth.session s where s."userId" = p.id and s."expiresAt" > ${new Date().toISOString()}::timestamptz)`
    : sql`false`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    select p.id
    from profiles p
    left join moderator_review_queue q on q.assigned_moderator_id = p.id and q.resolution_status = 'pending'
    where p.role = 'moderator' and p.id <> ${text.authorId}
      and not exists (select from direct_messages m where m.id = ${text.contentId} and m.to_user_id = p.id)
      and not exists (
        select from admin_penalties a
        where a.user_id = p.id and a.is_active
          and app_penalty_holds(a.is_active, a.cause, a.user_id, a.expires_at, ${at.toISOString()}::timestamptz)
      )
    group by p.id
    order by ${signedIn} desc, count(q.id), p.id
    limit 1`);
  // From our own row.
  return (rows[0]?.id as UserId | undefined) ?? null;
}

/** The tables of accounts are made after the others, by better-auth. */
async function knowsSessions(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ known: boolean }>(sql`select to_regclass('auth.session') is not null as known`);
  return rows[0]?.known === true;
}
