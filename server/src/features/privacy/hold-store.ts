/** SQL of privacy: legal holds. */
import type { HoldId, privacy, UserId } from '@virgil/contract';
import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { legalHolds, profiles } from '../../db/schema/index.ts';
import { type PersonRow, personColumns, personOf } from '../channels/index.ts';

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
