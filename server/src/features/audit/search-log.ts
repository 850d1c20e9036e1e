/** An admin looks through the log. */
import { type audit, type OutputOf, type Person, type QueryOf, userId } from '@virgil/contract';
import { z } from 'zod';
import type { Caller } from '../../actor.ts';
import { decodeCursor, pageOf } from '../../http/index.ts';
import type { AuditLog } from './audit-log.ts';
import { type IndexRow, namesOf, searchIndex } from './index-store.ts';

const logAndSeq = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

export async function searchLog(
  log: AuditLog,
  caller: Caller,
  query: QueryOf<typeof audit.listAudit>,
): Promise<OutputOf<typeof audit.listAudit>> {
  const after = decodeCursor(query.cursor, logAndSeq);
  return log.handle.database.asActor(caller.actor, async (tx) => {
    const found = await searchIndex(tx, query, { after, limit: query.limit });
    const page = pageOf(found, query.limit, (row) => [row.log, row.seq]);
    const names = await namesOf(tx, page.rows.flatMap(idsIn));
    return { items: page.rows.map((row) => describeEntry(row, names)), nextCursor: page.nextCursor };
  });
}

export const idsIn = (row: IndexRow): (string | null)[] => [row.actorId, row.entityId];

export function describeEntry(row: IndexRow, names: ReadonlyMap<string, Person>): audit.AuditLogEntry {
  const { actorId, at, ...rest } = row;
  return {
    ...rest,
    entityName: row.entityId === null ? null : (names.get(row.entityId)?.displayName ?? null),
    // Somebody without a profile any more is still one and the same.
    actor:
      actorId === null ? null : (names.get(actorId) ?? { id: userId.parse(actorId), displayName: '', avatarUrl: null }),
    at: at.toISOString(),
  };
}
