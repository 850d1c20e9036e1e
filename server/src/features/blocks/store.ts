/** SQL of blocks and mutes: one table each, made alike. */
import type { UserId } from '@virgil/contract';
import { and, type Column, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { holds } from '../../db/human-order.ts';
import { personBlocks, personMutes, profiles } from '../../db/schema/index.ts';
import { personColumns } from '../channels/index.ts';

const TABLES = { block: personBlocks, mute: personMutes } as const;
export type Kind = keyof typeof TABLES;

export interface Pair {
  readonly userId: UserId;
  readonly otherId: UserId;
}

const isPair = (kind: Kind, { otherId, userId }: Pair) =>
  and(eq(TABLES[kind].userId, userId), eq(TABLES[kind].otherId, otherId));

/** Repeating it changes nothing. */
export async function insertHidden(tx: Tx, kind: Kind, pair: Pair, at: Date): Promise<void> {
  await tx
    .insert(TABLES[kind])
    .values({ ...pair, since: at })
    .onConflictDoNothing();
}

/** False when there was nothing to take back. */
export async function deleteHidden(tx: Tx, kind: Kind, pair: Pair): Promise<boolean> {
  const rows = await tx.delete(TABLES[kind]).where(isPair(kind, pair)).returning({ otherId: TABLES[kind].otherId });
  return rows.length > 0;
}

export async function findHidden(tx: Tx, kind: Kind, pair: Pair) {
  const [row] = await tx
    .select({ person: personColumns, since: TABLES[kind].since })
    .from(TABLES[kind])
    .innerJoin(profiles, eq(profiles.id, TABLES[kind].otherId))
    .where(isPair(kind, pair));
  return row ?? null;
}

export async function countHidden(tx: Tx, kind: Kind, userId: UserId): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(TABLES[kind]).where(eq(TABLES[kind].userId, userId));
  return row?.n ?? 0;
}

export async function personExists(tx: Tx, userId: UserId): Promise<boolean> {
  const rows = await tx
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(eq(profiles.id, userId), isNull(profiles.erasedAt)));
  return rows.length > 0;
}

export interface HiddenSearch {
  readonly userId: UserId;
  readonly words: string | undefined;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** One row more than `limit` when there is more. */
export async function searchHidden(tx: Tx, kind: Kind, { after, limit, userId, words }: HiddenSearch) {
  const table = TABLES[kind];
  return tx
    .select({ person: personColumns, since: table.since })
    .from(table)
    .innerJoin(profiles, eq(profiles.id, table.otherId))
    .where(
      and(
        eq(table.userId, userId),
        holds(words, profiles.displayName),
        after === null ? undefined : sql`(${table.since}, ${table.otherId}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(table.since), desc(table.otherId))
    .limit(limit + 1);
}

export async function hiddenIds(tx: Tx, kind: Kind, userId: UserId): Promise<UserId[]> {
  const rows = await tx
    .select({ id: TABLES[kind].otherId })
    .from(TABLES[kind])
    .where(eq(TABLES[kind].userId, userId))
    .orderBy(TABLES[kind].otherId);
  return rows.map(({ id }) => id as UserId);
}

/** For a `where`: the reader neither blocked nor muted whoever this column names. */
export function isShownTo(reader: UserId | null, author: Column): SQL | undefined {
  if (reader === null) return undefined;
  return sql`not exists (select from ${personBlocks} where ${personBlocks.userId} = ${reader} and ${personBlocks.otherId} = ${author})
    and not exists (select from ${personMutes} where ${personMutes.userId} = ${reader} and ${personMutes.otherId} = ${author})`;
}

/** Whether `userId` blocked `otherId`. Only the system may ask about somebody else. */
export async function hasBlocked(tx: Tx, pair: Pair): Promise<boolean> {
  const rows = await tx.select({ id: personBlocks.otherId }).from(personBlocks).where(isPair('block', pair));
  return rows.length > 0;
}

/** What somebody set about another person. */
export async function towardsOf(tx: Tx, pair: Pair): Promise<{ blocked: boolean; muted: boolean }> {
  const muted = await tx.select({ id: personMutes.otherId }).from(personMutes).where(isPair('mute', pair));
  return { blocked: await hasBlocked(tx, pair), muted: muted.length > 0 };
}
