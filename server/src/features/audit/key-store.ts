/** SQL of people's keys. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { auditKeys } from '../../db/schema/index.ts';

export type KeyRow = Pick<typeof auditKeys.$inferSelect, 'userId' | 'wrapped' | 'wrappedBy'>;

/**
 * Of these texts the ids of people, with their keys. Locked against destruction until the transaction ends: an entry is
 * either written before a person is forgotten, and forgotten with them, or it never names them.
 */
export async function lockKeys(tx: Tx, ids: readonly string[]): Promise<{ id: string; key: KeyRow | null }[]> {
  if (ids.length === 0) return [];
  const list = sql.param([...ids]);
  const { rows: locked } = await tx.execute<{ id: string; wrapped: Buffer | null; by: 'kek' | 'hold' }>(
    sql`select user_id as id, wrapped, wrapped_by as by from audit_keys where user_id = any(${list}::text[]) for share`,
  );
  const found = new Map<string, KeyRow | null>(
    locked.map(({ id, wrapped, by }) => [id, { userId: id, wrapped, wrappedBy: by }]),
  );
  const { rows: profiles } = await tx.execute<{ id: string }>(
    sql`select id from profiles where id = any(${list}::text[])`,
  );
  for (const { id } of profiles) if (!found.has(id)) found.set(id, null);
  return [...found].map(([id, key]) => ({ id, key }));
}

/** Whose key is new; the others have one, or had. */
export async function insertKeys(
  tx: Tx,
  keys: readonly { readonly userId: string; readonly wrapped: Buffer }[],
  at: Date,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx
    .insert(auditKeys)
    .values(keys.map((key) => ({ ...key, createdAt: at })))
    .onConflictDoNothing()
    .returning({ userId: auditKeys.userId });
  return new Set(rows.map(({ userId }) => userId));
}

export async function findKeys(tx: Tx, userIds: readonly string[]): Promise<KeyRow[]> {
  if (userIds.length === 0) return [];
  return tx
    .select({ userId: auditKeys.userId, wrapped: auditKeys.wrapped, wrappedBy: auditKeys.wrappedBy })
    .from(auditKeys)
    .where(inArray(auditKeys.userId, [...userIds]));
}

export async function lockKey(tx: Tx, userId: string): Promise<KeyRow | null> {
  const [row] = await tx.select().from(auditKeys).where(eq(auditKeys.userId, userId)).for('update');
  return row ?? null;
}

export async function replaceKey(
  tx: Tx,
  userId: string,
  key: { wrapped: Buffer; wrappedBy: 'kek' | 'hold'; heldUntil: Date | null },
): Promise<void> {
  await tx.update(auditKeys).set(key).where(eq(auditKeys.userId, userId));
}

/** Also where there was none: the mark keeps one from being made. */
export async function endKey(tx: Tx, userId: string, at: Date): Promise<void> {
  const end = { wrapped: null, destroyedAt: at, heldUntil: null };
  await tx
    .insert(auditKeys)
    .values({ userId, createdAt: at, ...end })
    .onConflictDoUpdate({ target: auditKeys.userId, set: end });
}

/** The person's id goes out of the index, and of the list of who is in which entry. */
export async function forgetInIndex(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select app_audit_forget(${userId})`);
}
