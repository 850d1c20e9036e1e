/** SQL of the queue: reports as admins read them, with what they are about. */
import type { BodyOf, reports as contract, QueryOf, ReportSubject } from '@virgil/contract';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import {
  directMessages,
  livestreams,
  profiles,
  reports,
  streamMessages,
  tips,
  videoComments,
  videos,
} from '../../db/schema/index.ts';

export type Resolution = BodyOf<typeof contract.resolveReport>;
type Search = Omit<QueryOf<typeof contract.listReports>, 'cursor' | 'q'> & {
  readonly words: string | undefined;
  readonly after: readonly [number, number | string, string] | null;
};
export type QueuedReport = NonNullable<Awaited<ReturnType<typeof findQueued>>>;

const owner = alias(profiles, 'owner');
const resolver = alias(profiles, 'resolver');
const named = alias(profiles, 'named');

/** What concerns minors comes before everything else that waits. */
const urgent = sql<number>`(${reports.status} = 'pending' and ${reports.reason} = 'minors')::integer`;
const title = sql<
  string | null
>`coalesce(${livestreams.title}, ${videos.title}, ${streamMessages.message}, ${tips.message}, ${videoComments.message}, ${directMessages.message}, ${named.displayName})`;

const columns = {
  report: reports,
  title,
  urgent,
  owner: { id: owner.id, displayName: owner.displayName, avatarKey: owner.avatarKey },
  resolver: { id: resolver.id, displayName: resolver.displayName, avatarKey: resolver.avatarKey },
};

const isOf = (type: ReportSubject['type']) => eq(reports.subjectType, type);

function queue(tx: Tx) {
  return tx
    .select(columns)
    .from(reports)
    .leftJoin(owner, eq(owner.id, reports.subjectOwnerId))
    .leftJoin(resolver, eq(resolver.id, reports.resolvedBy))
    .leftJoin(livestreams, and(isOf('livestream'), eq(livestreams.id, reports.subjectId)))
    .leftJoin(videos, and(isOf('video'), eq(videos.id, reports.subjectId)))
    .leftJoin(streamMessages, and(isOf('message'), eq(streamMessages.id, reports.subjectId)))
    .leftJoin(tips, and(isOf('message'), eq(tips.id, reports.subjectId)))
    .leftJoin(videoComments, and(isOf('comment'), eq(videoComments.id, reports.subjectId)))
    .leftJoin(directMessages, and(isOf('direct_message'), eq(directMessages.id, reports.subjectId)))
    .leftJoin(named, and(isOf('user'), eq(named.id, reports.subjectId)))
    .$dynamic();
}

/** Reports of muted people are in no queue. */
function matching({ reason, type, words }: Pick<Search, 'reason' | 'type' | 'words'>): SQL | undefined {
  return and(
    eq(reports.setAside, false),
    type === undefined ? undefined : eq(reports.subjectType, type),
    reason === undefined ? undefined : eq(reports.reason, reason),
    holds(
      words,
      owner.displayName,
      named.displayName,
      livestreams.title,
      videos.title,
      streamMessages.message,
      tips.message,
      videoComments.message,
      directMessages.message,
    ),
  );
}

/** One row more than `limit` when there is more. */
export async function searchReports(tx: Tx, search: Search) {
  const { after, limit, sort, status } = search;
  const { order, beyond } = ORDERS[sort];
  return queue(tx)
    .where(
      and(
        matching(search),
        status === undefined ? undefined : eq(reports.status, status),
        after === null ? undefined : beyond(...after),
      ),
    )
    .orderBy(...order)
    .limit(limit + 1);
}

const instantOf = (value: number | string) => sql`${value}::timestamptz`;
const ORDERS = {
  voices: {
    order: [sql`${urgent} desc`, sql`${reports.voices} desc`, sql`${reports.id} asc`],
    beyond: (first: number, voices: number | string, id: string) =>
      sql`((${urgent}, ${reports.voices}) < (${first}::bigint, ${voices}::bigint)
        or ((${urgent}, ${reports.voices}) = (${first}::bigint, ${voices}::bigint) and ${reports.id} > ${id}))`,
  },
  oldest: {
    order: [sql`${urgent} desc`, sql`${reports.createdAt} asc`, sql`${reports.id} asc`],
    beyond: (first: number, at: number | string, id: string) =>
      sql`(${urgent} < ${first}::bigint
        or (${urgent} = ${first}::bigint and (${reports.createdAt}, ${reports.id}) > (${instantOf(at)}, ${id})))`,
  },
  newest: {
    order: [sql`${urgent} desc`, sql`${reports.createdAt} desc`, sql`${reports.id} desc`],
    beyond: (first: number, at: number | string, id: string) =>
      sql`(${urgent}, ${reports.createdAt}, ${reports.id}) < (${first}::bigint, ${instantOf(at)}, ${id})`,
  },
} as const;

/** By status. What a report is about is looked up only when words are searched in it. */
export async function countReports(tx: Tx, search: Pick<Search, 'reason' | 'type' | 'words'>) {
  const where = matching(search);
  const hasWords = (search.words?.trim() ?? '') !== '';
  const counted = hasWords
    ? queue(tx).where(where).as('counted')
    : tx.select({ report: reports }).from(reports).where(where).as('counted');
  const rows = await tx
    .select({
      status: sql<'pending' | 'approved' | 'rejected'>`counted.status`,
      reports: sql<number>`count(*)::integer`,
    })
    .from(counted)
    .groupBy(sql`counted.status`);
  const counts = { pending: 0, approved: 0, rejected: 0 };
  for (const row of rows) counts[row.status] = row.reports;
  return counts;
}

export async function findQueued(tx: Tx, id: string) {
  const [row] = await queue(tx).where(and(eq(reports.id, id), eq(reports.setAside, false)));
  return row ?? null;
}

/** Holds the report until the decision is written: of two who decide at once, the second reads what the first did. */
export async function lockReport(tx: Tx, id: string) {
  const [row] = await tx
    .select()
    .from(reports)
    .where(and(eq(reports.id, id), eq(reports.setAside, false)))
    .for('update');
  return row ?? null;
}

export async function storeResolution(
  tx: Tx,
  id: string,
  resolution: {
    readonly decision: 'approved' | 'rejected';
    readonly reason: string;
    readonly isAbusive: boolean;
    readonly strikeId: string | null;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  const { at, by, decision, isAbusive, reason, strikeId } = resolution;
  await tx
    .update(reports)
    .set({ status: decision, resolution: reason, isAbusive, strikeId, resolvedBy: by, resolvedAt: at })
    .where(eq(reports.id, id));
}

/** Approved reports that led to this strike. */
export async function reportsOfStrike(tx: Tx, strikeId: string): Promise<string[]> {
  const rows = await tx.select({ id: reports.id }).from(reports).where(eq(reports.strikeId, strikeId));
  return rows.map(({ id }) => id);
}
