/** SQL of tips. Receives the transaction, never opens one. */
import type { StreamId, UserId } from '@virgil/contract';
import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { livestreams, profiles, tips } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

export type TipRow = typeof tips.$inferSelect;

/** Null when this person used the key before. */
export async function insertTip(tx: Tx, row: typeof tips.$inferInsert): Promise<TipRow | null> {
  const [inserted] = await tx
    .insert(tips)
    .values(row)
    .onConflictDoNothing({ target: [tips.tipperId, tips.idempotencyKey] })
    .returning();
  return inserted ?? null;
}

export async function findByKey(tx: Tx, tipperId: UserId, idempotencyKey: string): Promise<TipRow | null> {
  const [row] = await tx
    .select()
    .from(tips)
    .where(and(eq(tips.tipperId, tipperId), eq(tips.idempotencyKey, idempotencyKey)));
  return row ?? null;
}

export async function findTip(tx: Tx, id: string): Promise<TipRow | null> {
  const [row] = await tx.select().from(tips).where(eq(tips.id, id));
  return row ?? null;
}

export async function lockTip(tx: Tx, id: string): Promise<TipRow | null> {
  const [row] = await tx.select().from(tips).where(eq(tips.id, id)).for('update');
  return row ?? null;
}

export async function updateTip(tx: Tx, id: string, change: Partial<typeof tips.$inferInsert>): Promise<void> {
  await tx.update(tips).set(change).where(eq(tips.id, id));
}

/** Paid ones, newest first, one more than `limit` when there is more. What was given back in whole shows no more. */
export async function tipsOfStream(
  tx: Tx,
  streamId: StreamId,
  after: readonly [string, string] | null,
  limit: number,
): Promise<TipRow[]> {
  return tx
    .select()
    .from(tips)
    .where(
      and(
        eq(tips.streamId, streamId),
        eq(tips.status, 'paid'),
        isNotNull(tips.paidAt),
        after === null ? undefined : sql`(${tips.paidAt}, ${tips.id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(tips.paidAt), desc(tips.id))
    .limit(limit + 1);
}

const givenColumns = { tip: tips, creator: personColumns };
export type GivenRow = Awaited<ReturnType<typeof tipsGivenBy>>[number];

export async function tipsGivenBy(
  tx: Tx,
  userId: UserId,
  query: { readonly id?: string; readonly after: readonly [string] | null; readonly limit: number },
) {
  return tx
    .select(givenColumns)
    .from(tips)
    .leftJoin(profiles, eq(profiles.id, tips.channelId))
    .where(
      and(
        eq(tips.tipperId, userId),
        query.id === undefined ? undefined : eq(tips.id, query.id),
        query.after === null ? undefined : lt(tips.id, query.after[0]),
      ),
    )
    .orderBy(desc(tips.id))
    .limit(query.limit + 1);
}

/** For a notice: what the stream is called. */
export async function titleOfStream(tx: Tx, id: string | null): Promise<string> {
  if (id === null) return '';
  const [row] = await tx.select({ title: livestreams.title }).from(livestreams).where(eq(livestreams.id, id));
  return row?.title ?? '';
}
