/** SQL of notices: rows, their counter-notices, and what they are about. */
import type { DmcaStatus, DmcaTarget, UserId } from '@virgil/contract';
import { aliasedTable, and, asc, count, desc, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import {
  dmcaCounterNotices,
  dmcaNotices,
  dmcaSteps,
  livestreams,
  profiles,
  reports,
  videos,
} from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

export type Notice = typeof dmcaNotices.$inferSelect;
export type NewNotice = typeof dmcaNotices.$inferInsert;
export type Counter = typeof dmcaCounterNotices.$inferSelect;

export async function insertNotice(tx: Tx, notice: NewNotice): Promise<void> {
  await tx.insert(dmcaNotices).values(notice);
}

/** Holds the row until the transaction ends: two who decide at once do it one after the other. */
export async function lockNotice(tx: Tx, id: string): Promise<Notice | null> {
  const [row] = await tx.select().from(dmcaNotices).where(eq(dmcaNotices.id, id)).for('update');
  return row ?? null;
}

export async function findNotice(tx: Tx, id: string): Promise<Notice | null> {
  const [row] = await tx.select().from(dmcaNotices).where(eq(dmcaNotices.id, id));
  return row ?? null;
}

export async function updateNotice(tx: Tx, id: string, change: Partial<NewNotice>): Promise<Notice> {
  const [row] = await tx.update(dmcaNotices).set(change).where(eq(dmcaNotices.id, id)).returning();
  if (row === undefined) throw new Error('a notice vanished while it was locked');
  return row;
}

/** What a creator's role may read of a notice about their own: without the claimant's contact. */
const CONCERNED = {
  id: dmcaNotices.id,
  status: dmcaNotices.status,
  source: dmcaNotices.source,
  targetType: dmcaNotices.targetType,
  targetId: dmcaNotices.targetId,
  targetOwnerId: dmcaNotices.targetOwnerId,
  targetTitle: dmcaNotices.targetTitle,
  claimantName: dmcaNotices.claimantName,
  claimedWork: dmcaNotices.claimedWork,
  claimedWorkUrl: dmcaNotices.claimedWorkUrl,
  materialUrl: dmcaNotices.materialUrl,
  receivedAt: dmcaNotices.receivedAt,
  decidedAt: dmcaNotices.decidedAt,
  decision: dmcaNotices.decision,
  decisionReason: dmcaNotices.decisionReason,
  counterReceivedAt: dmcaNotices.counterReceivedAt,
  putBackAt: dmcaNotices.putBackAt,
  lateAt: dmcaNotices.lateAt,
  breachAt: dmcaNotices.breachAt,
  court: dmcaNotices.court,
  courtReference: dmcaNotices.courtReference,
  courtAt: dmcaNotices.courtAt,
  restoredAt: dmcaNotices.restoredAt,
  restoredCause: dmcaNotices.restoredCause,
  retractedAt: dmcaNotices.retractedAt,
};
export type ConcernedNotice = Pick<Notice, keyof typeof CONCERNED>;

/** With the creator's own rights. */
export async function findConcerning(tx: Tx, id: string, creatorId: UserId): Promise<ConcernedNotice | null> {
  const [row] = await tx
    .select(CONCERNED)
    .from(dmcaNotices)
    .where(concerns(creatorId, eq(dmcaNotices.id, id)));
  return row ?? null;
}

export async function listConcerning(
  tx: Tx,
  creatorId: UserId,
  page: { readonly after: readonly [string, string] | null; readonly limit: number },
): Promise<ConcernedNotice[]> {
  const { after, limit } = page;
  const from =
    after === null
      ? undefined
      : sql`(${dmcaNotices.decidedAt}, ${dmcaNotices.id}) < (${after[0]}::timestamptz, ${after[1]})`;
  return tx
    .select(CONCERNED)
    .from(dmcaNotices)
    .where(concerns(creatorId, from))
    .orderBy(desc(dmcaNotices.decidedAt), desc(dmcaNotices.id))
    .limit(limit + 1);
}

/** Row security says it too, but an admin's role reads every notice. */
const concerns = (creatorId: UserId, which: SQL | undefined) =>
  and(eq(dmcaNotices.targetOwnerId, creatorId), isNotNull(dmcaNotices.decidedAt), which);

export async function insertCounter(tx: Tx, counter: typeof dmcaCounterNotices.$inferInsert): Promise<void> {
  await tx.insert(dmcaCounterNotices).values(counter);
}

export async function findCounters(tx: Tx, noticeIds: readonly string[]): Promise<Map<string, Counter>> {
  if (noticeIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(dmcaCounterNotices)
    .where(inArray(dmcaCounterNotices.noticeId, [...noticeIds]));
  return new Map(rows.map((row) => [row.noticeId, row]));
}

const decider = aliasedTable(profiles, 'decider');
const withPeople = {
  notice: dmcaNotices,
  creator: personColumns,
  decider: { id: decider.id, displayName: decider.displayName, avatarKey: decider.avatarKey },
};

export type NoticeWithPeople = Awaited<ReturnType<typeof searchNotices>>[number];

export interface NoticeSearch {
  readonly status: DmcaStatus | undefined;
  readonly words: string | undefined;
  readonly oldestFirst: boolean;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

export async function searchNotices(tx: Tx, search: NoticeSearch) {
  const { after, oldestFirst, status, words } = search;
  const key = sql`(${dmcaNotices.receivedAt}, ${dmcaNotices.id})`;
  const from = after === null ? undefined : sql`(${after[0]}::timestamptz, ${after[1]})`;
  const { claimantEmail, claimantName, claimedWork, materialUrl, targetTitle } = dmcaNotices;
  const order = oldestFirst ? asc : desc;
  return tx
    .select(withPeople)
    .from(dmcaNotices)
    .leftJoin(profiles, eq(profiles.id, dmcaNotices.targetOwnerId))
    .leftJoin(decider, eq(decider.id, dmcaNotices.decidedBy))
    .where(
      and(
        status === undefined ? undefined : eq(dmcaNotices.status, status),
        holds(words, claimantName, claimantEmail, claimedWork, materialUrl, targetTitle, profiles.displayName),
        from === undefined ? undefined : oldestFirst ? sql`${key} > ${from}` : sql`${key} < ${from}`,
      ),
    )
    .orderBy(order(dmcaNotices.receivedAt), order(dmcaNotices.id))
    .limit(search.limit + 1);
}

export async function findWithPeople(tx: Tx, id: string): Promise<NoticeWithPeople | null> {
  const [row] = await tx
    .select(withPeople)
    .from(dmcaNotices)
    .leftJoin(profiles, eq(profiles.id, dmcaNotices.targetOwnerId))
    .leftJoin(decider, eq(decider.id, dmcaNotices.decidedBy))
    .where(eq(dmcaNotices.id, id));
  return row ?? null;
}

export async function countByStatus(tx: Tx): Promise<Map<DmcaStatus, number>> {
  const rows = await tx
    .select({ status: dmcaNotices.status, n: count() })
    .from(dmcaNotices)
    .groupBy(dmcaNotices.status);
  return new Map(rows.map(({ n, status }) => [status, n]));
}

export async function findRelated(tx: Tx, notice: Notice): Promise<Pick<Notice, 'id' | 'status' | 'receivedAt'>[]> {
  if (notice.lineageKey === null) return [];
  return tx
    .select({ id: dmcaNotices.id, status: dmcaNotices.status, receivedAt: dmcaNotices.receivedAt })
    .from(dmcaNotices)
    .where(and(eq(dmcaNotices.lineageKey, notice.lineageKey), ne(dmcaNotices.id, notice.id)))
    .orderBy(desc(dmcaNotices.id))
    .limit(50);
}

/** Other notices that are still down, and approved reports, that share this strike: it stays while one of them does. */
export async function othersOnStrike(tx: Tx, strikeId: string, noticeId: string): Promise<number> {
  const [reported] = await tx
    .select({ n: count() })
    .from(reports)
    .where(and(eq(reports.strikeId, strikeId), eq(reports.status, 'approved')));
  const [row] = await tx
    .select({ n: count() })
    .from(dmcaNotices)
    .where(
      and(
        eq(dmcaNotices.strikeId, strikeId),
        ne(dmcaNotices.id, noticeId),
        inArray(dmcaNotices.status, ['approved', 'counter_noticed', 'in_court']),
      ),
    );
  return (reported?.n ?? 0) + (row?.n ?? 0);
}

/** The strike of another notice about the work that came on the same day (UTC) and still stands. */
export async function strikeOfSameDay(tx: Tx, notice: Notice): Promise<string | null> {
  if (notice.lineageKey === null) return null;
  const day = notice.receivedAt.toISOString().slice(0, 10);
  const [row] = await tx
    .select({ strikeId: dmcaNotices.strikeId })
    .from(dmcaNotices)
    .where(
      and(
        eq(dmcaNotices.lineageKey, notice.lineageKey),
        ne(dmcaNotices.id, notice.id),
        isNotNull(dmcaNotices.strikeId),
        inArray(dmcaNotices.status, ['approved', 'counter_noticed', 'in_court']),
        sql`(${dmcaNotices.receivedAt} at time zone 'UTC')::date = ${day}::date`,
      ),
    )
    .orderBy(asc(dmcaNotices.id))
    .limit(1);
  return row?.strikeId ?? null;
}

export async function lockOnStrike(tx: Tx, strikeId: string): Promise<Notice[]> {
  return tx
    .select()
    .from(dmcaNotices)
    .where(and(eq(dmcaNotices.strikeId, strikeId), eq(dmcaNotices.status, 'approved')))
    .orderBy(dmcaNotices.id)
    .for('update');
}

/** What a notice is about, with what came of the same stream. */
export interface Target {
  readonly type: DmcaTarget['type'];
  readonly id: string;
  readonly ownerId: UserId;
  readonly title: string;
  readonly lineageKey: string;
  readonly streamId: string | null;
  readonly video: typeof videos.$inferSelect | null;
  readonly stream: typeof livestreams.$inferSelect | null;
}

export async function findTarget(tx: Tx, { id, type }: DmcaTarget): Promise<Target | null> {
  const video = await findVideo(tx, type === 'video' ? eq(videos.id, id) : eq(videos.streamId, id));
  const streamId = type === 'livestream' ? id : (video?.streamId ?? null);
  const stream = streamId === null ? null : await findLivestream(tx, streamId);
  const subject = type === 'video' ? video : stream;
  if (subject === null) return null;
  const lineageKey = stream === null ? `video:${id}` : `stream:${stream.id}`;
  const ownerId = subject.channelId as UserId;
  return { type, id, ownerId, title: subject.title, lineageKey, streamId: stream?.id ?? null, video, stream };
}

async function findVideo(tx: Tx, which: SQL) {
  const [row] = await tx.select().from(videos).where(which);
  return row ?? null;
}

async function findLivestream(tx: Tx, id: string) {
  const [row] = await tx.select().from(livestreams).where(eq(livestreams.id, id));
  return row ?? null;
}

export async function nameOf(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx.select({ name: profiles.displayName }).from(profiles).where(eq(profiles.id, userId));
  return row?.name ?? null;
}

export async function adminIds(tx: Tx): Promise<UserId[]> {
  const rows = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.role, 'admin'));
  return rows.map(({ id }) => id as UserId);
}

export interface NewStep {
  readonly noticeId: string;
  readonly type: string;
  readonly at: Date;
  readonly byId?: string | null;
  readonly note?: string | null;
}

export async function addStep(tx: Tx, { byId = null, note = null, ...step }: NewStep): Promise<void> {
  await tx.insert(dmcaSteps).values({ ...step, id: uuidv7(), byId, note });
}

export async function hasStep(tx: Tx, noticeId: string, type: string): Promise<boolean> {
  const rows = await tx
    .select({ id: dmcaSteps.id })
    .from(dmcaSteps)
    .where(and(eq(dmcaSteps.noticeId, noticeId), eq(dmcaSteps.type, type)))
    .limit(1);
  return rows.length > 0;
}

/** What came from this address so far. An emptied contact is nobody's. */
export async function countOfSender(tx: Tx, email: string): Promise<{ notices: number; misrepresentations: number }> {
  if (email === '') return { notices: 1, misrepresentations: 0 };
  const found = sql`count(*) filter (where ${dmcaNotices.id} in
    (select notice_id from dmca_steps where type = 'misrepresentation'))`;
  const [row] = await tx
    .select({ notices: count(), misrepresentations: found.mapWith(Number) })
    .from(dmcaNotices)
    .where(sql`lower(${dmcaNotices.claimantEmail}) = lower(${email})`);
  return row ?? { notices: 1, misrepresentations: 0 };
}

export async function findSteps(tx: Tx, noticeId: string) {
  return tx
    .select({ step: dmcaSteps, by: personColumns })
    .from(dmcaSteps)
    .leftJoin(profiles, eq(profiles.id, dmcaSteps.byId))
    .where(eq(dmcaSteps.noticeId, noticeId))
    .orderBy(asc(dmcaSteps.id));
}
