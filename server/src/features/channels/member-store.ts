/** SQL of the roles an owner grants. */
import type { UserId } from '@virgil/contract';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { alphabetical, holds } from '../../db/human-order.ts';
import { channelMembers, profiles } from '../../db/schema/index.ts';
import { personColumns } from './person.ts';
import type { GrantedRole } from './policy.ts';

const memberColumns = {
  person: personColumns,
  role: channelMembers.role,
  source: channelMembers.source,
  since: channelMembers.since,
};
export type MemberRow = Awaited<ReturnType<typeof searchMembers>>[number];

export interface MemberSearch {
  readonly channelId: string;
  readonly role: GrantedRole | undefined;
  readonly words: string | undefined;
  readonly after: readonly [string, string, string, string] | null;
  readonly limit: number;
}

export async function searchMembers(tx: Tx, search: MemberSearch) {
  const name = alphabetical(profiles.displayName);
  const { channelId, role, words, after } = search;
  return tx
    .select({ ...memberColumns, name })
    .from(channelMembers)
    .innerJoin(profiles, eq(profiles.id, channelMembers.userId))
    .where(
      and(
        eq(channelMembers.channelId, channelId),
        role === undefined ? undefined : eq(channelMembers.role, role),
        holds(words, profiles.displayName),
        after === null
          ? undefined
          : sql`(${channelMembers.role}, ${name}, ${channelMembers.userId}, ${channelMembers.source}) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`,
      ),
    )
    .orderBy(asc(channelMembers.role), asc(name), asc(channelMembers.userId), asc(channelMembers.source))
    .limit(search.limit + 1);
}

export interface Grant {
  readonly channelId: string;
  readonly userId: UserId;
  readonly role: GrantedRole;
}

/** False when they had the role already. */
export async function insertMember(tx: Tx, grant: Grant & { grantedBy: UserId; at: Date }): Promise<boolean> {
  const { at, ...row } = grant;
  const inserted = await tx
    .insert(channelMembers)
    .values({ ...row, since: at })
    .onConflictDoNothing()
    .returning({ userId: channelMembers.userId });
  return inserted.length > 0;
}

/** False when they did not have the role. */
export async function deleteMember(tx: Tx, grant: Grant): Promise<boolean> {
  const deleted = await tx.delete(channelMembers).where(isGrant(grant)).returning({ userId: channelMembers.userId });
  return deleted.length > 0;
}

export async function findMember(tx: Tx, grant: Grant) {
  const [row] = await tx
    .select(memberColumns)
    .from(channelMembers)
    .innerJoin(profiles, eq(profiles.id, channelMembers.userId))
    .where(isGrant(grant));
  return row ?? null;
}

/** What the owner gave; a role that is paid for stands beside it and is the payment's. */
const isGrant = ({ channelId, userId, role }: Grant) =>
  and(
    eq(channelMembers.channelId, channelId),
    eq(channelMembers.userId, userId),
    eq(channelMembers.role, role),
    eq(channelMembers.source, 'granted'),
  );

export async function findPerson(tx: Tx, userId: UserId) {
  const [row] = await tx.select(personColumns).from(profiles).where(eq(profiles.id, userId));
  return row ?? null;
}
