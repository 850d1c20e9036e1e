/** The list of people as admins see it. */
import type { accounts, UserId } from '@virgil/contract';
import { and, desc, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { livestreams, profiles } from '../../db/schema/index.ts';
import type { AuthUser } from './auth-users.ts';
import { avatarUrl } from './avatar-store.ts';
import type { ProfileRow } from './profile-store.ts';

export interface UserSearch {
  readonly words: string | undefined;
  /** People whose e-mail holds the words. */
  readonly idsByEmail: readonly string[];
  readonly role: ProfileRow['role'] | undefined;
  readonly tier: ProfileRow['tier'] | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export type UserRow = ProfileRow & { readonly isLive: boolean };

export async function searchUsers(tx: Tx, search: UserSearch): Promise<readonly UserRow[]> {
  const { after, idsByEmail, role, tier, words } = search;
  const byWords =
    words === undefined
      ? undefined
      : or(
          sql`strpos(lower(${profiles.displayName}), ${words.toLowerCase()}) > 0`,
          eq(profiles.id, words),
          idsByEmail.length > 0 ? inArray(profiles.id, [...idsByEmail]) : undefined,
        );
  const rows = await tx
    .select({ profile: profiles, isLive: isLive(tx) })
    .from(profiles)
    .where(
      and(
        byWords,
        role === undefined ? undefined : eq(profiles.role, role),
        tier === undefined ? undefined : eq(profiles.tier, tier),
        after === null
          ? undefined
          : sql`(${profiles.createdAt}, ${profiles.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(profiles.createdAt), desc(profiles.id))
    .limit(search.limit + 1);
  return rows.map((row) => ({ ...row.profile, isLive: row.isLive }));
}

export async function findUser(tx: Tx, id: string): Promise<UserRow | null> {
  const [row] = await tx
    .select({ profile: profiles, isLive: isLive(tx) })
    .from(profiles)
    .where(eq(profiles.id, id))
    .limit(1);
  return row === undefined ? null : { ...row.profile, isLive: row.isLive };
}

export async function countTiers(tx: Tx): Promise<{ all: number; free: number; pro: number; premium: number }> {
  const rows = await tx
    .select({ tier: profiles.tier, people: sql<number>`count(*)::int` })
    .from(profiles)
    .groupBy(profiles.tier);
  const counts = { all: 0, free: 0, pro: 0, premium: 0 };
  for (const { tier, people } of rows) {
    counts[tier] = people;
    counts.all += people;
  }
  return counts;
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
