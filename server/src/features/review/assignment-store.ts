/** Who of the platform's moderators gets the next item that belongs to no channel. */
import type { UserId } from '@virgil/contract';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { moderatorReviewQueue as items } from '../../db/schema/index.ts';

/**
 * The signed-in one with the fewest open items, else any with the fewest; never the author nor whom a message was
 * written to, and nobody whose account is closed. Null: there is none, and admins see the item unassigned. Sessions live on real time.
 */
export async function leastBusyModerator(
  tx: Tx,
  text: { readonly authorId: UserId; readonly contentId: string },
  at: Date,
): Promise<UserId | null> {
  await lockAssignment(tx);
  const signedIn = (await knowsSessions(tx))
    ? sql`exists (select from auth.session s where s."userId" = p.id and s."expiresAt" > ${new Date().toISOString()}::timestamptz)`
    : sql`false`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    select p.id
    from profiles p
    left join moderator_review_queue q on q.assigned_moderator_id = p.id and q.resolution_status = 'pending'
    where p.role = 'moderator' and p.id <> ${text.authorId}
      and not exists (select from direct_messages m where m.id = ${text.contentId} and m.to_user_id = p.id)
      and not ${isKeptOut(at)}
    group by p.id
    order by ${signedIn} desc, count(q.id), p.id
    limit 1`);
  // From our own row.
  return (rows[0]?.id as UserId | undefined) ?? null;
}

/** Two items at the same moment count one another, and nobody is given one while it is found that they may have none. */
export async function lockAssignment(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('virgil review assignment'))`);
}

const isKeptOut = (at: Date): SQL => sql`exists (
  select from admin_penalties a
  where a.user_id = p.id and a.is_active
    and app_penalty_holds(a.is_active, a.cause, a.user_id, a.expires_at, ${at.toISOString()}::timestamptz)
)`;

/** Null: there is no such person. */
export async function staffStanding(
  tx: Tx,
  userId: UserId,
  at: Date,
): Promise<{ readonly role: 'user' | 'moderator' | 'admin'; readonly isBanned: boolean } | null> {
  const { rows } = await tx.execute<{ role: 'user' | 'moderator' | 'admin'; isBanned: boolean }>(
    sql`select p.role, ${isKeptOut(at)} as "isBanned" from profiles p where p.id = ${userId}`,
  );
  return rows[0] ?? null;
}

/** Locked, oldest first. */
export async function lockAssignedTo(tx: Tx, userId: UserId) {
  return tx
    .select({ id: items.id, authorId: items.userId, contentId: items.contentId })
    .from(items)
    .where(and(eq(items.assignedModeratorId, userId), eq(items.resolutionStatus, 'pending')))
    .orderBy(items.id)
    .for('update');
}

/** Of what waits; `unlessOfTheirs` leaves those of channels that they own or moderate, and what is assigned to them. */
export async function releaseClaims(
  tx: Tx,
  userId: UserId,
  { at, unlessOfTheirs }: { readonly at: Date; readonly unlessOfTheirs: boolean },
): Promise<void> {
  const isTheirs = sql`(${items.resolutionStatus} = 'pending' and (
    ${items.assignedModeratorId} = ${userId} or ${items.channelId} = ${userId} or ${items.channelId} in (
      select channel_id from channel_members where user_id = ${userId} and role = 'moderator'
    )
  ))`;
  await tx
    .update(items)
    .set({ claimedBy: null, claimedAt: null, claimExpiresAt: null, updatedAt: at })
    .where(
      and(
        eq(items.claimedBy, userId),
        inArray(items.resolutionStatus, ['pending', 'escalated']),
        unlessOfTheirs ? sql`${isTheirs} is not true` : undefined,
      ),
    );
}

/** The tables of accounts are made after the others, by better-auth. */
async function knowsSessions(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ known: boolean }>(sql`select to_regclass('auth.session') is not null as known`);
  return rows[0]?.known === true;
}
