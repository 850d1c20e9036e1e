/** SQL of people whose reports are set aside. */
import type { UserId } from '@virgil/contract';
import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { profiles, reportMutes, reports, reportVoices } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

export async function reportersOf(tx: Tx, reportId: string): Promise<UserId[]> {
  const rows = await tx
    .select({ id: reportVoices.reporterId })
    .from(reportVoices)
    .where(eq(reportVoices.reportId, reportId))
    .orderBy(reportVoices.reporterId);
  // Written from signed-in people's own ids.
  return rows.map(({ id }) => id as UserId);
}

/** Two decisions about one reporter's reports are counted one after the other. */
export async function lockPeople(tx: Tx, ids: readonly UserId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(inArray(profiles.id, [...ids]))
    .orderBy(profiles.id)
    .for('no key update');
}

export async function countAbuse(tx: Tx, ids: readonly UserId[], since: Date): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: reportVoices.reporterId, reports: sql<number>`count(*)::integer` })
    .from(reportVoices)
    .innerJoin(reports, eq(reports.id, reportVoices.reportId))
    .where(and(inArray(reportVoices.reporterId, [...ids]), reports.isAbusive, gt(reports.resolvedAt, since)))
    .groupBy(reportVoices.reporterId);
  return new Map(rows.map((row) => [row.id, row.reports]));
}

const inForce = (at: Date) => and(isNull(reportMutes.liftedAt), gt(reportMutes.endsAt, at));

export async function findMuted(tx: Tx, ids: readonly UserId[], at: Date): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: reportMutes.userId })
    .from(reportMutes)
    .where(and(inArray(reportMutes.userId, [...ids]), inForce(at)));
  return new Set(rows.map(({ id }) => id));
}

/** When somebody's reports counted again by an admin's word; what was before counts no more. */
export async function lastForgiven(tx: Tx, ids: readonly UserId[]): Promise<ReadonlyMap<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: reportMutes.userId, at: sql<string>`max(${reportMutes.liftedAt})` })
    .from(reportMutes)
    .where(and(inArray(reportMutes.userId, [...ids]), sql`${reportMutes.liftedAt} is not null`))
    .groupBy(reportMutes.userId);
  return new Map(rows.map(({ id, at }) => [id, new Date(at)]));
}

export async function insertMute(tx: Tx, mute: typeof reportMutes.$inferInsert): Promise<void> {
  await tx.insert(reportMutes).values(mute);
}

export async function endMutes(tx: Tx, userId: UserId, at: Date, by: UserId): Promise<boolean> {
  const rows = await tx
    .update(reportMutes)
    .set({ liftedAt: at, liftedBy: by })
    .where(and(eq(reportMutes.userId, userId), inForce(at)))
    .returning({ id: reportMutes.id });
  return rows.length > 0;
}

export async function personExists(tx: Tx, userId: UserId): Promise<boolean> {
  const rows = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, userId));
  return rows.length > 0;
}

export async function searchMutes(
  tx: Tx,
  search: {
    readonly words: string | undefined;
    readonly after: readonly [string, string] | null;
    readonly limit: number;
    readonly at: Date;
  },
) {
  const { after, at, limit, words } = search;
  const setAside = sql<number>`(select count(*)::integer from report_voices v join reports r on r.id = v.report_id
    where v.reporter_id = ${reportMutes.userId} and r.set_aside and v.created_at >= ${reportMutes.createdAt})`;
  return tx
    .select({ mute: reportMutes, user: personColumns, setAside })
    .from(reportMutes)
    .innerJoin(profiles, eq(profiles.id, reportMutes.userId))
    .where(
      and(
        inForce(at),
        holds(words, profiles.displayName),
        after === null
          ? undefined
          : sql`(${reportMutes.createdAt}, ${reportMutes.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(reportMutes.createdAt), desc(reportMutes.id))
    .limit(limit + 1);
}
