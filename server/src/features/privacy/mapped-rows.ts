/** The rows that a line of the data map picks. Names of tables and columns come from the map, not from outside. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import type { DataOfTable } from './data-map.ts';
import type { Row } from './deps.ts';

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
