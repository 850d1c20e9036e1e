/** SQL of looking things up: the index, who is in an entry, and the entry's bytes. */

import type { audit, Person, QueryOf } from '@virgil/contract';
import { and, asc, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { auditEntries, auditIndex, auditPeople, profiles } from '../../db/schema/index.ts';
import { personColumns, personOf } from '../channels/index.ts';

export type IndexRow = typeof auditIndex.$inferSelect;
export type Filter = Omit<QueryOf<typeof audit.listAudit>, 'limit' | 'cursor'>;

/** Newest first; `after` is the place of the last one of the page before. */
export async function searchIndex(
  tx: Tx,
  filter: Filter,
  page: { readonly after: readonly [log: number, seq: number] | null; readonly limit: number },
): Promise<IndexRow[]> {
  const { after, limit } = page;
  return tx
    .select()
    .from(auditIndex)
    .where(
      and(
        filter.type === undefined ? undefined : eq(auditIndex.type, filter.type),
        filter.entity === undefined ? undefined : eq(auditIndex.entity, filter.entity),
        filter.entityId === undefined ? undefined : eq(auditIndex.entityId, filter.entityId),
        filter.actorId === undefined ? undefined : eq(auditIndex.actorId, filter.actorId),
        filter.from === undefined ? undefined : gte(auditIndex.at, momentOf(filter.from)),
        filter.until === undefined ? undefined : lt(auditIndex.at, momentOf(filter.until)),
        wordsIn(tx, filter.q?.trim() ?? ''),
        after === null ? undefined : sql`(${auditIndex.log}, ${auditIndex.seq}) < (${after[0]}, ${after[1]})`,
      ),
    )
    .orderBy(desc(auditIndex.log), desc(auditIndex.seq))
    .limit(limit + 1);
}

/** PostgreSQL has no year 0, and nothing happened here before 1970. */
const momentOf = (instant: string): Date => new Date(Math.max(0, Date.parse(instant)));

function wordsIn(tx: Tx, words: string): SQL | undefined {
  if (words === '') return undefined;
  const part = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const people = tx.select({ id: profiles.id }).from(profiles).where(ilike(profiles.displayName, part));
  return or(
    eq(auditIndex.eventId, words),
    eq(auditIndex.entityId, words),
    inArray(auditIndex.actorId, people),
    inArray(auditIndex.entityId, people),
    ilike(auditIndex.type, part.replaceAll(' ', '\\_')),
  );
}

export async function findInIndex(tx: Tx, eventId: string): Promise<IndexRow | null> {
  const [row] = await tx.select().from(auditIndex).where(eq(auditIndex.eventId, eventId));
  return row ?? null;
}

export interface PartRow {
  readonly log: number;
  readonly seq: number;
  readonly part: number;
  readonly userId: string;
}

/** Who is in these entries, as far as row security shows it. */
export async function peopleOf(tx: Tx, eventIds: readonly string[]): Promise<PartRow[]> {
  if (eventIds.length === 0) return [];
  return tx
    .select({ log: auditPeople.log, seq: auditPeople.seq, part: auditPeople.part, userId: auditPeople.userId })
    .from(auditPeople)
    .where(inArray(auditPeople.eventId, [...eventIds]))
    .orderBy(asc(auditPeople.log), asc(auditPeople.seq), asc(auditPeople.part));
}

/** Every entry somebody is in, oldest first. */
export async function entriesWith(tx: Tx, person: string): Promise<(IndexRow & { readonly part: number })[]> {
  const rows = await tx
    .select({ entry: auditIndex, part: auditPeople.part })
    .from(auditPeople)
    .innerJoin(auditIndex, and(eq(auditIndex.log, auditPeople.log), eq(auditIndex.seq, auditPeople.seq)))
    .where(eq(auditPeople.userId, person))
    .orderBy(asc(auditIndex.log), asc(auditIndex.seq));
  return rows.map(({ entry, part }) => ({ ...entry, part }));
}

export async function leafAt(tx: Tx, place: { readonly log: number; readonly seq: number }): Promise<Buffer | null> {
  const [row] = await tx
    .select({ leaf: auditEntries.leaf })
    .from(auditEntries)
    .where(and(eq(auditEntries.log, place.log), eq(auditEntries.seq, place.seq)));
  return row?.leaf ?? null;
}

/** Those of the ids that are people with a profile. */
export async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, Person>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.select(personColumns).from(profiles).where(inArray(profiles.id, wanted));
  return new Map(rows.map((row) => [row.id, personOf(row)]));
}

export async function countWaiting(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(sql`select count(*)::integer as n from audit_outbox`);
  return rows[0]?.n ?? 0;
}
