/** SQL of appeals. */
import {
  type AppealStatus,
  type appeals as contract,
  type DecisionSubjectKind,
  decisionSubjectKind,
  type UserId,
} from '@virgil/contract';
import { aliasedTable, and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { appeals, profiles } from '../../db/schema/index.ts';
import type { PersonRow } from '../channels/index.ts';

export type AppealRow = typeof appeals.$inferSelect;
/** Who reviewed, and who had decided, is not for the person concerned: row security's roles may not even read the columns. */
export type OwnAppealRow = Omit<
  AppealRow,
  'reviewedByAdminId' | 'decisionCategory' | 'decisionRule' | 'decisionBy' | 'decisionAutomatic'
>;

const ownColumns = {
  id: appeals.id,
  userId: appeals.userId,
  penaltyId: appeals.penaltyId,
  strikeId: appeals.strikeId,
  violationId: appeals.violationId,
  timeoutId: appeals.timeoutId,
  banRecordId: appeals.banRecordId,
  appealReason: appeals.appealReason,
  appealScreenshotUrl: appeals.appealScreenshotUrl,
  status: appeals.status,
  reviewedAt: appeals.reviewedAt,
  resolutionMessage: appeals.resolutionMessage,
  createdAt: appeals.createdAt,
  closedUnheard: appeals.closedUnheard,
};

const COLUMN = {
  penalty: 'penaltyId',
  strike: 'strikeId',
  violation: 'violationId',
  timeout: 'timeoutId',
  ban: 'banRecordId',
} as const satisfies Record<DecisionSubjectKind, keyof AppealRow>;
type SubjectColumns = Pick<AppealRow, (typeof COLUMN)[DecisionSubjectKind]>;

export function subjectOf(row: SubjectColumns): contract.AppealSubject {
  for (const type of decisionSubjectKind.options) {
    const id = row[COLUMN[type]];
    if (id !== null) return { type, id };
  }
  throw new Error('an appeal against nothing'); // the table’s own check forbids it
}

const about = ({ id, type }: contract.AppealSubject): SQL => eq(appeals[COLUMN[type]], id);

export const columnOf = ({ id, type }: contract.AppealSubject) => ({ [COLUMN[type]]: id });

/** Null: another open or denied one is there; the unique index decides between two at once. */
export async function insertAppeal(tx: Tx, row: typeof appeals.$inferInsert): Promise<OwnAppealRow | null> {
  const [inserted] = await tx.insert(appeals).values(row).onConflictDoNothing().returning(ownColumns);
  return inserted ?? null;
}

/** Newest first. */
export async function appealsOf(tx: Tx, userId: string): Promise<OwnAppealRow[]> {
  return tx
    .select(ownColumns)
    .from(appeals)
    .where(eq(appeals.userId, userId))
    .orderBy(desc(appeals.createdAt), desc(appeals.id));
}

export async function searchOwn(
  tx: Tx,
  search: { userId: UserId; after: readonly [string, string] | null; limit: number },
): Promise<OwnAppealRow[]> {
  const { after, limit, userId } = search;
  const older =
    after === null ? undefined : sql`(${appeals.createdAt}, ${appeals.id}) < (${after[0]}::timestamptz, ${after[1]})`;
  return tx
    .select(ownColumns)
    .from(appeals)
    .where(and(eq(appeals.userId, userId), older))
    .orderBy(desc(appeals.createdAt), desc(appeals.id))
    .limit(limit + 1);
}

/** With the rights of whoever asks, so that only their own is found. */
export async function findOwn(tx: Tx, userId: string, id: string): Promise<OwnAppealRow | null> {
  const [row] = await tx
    .select(ownColumns)
    .from(appeals)
    .where(and(eq(appeals.id, id), eq(appeals.userId, userId)));
  return row ?? null;
}

export async function findAppeal(tx: Tx, id: string): Promise<AppealRow | null> {
  const [row] = await tx.select().from(appeals).where(eq(appeals.id, id));
  return row ?? null;
}

/** Two who decide at once do it one after the other. */
export async function lockAppeal(tx: Tx, id: string): Promise<AppealRow | null> {
  const [row] = await tx.select().from(appeals).where(eq(appeals.id, id)).for('update');
  return row ?? null;
}

/** Of this decision, newest first, locked. */
export async function lockAppealsAbout(tx: Tx, subject: contract.AppealSubject): Promise<AppealRow[]> {
  return tx.select().from(appeals).where(about(subject)).orderBy(desc(appeals.createdAt)).for('update');
}

export interface Resolved {
  readonly status: Exclude<AppealStatus, 'pending'>;
  readonly by: UserId | null;
  readonly at: Date;
  readonly resolution: string;
  /** Of the decision, for the rates; null when nobody had to read the appeal. */
  readonly decision: {
    readonly category: string | null;
    readonly rule: string | null;
    readonly by: string | null;
    readonly isAutomatic: boolean;
  } | null;
}

export async function resolveAppeal(tx: Tx, id: string, { at, by, decision, resolution, status }: Resolved) {
  await tx
    .update(appeals)
    .set({
      status,
      reviewedByAdminId: by,
      reviewedAt: at,
      resolutionMessage: resolution,
      closedUnheard: decision === null,
      decisionCategory: decision?.category ?? null,
      decisionRule: decision?.rule ?? null,
      decisionBy: decision?.by ?? null,
      decisionAutomatic: decision?.isAutomatic ?? null,
    })
    .where(eq(appeals.id, id));
}

/** With the rights of whoever asks: its owner and admins find it. */
export async function mayFetchScreenshot(tx: Tx, address: string): Promise<boolean> {
  const rows = await tx.select({ id: appeals.id }).from(appeals).where(eq(appeals.appealScreenshotUrl, address));
  return rows.length > 0;
}

/** Those of these addresses that an appeal names. */
export async function namedScreenshots(tx: Tx, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const rows = await tx
    .select({ address: appeals.appealScreenshotUrl })
    .from(appeals)
    .where(inArray(appeals.appealScreenshotUrl, [...addresses]));
  return rows.flatMap(({ address }) => address ?? []);
}

/** Seconds from handing in to the decision, the median of the last twenty that somebody read; null: none since. */
export async function typicalSeconds(tx: Tx, since: Date): Promise<number | null> {
  const { rows } = await tx.execute<{ seconds: number | null }>(sql`
    select round(percentile_cont(0.5) within group (order by extract(epoch from reviewed_at - created_at)))::integer as seconds
    from (
      select created_at, reviewed_at from appeals
      where status <> 'pending' and not closed_unheard and reviewed_at > ${since.toISOString()}::timestamptz
      order by reviewed_at desc limit 20
    ) as last`);
  return rows[0]?.seconds ?? null;
}

const reviewer = aliasedTable(profiles, 'reviewer');
const personIn = (table: typeof profiles | typeof reviewer) => ({
  id: table.id,
  displayName: table.displayName,
  avatarKey: table.avatarKey,
});

export interface AppealWithPeople {
  readonly appeal: AppealRow;
  readonly user: PersonRow;
  readonly reviewer: PersonRow | null;
}

export interface AppealSearch {
  readonly status: AppealStatus;
  readonly words: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** Open ones oldest first, so that nobody waits longest for nothing; decided ones newest first. */
export async function searchAppeals(tx: Tx, search: AppealSearch): Promise<AppealWithPeople[]> {
  const { after, status } = search;
  const open = status === 'pending';
  const order = open ? asc : desc;
  const next =
    after === null
      ? undefined
      : open
        ? sql`(${appeals.createdAt}, ${appeals.id}) > (${after[0]}::timestamptz, ${after[1]})`
        : sql`(${appeals.createdAt}, ${appeals.id}) < (${after[0]}::timestamptz, ${after[1]})`;
  return withPeople(tx)
    .where(and(eq(appeals.status, status), holds(search.words, profiles.displayName, appeals.appealReason), next))
    .orderBy(order(appeals.createdAt), order(appeals.id))
    .limit(search.limit + 1);
}

export async function findAppeals(tx: Tx, ids: readonly string[]): Promise<AppealWithPeople[]> {
  return withPeople(tx).where(inArray(appeals.id, [...ids]));
}

function withPeople(tx: Tx) {
  return tx
    .select({ appeal: appeals, user: personIn(profiles), reviewer: personIn(reviewer) })
    .from(appeals)
    .innerJoin(profiles, eq(profiles.id, appeals.userId))
    .leftJoin(reviewer, eq(reviewer.id, appeals.reviewedByAdminId))
    .$dynamic();
}

export async function countAppeals(tx: Tx, words: string | undefined): Promise<Record<AppealStatus, number>> {
  const rows = await tx
    .select({ status: appeals.status, found: sql<number>`count(*)::integer` })
    .from(appeals)
    .innerJoin(profiles, eq(profiles.id, appeals.userId))
    .where(holds(words, profiles.displayName, appeals.appealReason))
    .groupBy(appeals.status);
  const counts = { pending: 0, approved: 0, denied: 0 };
  for (const { status, found } of rows) counts[status] = found;
  return counts;
}
