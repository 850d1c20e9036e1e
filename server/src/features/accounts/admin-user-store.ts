/** The list of people as admins see it. */
import type { accounts, Standing, UserId } from '@virgil/contract';
import { and, desc, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { livestreams, profiles } from '../../db/schema/index.ts';
import { activeStrikes, countStandings, isKeptOut, standingOf, standsAs } from '../penalties/index.ts';
import type { AuthUser } from './auth-users.ts';
import { avatarUrl } from './avatar-store.ts';
import type { ProfileRow } from './profile-store.ts';

export interface UserSearch {
  readonly words: string | undefined;
  /** People whose e-mail holds the words. */
  readonly idsByEmail: readonly string[];
  readonly role: ProfileRow['role'] | undefined;
  readonly tier: ProfileRow['tier'] | undefined;
  readonly standing: Standing | undefined;
  /** How people stand at this moment. */
  readonly at: Date;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export type UserRow = ProfileRow & {
  readonly isLive: boolean;
  readonly isBanned: boolean;
  readonly activeStrikes: number;
};

const columns = (tx: Tx, at: Date) => ({
  profile: profiles,
  isLive: isLive(tx),
  isBanned: isKeptOut(at),
  activeStrikes: activeStrikes(at),
});

const rowOf = ({ profile, ...facts }: { profile: ProfileRow } & Omit<UserRow, keyof ProfileRow>): UserRow => ({
  ...profile,
  ...facts,
});

export async function searchUsers(tx: Tx, search: UserSearch): Promise<readonly UserRow[]> {
  const { after, at, idsByEmail, role, standing, tier, words } = search;
  const byWords =
    words === undefined
      ? undefined
      : or(
          sql`strpos(lower(${profiles.displayName}), ${words.toLowerCase()}) > 0`,
          eq(profiles.id, words),
          idsByEmail.length > 0 ? inArray(profiles.id, [...idsByEmail]) : undefined,
        );
  const rows = await tx
    .select(columns(tx, at))
    .from(profiles)
    .where(
      and(
        byWords,
        role === undefined ? undefined : eq(profiles.role, role),
        tier === undefined ? undefined : eq(profiles.tier, tier),
        standing === undefined ? undefined : standsAs(standing, at),
        after === null
          ? undefined
          : sql`(${profiles.createdAt}, ${profiles.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(profiles.createdAt), desc(profiles.id))
    .limit(search.limit + 1);
  return rows.map(rowOf);
}

export async function findUser(tx: Tx, id: string, at: Date): Promise<UserRow | null> {
  const [row] = await tx.select(columns(tx, at)).from(profiles).where(eq(profiles.id, id)).limit(1);
  return row === undefined ? null : rowOf(row);
}

type UserCounts = Record<'all' | 'free' | 'pro' | 'premium' | 'active' | 'warned' | 'banned', number>;

export async function countUsers(tx: Tx, at: Date): Promise<UserCounts> {
  const rows = await tx
    .select({ tier: profiles.tier, people: sql<number>`count(*)::int` })
    .from(profiles)
    .groupBy(profiles.tier);
  const counts = { all: 0, free: 0, pro: 0, premium: 0 };
  for (const { tier, people } of rows) {
    counts[tier] = people;
    counts.all += people;
  }
  const { banned, warned } = await countStandings(tx, at);
  return { ...counts, active: counts.all - warned - banned, warned, banned };
}

export function describeUser(row: UserRow, user: AuthUser | undefined): accounts.AdminUser {
  return {
    id: row.id as UserId,
    displayName: row.displayName,
    // Demo people have no account to sign in with.
    email: user?.email ?? '',
    avatarUrl: avatarUrl(row.avatarKey),
    tier: row.tier,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    isLive: row.isLive,
    isDemo: row.isDemo,
    standing: standingOf(row),
    activeStrikes: row.activeStrikes,
  };
}

function isLive(tx: Tx): SQL<boolean> {
  return sql<boolean>`${exists(
    tx
      .select({ one: sql`1` })
      .from(livestreams)
      .where(and(eq(livestreams.channelId, profiles.id), eq(livestreams.isActive, true))),
  )}`;
}
