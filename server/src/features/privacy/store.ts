/** SQL of privacy: rows of the data map, copies, erasures and holds. Names of tables and columns come from the map. */
import type { ExportId, HoldId, privacy, UserId } from '@virgil/contract';
import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  contentRemovals,
  dataExports,
  erasures,
  legalHolds,
  platformSettings,
  profiles,
} from '../../db/schema/index.ts';
import { type PersonRow, personColumns, personOf } from '../channels/index.ts';
import { actingAdmins } from '../penalties/index.ts';
import type { DataOfTable } from './data-map.ts';
import type { Row } from './deps.ts';

type ExportRow = typeof dataExports.$inferSelect;

/** The map's condition with the person put in its place. */
function ofPerson(where: string, userId: string): SQL {
  return sql.join(where.split('$1').map(sql.raw), sql`${userId}`);
}

export async function rowsOf(tx: Tx, { table, where, exported }: DataOfTable, userId: string): Promise<Row[]> {
  const columns = sql.raw(exported.map((column) => `"${column}"`).join(', '));
  const { rows } = await tx.execute<Row>(
    sql`select ${columns} from ${sql.raw(table)} where ${ofPerson(where, userId)} order by 1`,
  );
  return rows;
}

export async function countOf(tx: Tx, { table, where }: DataOfTable, userId: string): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::integer as count from ${sql.raw(table)} where ${ofPerson(where, userId)}`,
  );
  return rows[0]?.count ?? 0;
}

export async function removeRows(tx: Tx, { table, where }: DataOfTable, userId: string): Promise<void> {
  await tx.execute(sql`delete from ${sql.raw(table)} where ${ofPerson(where, userId)}`);
}

export async function blankRows(
  tx: Tx,
  { table, where }: DataOfTable,
  set: Readonly<Record<string, string | null>>,
  userId: string,
): Promise<void> {
  const changes = Object.entries(set).map(([column, value]) => sql`${sql.raw(`"${column}"`)} = ${value}`);
  if (changes.length === 0) return;
  await tx.execute(sql`update ${sql.raw(table)} set ${sql.join(changes, sql`, `)} where ${ofPerson(where, userId)}`);
}

/** A place without a name. The id stays, so that others' records still lead somewhere. */
export async function blankProfile(tx: Tx, userId: string, at: Date): Promise<string | null> {
  const [before] = await tx.select().from(profiles).where(eq(profiles.id, userId)).for('update');
  if (before === undefined || before.erasedAt !== null) return null;
  await tx
    .update(profiles)
    .set({
      displayName: ERASED_NAME,
      displayNameSkeleton: `erased ${userId}`,
      displayNameCaseless: null,
      bio: '',
      tier: 'free',
      role: 'user',
      avatarKey: null,
      erasedAt: at,
      updatedAt: at,
    })
    .where(eq(profiles.id, userId));
  return before.avatarKey;
}

export const ERASED_NAME = 'Deleted account';

export async function readPerson(tx: Tx, userId: string) {
  const [row] = await tx
    .select({ role: profiles.role, language: profiles.language, displayName: profiles.displayName })
    .from(profiles)
    .where(eq(profiles.id, userId));
  return row ?? null;
}

/** Admins who stay and can act, beside this one; locked, so that no two go at once, each counting on the other. */
export async function countOtherAdmins(tx: Tx, userId: string, at: Date): Promise<number> {
  await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.role, 'admin'))
    .orderBy(profiles.id)
    .for('update');
  const going = await tx.select({ id: erasures.userId }).from(erasures).where(ne(erasures.status, 'done'));
  const gone = new Set([userId, ...going.map(({ id }) => id)]);
  return (await actingAdmins(tx, at)).filter((id) => !gone.has(id)).length;
}

/** The copy that is being made, or a new one. */
export async function openExport(tx: Tx, row: { id: string; userId: UserId; requestedAt: Date }): Promise<ExportRow> {
  const [inserted] = await tx
    .insert(dataExports)
    .values(row)
    .onConflictDoNothing({ target: dataExports.userId, where: sql`status = 'preparing'` })
    .returning();
  if (inserted !== undefined) return inserted;
  const [present] = await tx
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.userId, row.userId), eq(dataExports.status, 'preparing')));
  // Finished between the two statements: the next attempt makes a new one.
  return present ?? openExport(tx, row);
}

export async function exportsOf(tx: Tx, userId: UserId): Promise<ExportRow[]> {
  return tx
    .select()
    .from(dataExports)
    .where(eq(dataExports.userId, userId))
    .orderBy(desc(dataExports.requestedAt), desc(dataExports.id))
    .limit(10);
}

export async function findExport(tx: Tx, id: ExportId, userId: UserId): Promise<ExportRow | null> {
  const [row] = await tx
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.id, id), eq(dataExports.userId, userId)));
  return row ?? null;
}

/** Something of theirs was withheld by a decision after that moment, and still is. */
export async function wasWithheldSince(tx: Tx, userId: UserId, since: Date): Promise<boolean> {
  const { isWithheld, ownerId, removedAt, restoredAt } = contentRemovals;
  const [row] = await tx
    .select({ id: contentRemovals.id })
    .from(contentRemovals)
    .where(and(eq(ownerId, userId), eq(isWithheld, true), isNull(restoredAt), gte(removedAt, since)))
    .limit(1);
  return row !== undefined;
}

/** Takes one that nobody is making, until `leaseUntil`. `now` is real time. */
export async function claimExport(tx: Tx, now: Date, leaseUntil: Date): Promise<ExportRow | null> {
  const [found] = await tx
    .select({ id: dataExports.id })
    .from(dataExports)
    .where(
      and(eq(dataExports.status, 'preparing'), or(isNull(dataExports.leaseUntil), lte(dataExports.leaseUntil, now))),
    )
    .orderBy(asc(dataExports.requestedAt))
    .limit(1)
    .for('update', { skipLocked: true });
  if (found === undefined) return null;
  const [row] = await tx.update(dataExports).set({ leaseUntil }).where(eq(dataExports.id, found.id)).returning();
  return row ?? null;
}

/** False when it is no longer being made: its person was erased, or another finished it. */
export async function updateExport(
  tx: Tx,
  id: string,
  change: Partial<Omit<typeof dataExports.$inferInsert, 'id' | 'userId'>>,
): Promise<boolean> {
  const rows = await tx
    .update(dataExports)
    .set(change)
    .where(and(eq(dataExports.id, id), eq(dataExports.status, 'preparing')))
    .returning({ id: dataExports.id });
  return rows.length > 0;
}

/** Marks those whose time is over and says which archives can go. */
export async function expireExports(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .update(dataExports)
    .set({ status: 'expired' })
    .where(and(eq(dataExports.status, 'ready'), lte(dataExports.expiresAt, now)))
    .returning({ id: dataExports.id });
  return rows.map(({ id }) => id);
}

export function describeExport(row: ExportRow): privacy.DataExport {
  return {
    id: row.id as ExportId,
    status: row.status,
    progress: row.progress,
    requestedAt: row.requestedAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    sizeBytes: row.sizeBytes,
  };
}

export async function findErasure(tx: Tx, userId: string) {
  const [row] = await tx.select().from(erasures).where(eq(erasures.userId, userId));
  return row ?? null;
}

/** The first wish counts: asking again does not begin the days anew. */
export async function askForErasure(tx: Tx, row: { userId: UserId; askedAt: Date; erasesAt: Date }): Promise<boolean> {
  const rows = await tx.insert(erasures).values(row).onConflictDoNothing().returning({ id: erasures.userId });
  return rows.length > 0;
}

export async function forgetErasure(tx: Tx, userId: UserId): Promise<boolean> {
  const rows = await tx
    .delete(erasures)
    .where(and(eq(erasures.userId, userId), eq(erasures.status, 'asked')))
    .returning({ id: erasures.userId });
  return rows.length > 0;
}

export async function setErasure(tx: Tx, userId: string, change: Partial<typeof erasures.$inferInsert>): Promise<void> {
  await tx.update(erasures).set(change).where(eq(erasures.userId, userId));
}

const inForce = (userId: string, at: Date) =>
  and(eq(legalHolds.userId, userId), isNull(legalHolds.releasedAt), gt(legalHolds.expiresAt, at));

/** The end of the hold that ends last; null when none is in force. */
export async function heldUntil(tx: Tx, userId: string, at: Date): Promise<Date | null> {
  const [row] = await tx
    .select({ expiresAt: legalHolds.expiresAt })
    .from(legalHolds)
    .where(inForce(userId, at))
    .orderBy(desc(legalHolds.expiresAt))
    .limit(1);
  return row?.expiresAt ?? null;
}

export async function insertHold(tx: Tx, row: typeof legalHolds.$inferInsert): Promise<void> {
  await tx.insert(legalHolds).values(row);
}

export async function lockHold(tx: Tx, id: HoldId) {
  const [row] = await tx.select().from(legalHolds).where(eq(legalHolds.id, id)).for('update');
  return row ?? null;
}

export async function endHold(tx: Tx, id: HoldId, by: UserId, at: Date): Promise<void> {
  await tx.update(legalHolds).set({ releasedAt: at, releasedBy: by }).where(eq(legalHolds.id, id));
}

const withPerson = { hold: legalHolds, person: personColumns };

export async function findHold(tx: Tx, id: string): Promise<privacy.LegalHold> {
  const [row] = await tx
    .select(withPerson)
    .from(legalHolds)
    .innerJoin(profiles, eq(profiles.id, legalHolds.userId))
    .where(eq(legalHolds.id, id));
  if (row === undefined) throw new Error('a hold vanished in the transaction that wrote it');
  return describeHold(row);
}

export async function searchHolds(
  tx: Tx,
  search: { userId: UserId | undefined; at: Date; after: readonly [string, string] | null; limit: number },
): Promise<privacy.LegalHold[]> {
  const { after, at, userId } = search;
  const rows = await tx
    .select(withPerson)
    .from(legalHolds)
    .innerJoin(profiles, eq(profiles.id, legalHolds.userId))
    .where(
      and(
        userId === undefined
          ? and(isNull(legalHolds.releasedAt), gt(legalHolds.expiresAt, at))
          : eq(legalHolds.userId, userId),
        after === null
          ? undefined
          : sql`(${legalHolds.expiresAt}, ${legalHolds.id}) > (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(asc(legalHolds.expiresAt), asc(legalHolds.id))
    .limit(search.limit + 1);
  return rows.map(describeHold);
}

