/** SQL of channels, their people and their followers. */
import type { UserId } from '@virgil/contract';
import { and, asc, eq, exists, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { alphabetical, holds } from '../../db/human-order.ts';
import { bannedViewers, channelMembers, channels, follows, livestreams, profiles } from '../../db/schema/index.ts';
import { personColumns } from './person.ts';
import { type GrantedRole, GUEST_STANDING, type Standing } from './policy.ts';

const channelColumns = {
  channel: channels,
  person: personColumns,
};
export type ChannelRow = Awaited<ReturnType<typeof findChannels>>[number];

async function findChannels(tx: Tx, ids: readonly string[]) {
  return tx
    .select(channelColumns)
    .from(channels)
    .innerJoin(profiles, eq(profiles.id, channels.id))
    .where(inArray(channels.id, [...ids]));
}

export async function findChannel(tx: Tx, id: string): Promise<ChannelRow | null> {
  const [row] = await findChannels(tx, [id]);
  return row ?? null;
}

export interface ChannelSearch {
  readonly words: string | undefined;
  readonly followedBy: UserId | undefined;
  readonly after: readonly [number, string, string] | null;
  readonly limit: number;
}

/** Live ones first, then by name. One row more than `limit` when there is more. */
export async function searchChannels(tx: Tx, search: ChannelSearch) {
  const isLive = exists(
    tx
      .select({ one: sql`1` })
      .from(livestreams)
      .where(and(eq(livestreams.channelId, channels.id), livestreams.isActive)),
  );
  const off = sql<number>`(case when ${isLive} then 0 else 1 end)`;
  const name = alphabetical(profiles.displayName);
  const { words, followedBy, after } = search;
  return tx
    .select({ ...channelColumns, off, name })
    .from(channels)
    .innerJoin(profiles, eq(profiles.id, channels.id))
    .where(
      and(
        holds(words, profiles.displayName),
        followedBy === undefined
          ? undefined
          : inArray(
              channels.id,
              tx.select({ id: follows.channelId }).from(follows).where(eq(follows.userId, followedBy)),
            ),
        after === null
          ? undefined
          : sql`(${off}, ${name}, ${channels.id}) > (${after[0]}::int, ${after[1]}, ${after[2]})`,
      ),
    )
    .orderBy(asc(off), asc(name), asc(channels.id))
    .limit(search.limit + 1);
}

/** What the actor is on each of these channels. Needs the actor's own transaction: others' roles are not readable. */
export async function readStandings(tx: Tx, ids: readonly string[], actor: Actor): Promise<Map<string, Standing>> {
  if (actor.kind === 'guest') return new Map(ids.map((id) => [id, GUEST_STANDING]));
  return readStandingsOf(tx, ids, actor);
}

export async function readStanding(tx: Tx, channelId: string, actor: Actor): Promise<Standing> {
  const standing = (await readStandings(tx, [channelId], actor)).get(channelId);
  return standing ?? GUEST_STANDING;
}

async function readStandingsOf(
  tx: Tx,
  ids: readonly string[],
  person: Extract<Actor, { kind: 'person' }>,
): Promise<Map<string, Standing>> {
  const { userId } = person;
  const roles = await tx
    .select({ channelId: channelMembers.channelId, role: sql<GrantedRole | 'follower'>`${channelMembers.role}` })
    .from(channelMembers)
    .where(and(eq(channelMembers.userId, userId), inArray(channelMembers.channelId, [...ids])))
    .unionAll(
      tx
        .select({ channelId: follows.channelId, role: sql<GrantedRole | 'follower'>`'follower'` })
        .from(follows)
        .where(and(eq(follows.userId, userId), inArray(follows.channelId, [...ids]))),
    );
  return new Map(
    ids.map((id) => {
      const here = roles.filter((row) => row.channelId === id).map((row) => row.role);
      return [
        id,
        {
          signedIn: true,
          isOwner: id === userId,
          granted: new Set(here.filter((role) => role !== 'follower')),
          isFollowing: here.includes('follower'),
          platformRole: person.role,
        },
      ];
    }),
  );
}

/** False when they followed already. */
export async function insertFollow(tx: Tx, channelId: string, userId: UserId, at: Date): Promise<boolean> {
  const rows = await tx
    .insert(follows)
    .values({ channelId, userId, since: at })
    .onConflictDoNothing()
    .returning({ userId: follows.userId });
  return rows.length > 0;
}

export async function deleteFollow(tx: Tx, channelId: string, userId: UserId): Promise<boolean> {
  const rows = await tx
    .delete(follows)
    .where(and(eq(follows.channelId, channelId), eq(follows.userId, userId)))
    .returning({ userId: follows.userId });
  return rows.length > 0;
}

/** Followers after `afterUserId`, in order of their ids: a batch that can go on where it stopped. */
export async function followersAfter(tx: Tx, channelId: string, afterUserId: string, limit: number) {
  return tx
    .select({ userId: follows.userId })
    .from(follows)
    .where(and(eq(follows.channelId, channelId), sql`${follows.userId} > ${afterUserId}`))
    .orderBy(asc(follows.userId))
    .limit(limit);
}

export async function updateSettings(
  tx: Tx,
  channelId: string,
  change: Partial<
    Pick<
      typeof channels.$inferInsert,
      'description' | 'defaultTitle' | 'defaultRealm' | 'defaultCategory' | 'record' | 'patronAmount' | 'patronCurrency'
    >
  >,
  at: Date,
): Promise<ChannelRow['channel'] | null> {
  const [row] = await tx
    .update(channels)
    .set({ ...change, updatedAt: at })
    .where(eq(channels.id, channelId))
    .returning();
  return row ?? null;
}

/** Whether a ban of the channel is in force at this moment of the product clock. */
export async function isBannedFrom(tx: Tx, channelId: string, userId: UserId, at: Date): Promise<boolean> {
  const [row] = await tx
    .select({ id: bannedViewers.id })
    .from(bannedViewers)
    .where(
      and(
        eq(bannedViewers.channelId, channelId),
        eq(bannedViewers.userId, userId),
        isNull(bannedViewers.liftedAt),
        or(isNull(bannedViewers.expiresAt), gt(bannedViewers.expiresAt, at)),
      ),
    )
    .limit(1);
  return row !== undefined;
}
