/** Penalties as admins read them: with the people concerned and the newest appeal. */
import type { AdminPenalty, AppealStatus } from '@virgil/contract';
import { aliasedTable, and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { adminPenalties as penalties, profiles } from '../../db/schema/index.ts';
import { type PersonRow, personOf } from '../channels/index.ts';
import { isAppealable } from './policy.ts';
import { holdsAt, type PenaltyRow } from './store.ts';

const issuer = aliasedTable(profiles, 'issuer');
const ender = aliasedTable(profiles, 'ender');
const personIn = (table: typeof profiles | typeof issuer) => ({
  id: table.id,
  displayName: table.displayName,
  avatarKey: table.avatarKey,
});

interface Described {
  readonly penalty: PenaltyRow;
  readonly user: PersonRow;
  readonly issuer: PersonRow | null;
  readonly ender: PersonRow | null;
  readonly active: boolean;
  readonly appeal: { readonly id: string; readonly status: AppealStatus } | null;
}

const newestAppeal = sql<Described['appeal']>`(
  select jsonb_build_object('id', a.id, 'status', a.status) from appeals as a
  where a.penalty_id = admin_penalties.id order by a.created_at desc limit 1)`;

function described(tx: Tx, at: Date) {
  return tx
    .select({
      penalty: penalties,
      user: personIn(profiles),
      issuer: personIn(issuer),
      ender: personIn(ender),
      active: holdsAt(at),
      appeal: newestAppeal,
    })
    .from(penalties)
    .innerJoin(profiles, eq(profiles.id, penalties.userId))
    .leftJoin(issuer, eq(issuer.id, penalties.issuedBy))
    .leftJoin(ender, eq(ender.id, penalties.deactivatedBy))
    .$dynamic();
}

export interface PenaltySearch {
  readonly words?: string | undefined;
  readonly userId?: string | undefined;
  readonly state?: 'active' | 'ended' | undefined;
  readonly at: Date;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

function matching({
  at,
  state,
  userId,
  words,
}: Pick<PenaltySearch, 'at' | 'state' | 'userId' | 'words'>): SQL | undefined {
  const inForce = holdsAt(at);
  return and(
    userId === undefined ? undefined : eq(penalties.userId, userId),
    state === undefined ? undefined : state === 'active' ? inForce : sql`not ${inForce}`,
    holds(words, profiles.displayName, penalties.reason),
  );
}

export async function searchPenalties(tx: Tx, search: PenaltySearch): Promise<Described[]> {
  const { after } = search;
  const older =
    after === null
      ? undefined
      : sql`(${penalties.issuedAt}, ${penalties.id}) < (${after[0]}::timestamptz, ${after[1]})`;
  return described(tx, search.at)
    .where(and(matching(search), older))
    .orderBy(desc(penalties.issuedAt), desc(penalties.id))
    .limit(search.limit + 1);
}

export async function countPenalties(
  tx: Tx,
  search: Pick<PenaltySearch, 'at' | 'userId' | 'words'>,
): Promise<{ all: number; active: number; ended: number }> {
  const [row] = await tx
    .select({
      all: sql<number>`count(*)::integer`,
      active: sql<number>`(count(*) filter (where ${holdsAt(search.at)}))::integer`,
    })
    .from(penalties)
    .innerJoin(profiles, eq(profiles.id, penalties.userId))
    .where(matching(search));
  const { active, all } = row ?? { active: 0, all: 0 };
  return { all, active, ended: all - active };
}

export async function describePenalty(tx: Tx, id: string, at: Date): Promise<AdminPenalty | null> {
  const [row] = await described(tx, at).where(eq(penalties.id, id)).limit(1);
  return row === undefined ? null : penaltyOf(row);
}

export function penaltyOf({ active, appeal, ender, issuer, penalty, user }: Described): AdminPenalty {
  const { cause, durationHours, evidenceLink, id, policyReference, reason, severity } = penalty;
  // Whose time is over has ended by itself, whether or not the job has told so.
  const endedAt = active ? null : (penalty.deactivatedAt ?? penalty.expiresAt);
  return {
    id,
    user: personOf(user),
    severity,
    reason,
    category: penalty.category,
    durationHours,
    evidenceLink,
    policyReference,
    cause,
    issuedBy: issuer === null ? null : personOf(issuer),
    issuedAt: penalty.issuedAt.toISOString(),
    expiresAt: penalty.expiresAt?.toISOString() ?? null,
    active,
    appealable: isAppealable(penalty),
    endedAt: endedAt?.toISOString() ?? null,
    endedBy: ender === null ? null : personOf(ender),
    endedReason: penalty.deactivationReason,
    appeal,
  };
}
