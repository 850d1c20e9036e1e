/** SQL of the queue. Which rows a reader gets is row security's business alone: no channel is named here. */
import type { Category, desk as contract, QueryOf } from '@virgil/contract';
import { and, eq, gt, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import {
  livestreams,
  profiles,
  moderatorReviewQueue as queue,
  reports,
  userViolations,
  videos,
} from '../../db/schema/index.ts';

export type Filters = Omit<QueryOf<typeof contract.getQueue>, 'cursor' | 'limit' | 'sort'>;
export interface Reading {
  readonly filters: Filters;
  readonly me: string;
  readonly now: Date;
}
export type QueuedItem = Awaited<ReturnType<typeof searchQueue>>[number];

const author = alias(profiles, 'author');
const channelOwner = alias(profiles, 'channel_owner');
const claimer = alias(profiles, 'claimer');
const assignee = alias(profiles, 'assignee');
const decider = alias(profiles, 'decider');
const escalator = alias(profiles, 'escalator');
function described(tx: Tx) {
  return tx
    .select({
      item: queue,
      author: { id: author.id, displayName: author.displayName, avatarKey: author.avatarKey },
      channelName: channelOwner.displayName,
      claimer: { id: claimer.id, displayName: claimer.displayName, avatarKey: claimer.avatarKey },
      assignee: { id: assignee.id, displayName: assignee.displayName, avatarKey: assignee.avatarKey },
      decider: { id: decider.id, displayName: decider.displayName, avatarKey: decider.avatarKey },
      escalator: { id: escalator.id, displayName: escalator.displayName, avatarKey: escalator.avatarKey },
      streamTitle: livestreams.title,
      streamRealm: livestreams.danteRealm,
      videoTitle: videos.title,
      holdAt: userViolations.holdAt,
      blockAt: userViolations.blockAt,
    })
    .from(queue)
    .innerJoin(author, eq(author.id, queue.userId))
    .leftJoin(channelOwner, eq(channelOwner.id, queue.channelId))
    .leftJoin(claimer, eq(claimer.id, queue.claimedBy))
    .leftJoin(assignee, eq(assignee.id, queue.assignedModeratorId))
    .leftJoin(decider, eq(decider.id, queue.resolvedBy))
    .leftJoin(escalator, eq(escalator.id, queue.escalatedBy))
    .leftJoin(livestreams, eq(livestreams.id, queue.streamId))
    .leftJoin(videos, eq(videos.id, queue.videoId))
    .leftJoin(userViolations, eq(userViolations.id, queue.violationId))
    .$dynamic();
}

function claimIs(claim: Filters['claim'], me: string, now: Date): SQL | undefined {
  switch (claim) {
    case undefined:
      return undefined;
    case 'mine':
      return and(eq(queue.claimedBy, me), gt(queue.claimExpiresAt, now));
    case 'others':
      return and(ne(queue.claimedBy, me), gt(queue.claimExpiresAt, now));
    case 'free':
      return or(isNull(queue.claimedBy), isNull(queue.claimExpiresAt), lte(queue.claimExpiresAt, now));
  }
}

function matching({ filters, me, now }: Reading): SQL | undefined {
  const { category, channelId, claim, found, q, source, status, streamId } = filters;
  return and(
    eq(queue.resolutionStatus, status),
    category === undefined ? undefined : eq(queue.category, category),
    source === undefined ? undefined : eq(queue.sourceType, source),
    streamId === undefined ? undefined : eq(queue.streamId, streamId),
    channelId === undefined ? undefined : eq(queue.channelId, channelId),
    found === undefined ? undefined : eq(queue.reportedByAi, found === 'classifier'),
    claimIs(claim, me, now),
    (q?.trim() ?? '') === '' ? undefined : or(holds(q, queue.contentPreview), namedLike(q)),
  );
}

/** By the author's name, looked up on its own so that counting needs no join. */
const namedLike = (words: string | undefined) =>
  sql`${queue.userId} in (select ${profiles.id} from ${profiles} where ${holds(words, profiles.displayName)})`;

export type Place =
  | { readonly sort: 'risk'; readonly key: readonly [number, number, string] }
  | {
      readonly sort: 'oldest';
      readonly key: readonly [number, string];
    };

/** An item that leaves moves nothing: the place is that of a row, whether the row is still there or not. */
function beyond(place: Place): SQL {
  if (place.sort === 'risk') {
    const [heads, score, id] = place.key;
    return sql`(${queue.headsQueue}, ${queue.riskScore}, ${queue.id}) < (${heads === 1}, ${score}::real, ${id})`;
  }
  const [heads, id] = place.key;
  return sql`(${queue.headsQueue} < ${heads === 1} or (${queue.headsQueue} = ${heads === 1} and ${queue.id} > ${id}))`;
}

const ORDERS = {
  risk: [sql`${queue.headsQueue} desc`, sql`${queue.riskScore} desc`, sql`${queue.id} desc`],
  /** Ids are made in the order of arrival. */
  oldest: [sql`${queue.headsQueue} desc`, sql`${queue.id} asc`],
} as const;

/** One row more than `limit` when there is more. */
export async function searchQueue(
  tx: Tx,
  reading: Reading,
  page: { readonly sort: 'risk' | 'oldest'; readonly after: Place | null; readonly limit: number },
) {
  // The page first, then its people and titles: nothing is joined that is not shown.
  const chosen = tx
    .select({ id: queue.id })
    .from(queue)
    .where(and(matching(reading), page.after === null ? undefined : beyond(page.after)))
    .orderBy(...ORDERS[page.sort])
    .limit(page.limit + 1);
  return described(tx)
    .where(sql`${queue.id} in ${chosen}`)
    .orderBy(...ORDERS[page.sort]);
}

export async function findInQueue(tx: Tx, id: string) {
  const [row] = await described(tx).where(eq(queue.id, id));
  return row ?? null;
}

/** How many there are of each, each without its own filter, so that a choice shows what it would lead to. */
export async function countQueue(tx: Tx, reading: Reading) {
  const { category, source, ...rest } = reading.filters;
  const rows = await tx
    .select({
      category: queue.category,
      source: queue.sourceType,
      items: sql<number>`count(*)::integer`,
    })
    .from(queue)
    .where(matching({ ...reading, filters: rest }))
    .groupBy(queue.category, queue.sourceType);
  const counts = {
    all: 0,
    category: {} as Partial<Record<Category, number>>,
    source: {} as Partial<Record<contract.ReviewSource, number>>,
  };
  for (const row of rows) {
    const inCategory = category === undefined || row.category === category;
    const inSource = source === undefined || row.source === source;
    if (inCategory && inSource) counts.all += row.items;
    if (inSource) counts.category[row.category] = (counts.category[row.category] ?? 0) + row.items;
    if (inCategory) counts.source[row.source] = (counts.source[row.source] ?? 0) + row.items;
  }
  return counts;
}

export async function countPending(tx: Tx): Promise<number> {
  const [row] = await tx
    .select({ items: sql<number>`count(*)::integer` })
    .from(queue)
    .where(eq(queue.resolutionStatus, 'pending'));
  return row?.items ?? 0;
}

/** How many people reported each of these contents, by content id. Voices stand on the report they were merged into. */
export async function voicesOf(tx: Tx, contentIds: readonly string[]): Promise<Map<string, number>> {
  if (contentIds.length === 0) return new Map();
  const rows = await tx
    .select({ contentId: reports.subjectId, voices: sql<number>`sum(${reports.voices})::integer` })
    .from(reports)
    .where(
      and(
        sql`${reports.subjectId} = any (${sql.param([...contentIds])}::text[])`,
        sql`${reports.subjectType} in ('message', 'comment', 'direct_message')`,
        eq(reports.setAside, false),
      ),
    )
    .groupBy(reports.subjectId);
  return new Map(rows.map((row) => [row.contentId, row.voices]));
}
