/** SQL of review items and of the decisions on them. */
import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  moderationActions as actions,
  moderatorReviewQueue as items,
  profiles,
  reports,
  userViolations as violations,
} from '../../db/schema/index.ts';
import { type PersonRow, personColumns } from '../channels/index.ts';

export type ItemRow = typeof items.$inferSelect;
export type ActionRow = typeof actions.$inferSelect;
export type ActionKind = ActionRow['kind'];

const isOpen = inArray(items.resolutionStatus, ['pending', 'escalated']);

/** Null: the text waits already. */
export async function insertItem(tx: Tx, row: typeof items.$inferInsert): Promise<ItemRow | null> {
  const [inserted] = await tx
    .insert(items)
    .values(row)
    .onConflictDoNothing({ target: items.contentId, where: sql`resolution_status in ('pending', 'escalated')` })
    .returning();
  return inserted ?? null;
}

export async function lockOpenItemOn(tx: Tx, contentId: string): Promise<ItemRow | null> {
  const [row] = await tx
    .select()
    .from(items)
    .where(and(eq(items.contentId, contentId), isOpen))
    .for('update');
  return row ?? null;
}

/**
 * Another item of the same text that waits goes; what it knew is returned. `busy`: somebody decides on it at this
 * moment, or it is the admins' already. Waits for nobody: the caller holds the text, which comes after items.
 */
export async function takeNewerItem(
  tx: Tx,
  { contentId, id }: Pick<ItemRow, 'contentId' | 'id'>,
): Promise<Pick<ItemRow, 'headsQueue' | 'category'> | 'busy' | null> {
  const isOther = and(eq(items.contentId, contentId), ne(items.id, id), isOpen);
  const [free] = await tx.select().from(items).where(isOther).for('update', { skipLocked: true });
  if (free === undefined) {
    const others = await tx.select({ id: items.id }).from(items).where(isOther);
    return others.length > 0 ? 'busy' : null;
  }
  if (free.resolutionStatus !== 'pending') return 'busy';
  await tx.delete(items).where(eq(items.id, free.id));
  return free;
}

/** With the rights of whoever asks. */
export async function findItem(tx: Tx, id: string): Promise<ItemRow | null> {
  const [row] = await tx.select().from(items).where(eq(items.id, id));
  return row ?? null;
}

/**
 * Reports are locked before items, everywhere: whoever resolves a report decides on its item too. The pending report
 * is the one that counts, not those of people who are muted.
 */
export async function lockItem(
  tx: Tx,
  id: string,
): Promise<{ readonly item: ItemRow; readonly reportId: string | null } | null> {
  const found = await findItem(tx, id);
  if (found === null) return null;
  const type = REPORTED_AS[found.sourceType];
  const [report] = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(
      and(
        eq(reports.subjectType, type),
        eq(reports.subjectId, found.contentId),
        eq(reports.status, 'pending'),
        eq(reports.setAside, false),
      ),
    )
    .for('update');
  const [item] = await tx.select().from(items).where(eq(items.id, id)).for('update');
  return item === undefined ? null : { item, reportId: report?.id ?? null };
}

/** What people report a text as. */
const REPORTED_AS = { live: 'message', comment: 'comment', inboxMessage: 'direct_message' } as const;

export async function updateItem(tx: Tx, id: string, change: Partial<typeof items.$inferInsert>): Promise<void> {
  await tx.update(items).set(change).where(eq(items.id, id));
}

export async function insertAction(tx: Tx, row: typeof actions.$inferInsert): Promise<void> {
  await tx.insert(actions).values(row);
}

/** The newest that was not taken back. */
export async function lastAction(tx: Tx, itemId: string): Promise<ActionRow | null> {
  const [row] = await tx
    .select()
    .from(actions)
    .where(and(eq(actions.itemId, itemId), isNull(actions.undoneAt)))
    .orderBy(desc(actions.createdAt), desc(actions.id))
    .limit(1);
  return row ?? null;
}

/** The newest of all, taken back or not. */
export async function newestAction(tx: Tx, itemId: string): Promise<ActionRow | null> {
  const [row] = await tx
    .select()
    .from(actions)
    .where(eq(actions.itemId, itemId))
    .orderBy(desc(actions.createdAt), desc(actions.id))
    .limit(1);
  return row ?? null;
}

export async function markUndone(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(actions).set({ undoneAt: at }).where(eq(actions.id, id));
}

export async function insertViolation(tx: Tx, row: typeof violations.$inferInsert): Promise<void> {
  await tx.insert(violations).values(row);
}

export async function findViolation(tx: Tx, id: string) {
  const [row] = await tx.select().from(violations).where(eq(violations.id, id));
  return row ?? null;
}

export async function updateViolation(
  tx: Tx,
  id: string,
  change: Partial<typeof violations.$inferInsert>,
): Promise<void> {
  await tx.update(violations).set(change).where(eq(violations.id, id));
}

export async function findProfile(tx: Tx, userId: string) {
  const [row] = await tx
    .select({ id: profiles.id, name: profiles.displayName, role: profiles.role, erasedAt: profiles.erasedAt })
    .from(profiles)
    .where(eq(profiles.id, userId));
  return row ?? null;
}

export async function findPerson(tx: Tx, userId: string): Promise<PersonRow | null> {
  const [row] = await tx.select(personColumns).from(profiles).where(eq(profiles.id, userId));
  return row ?? null;
}

export async function lockReport(tx: Tx, id: string): Promise<void> {
  await tx.select({ id: reports.id }).from(reports).where(eq(reports.id, id)).for('update');
}