function describeHold({
  hold,
  person,
}: {
  readonly hold: typeof legalHolds.$inferSelect;
  readonly person: PersonRow;
}): privacy.LegalHold {
  return {
    id: hold.id as HoldId,
    person: personOf(person),
    caseReference: hold.caseReference,
    authority: hold.authority,
    reason: hold.reason,
    createdAt: hold.createdAt.toISOString(),
    expiresAt: hold.expiresAt.toISOString(),
    releasedAt: hold.releasedAt?.toISOString() ?? null,
  };
}

export async function readSetting(tx: Tx, key: string): Promise<{ version: number; value: unknown } | null> {
  const [row] = await tx
    .select({ version: platformSettings.version, value: platformSettings.value })
    .from(platformSettings)
    .where(eq(platformSettings.key, key));
  return row ?? null;
}

export async function writeSetting(tx: Tx, key: string, value: unknown, at: Date): Promise<void> {
  await tx
    .insert(platformSettings)
    .values({ key, value, updatedAt: at })
    .onConflictDoUpdate({ target: platformSettings.key, set: { value, version: 1, updatedAt: at } });
}

/** Those that are being erased among these people. */
export async function waitingFor(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ userId: erasures.userId })
    .from(erasures)
    .where(and(inArray(erasures.userId, [...userIds]), eq(erasures.status, 'restricted')));
  return rows.map(({ userId }) => userId);
}

export async function isBeingMade(tx: Tx, exportId: string): Promise<boolean> {
  const [row] = await tx.select({ status: dataExports.status }).from(dataExports).where(eq(dataExports.id, exportId));
  return row?.status === 'preparing';
}

export async function exportIdsOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.select({ id: dataExports.id }).from(dataExports).where(eq(dataExports.userId, userId));
  return rows.map(({ id }) => id);
}
