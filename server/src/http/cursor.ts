/**
 * Cursors of lists: where the next page begins, as the values of the last row's sort key. Opaque to clients, and
 * parsed like everything that comes from outside.
 */
import { z } from 'zod';
import { AppError } from '../errors.ts';

function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Null without a cursor; `invalid` for one that this list did not give. */
export function decodeCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.infer<T> | null {
  if (cursor === undefined) return null;
  const parsed = shape.safeParse(jsonIn(cursor));
  if (!parsed.success) throw new AppError('invalid', { errors: [{ path: 'cursor', message: 'not one of this list' }] });
  return parsed.data;
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // Not ours: the shape refuses it.
    return undefined;
  }
}

/** A sort key of one number and an id, and one of an instant and an id. */
export const countAndId = z.tuple([z.int(), z.string().max(64)]);
export const instantAndId = z.tuple([z.iso.datetime(), z.string().max(64)]);

/** `rows` holds one more than `limit` when there is a further page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
): { rows: readonly Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
