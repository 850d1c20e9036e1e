/**
 * Searching and sorting what people wrote. The database compares bytes (locale C), so both name the collation in which
 * `Ä` and `ä` are one letter; every PostgreSQL with ICU has it.
 */
import { type Column, type SQL, sql } from 'drizzle-orm';

/** What someone typed into a search box; their `%` and `_` are letters. Undefined when they typed nothing. */
export function holds(words: string | undefined, ...columns: readonly Column[]): SQL | undefined {
  const wanted = words?.trim() ?? '';
  if (wanted === '') return undefined;
  const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
  const found = columns.map((column) => sql`${column} collate "und-x-icu" ilike ${pattern}`);
  return sql`(${sql.join(found, sql` or `)})`;
}

/** To sort by, and to go on from in a cursor. */
export function alphabetical(column: Column): SQL<string> {
  return sql<string>`lower(${column} collate "und-x-icu")`;
}
