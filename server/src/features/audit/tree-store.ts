/** SQL of the tree: what is committed of it, and its tiles, full ones as they lie and partial ones made on demand. */
import { sql } from 'drizzle-orm';
import { encodeEntries, parseTilePath, type ReadTile, TILE_WIDTH, type Tile, type TreeHead } from 'virgil-tlog';
import type { Tx } from '../../db/database.ts';

export interface LogRow {
  readonly id: number;
  readonly origin: string;
}

/** The newest log and what is committed of it: null, and null, before there is any. */
export async function newestLog(tx: Tx): Promise<{ log: LogRow; head: TreeHead | null } | null> {
  const { rows } = await tx.execute<{ id: number; origin: string; size: string | null; root: Buffer | null }>(sql`
    select id, origin, size, root from audit_logs
    left join lateral (
      select size, root from audit_checkpoints where log = audit_logs.id order by size desc limit 1
    ) as head on true
    order by id desc limit 1`);
  const [row] = rows;
  if (row === undefined) return null;
  const { id, origin, size, root } = row;
  return { log: { id, origin }, head: size === null || root === null ? null : { size: Number(size), root } };
}

export async function insertLog(tx: Tx, log: LogRow, at: Date): Promise<void> {
  await tx.execute(
    sql`insert into audit_logs (id, origin, started_at) values (${log.id}, ${log.origin}, ${at.toISOString()})`,
  );
}

/** Whether a tree of a size that was signed has this partial tile: sizes in between were never anybody's to see. */
export async function isOfSignedSize(tx: Tx, log: number, tile: Tile, published: number): Promise<boolean> {
  const leaves = tile.level === 'entries' ? 1 : TILE_WIDTH ** tile.level;
  const from = (tile.index * TILE_WIDTH + tile.width) * leaves;
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (
      select from audit_checkpoints
      where log = ${log} and size >= ${from} and size < ${from + leaves} and size <= ${published}
    ) as found`);
  return rows[0]?.found === true;
}

/** Null where the tree has not grown so far. */
export async function readTile(tx: Tx, log: number, tile: Tile): Promise<Uint8Array | null> {
  if (tile.level === 'entries') return readBundle(tx, log, tile);
  const first = tile.index * TILE_WIDTH;
  if (tile.width === TILE_WIDTH) {
    const { rows } = await tx.execute<{ hashes: Buffer }>(
      sql`select hashes from audit_tiles where log = ${log} and level = ${tile.level} and n = ${tile.index}`,
    );
    return rows[0]?.hashes ?? null;
  }
  const end = first + tile.width;
  const { rows } = await tx.execute<{ hash: Buffer }>(
    tile.level === 0
      ? sql`select leaf_hash as hash from audit_entries where log = ${log} and seq >= ${first} and seq < ${end} order by seq`
      : sql`select root as hash from audit_tiles
            where log = ${log} and level = ${tile.level - 1} and n >= ${first} and n < ${end} order by n`,
  );
  return rows.length === tile.width ? Buffer.concat(rows.map(({ hash }) => hash)) : null;
}

async function readBundle(tx: Tx, log: number, { index, width }: Tile): Promise<Uint8Array | null> {
  const first = index * TILE_WIDTH;
  const { rows } = await tx.execute<{ leaf: Buffer }>(
    sql`select leaf from audit_entries where log = ${log} and seq >= ${first} and seq < ${first + width} order by seq`,
  );
  return rows.length === width ? encodeEntries(rows.map(({ leaf }) => leaf)) : null;
}

export function tileReader(tx: Tx, log: number): ReadTile {
  return (path) => readTile(tx, log, parseTilePath(path));
}
