/** SQL of appeals. */
import type { AppealStatus, appeals as contract, UserId } from '@virgil/contract';
import { aliasedTable, and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { appeals, profiles } from '../../db/schema/index.ts';
import type { PersonRow } from '../channels/index.ts';

export type AppealRow = typeof appeals.$inferSelect;
/** Who reviewed is not for the person concerned: row security's roles may not even read the column. */
export type OwnAppealRow = Omit<AppealRow, 'reviewedByAdminId'>;

const ownColumns = {
  id: appeals.id,
  userId: appeals.userId,
  penaltyId: appeals.penaltyId,
  strikeId: appeals.strikeId,
  appealReason: appeals.appealReason,
  status: appeals.status,
  reviewedAt: appeals.reviewedAt,
  resolutionMessage: appeals.resolutionMessage,
  createdAt: appeals.createdAt,
};

export function subjectOf(row: Pick<AppealRow, 'penaltyId' | 'strikeId'>): contract.AppealSubject {
  if (row.penaltyId !== null) return { type: 'penalty', id: row.penaltyId };
  if (row.strikeId !== null) return { type: 'strike', id: row.strikeId };
  throw new Error('an appeal against nothing'); // the table’s own check forbids it
}

const about = (subject: contract.AppealSubject): SQL =>
  eq(subject.type === 'penalty' ? appeals.penaltyId : appeals.strikeId, subject.id);

export const columnOf = (subject: contract.AppealSubject) =>
  subject.type === 'penalty' ? { penaltyId: subject.id } : { strikeId: subject.id };

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

export async function resolveAppeal(
  tx: Tx,
  id: string,
  review: { status: Exclude<AppealStatus, 'pending'>; by: UserId | null; at: Date; resolution: string },
): Promise<void> {
  await tx
    .update(appeals)
    .set({
      status: review.status,
      reviewedByAdminId: review.by,
      reviewedAt: review.at,
      resolutionMessage: review.resolution,
    })
    .where(eq(appeals.id, id));
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
