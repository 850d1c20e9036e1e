/** The entries of a search as a file: CSV to look at, JSON to check, with every leaf and proof. */
import type { audit, QueryOf } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { csvOf } from '../../csv.ts';
import type { FileAnswer } from '../../http/index.ts';
import type { AuditLog } from './audit-log.ts';
import { type IndexRow, namesOf, searchIndex } from './index-store.ts';
import { readEntries } from './read-entry.ts';
import { describeEntry, idsIn } from './search-log.ts';

const MOST = 10_000;
const AT_ONCE = 500;

export async function exportLog(
  log: AuditLog,
  caller: Caller,
  { format, ...filter }: QueryOf<typeof audit.exportAudit>,
): Promise<FileAnswer> {
  const { rows, names, isWhole } = await log.handle.database.asActor(caller.actor, async (tx) => {
    const found = await searchIndex(tx, filter, { after: null, limit: MOST });
    const rows = found.slice(0, MOST);
    return { rows, names: await namesOf(tx, rows.flatMap(idsIn)), isWhole: found.length <= MOST };
  });
  // The name says when the newest ones are not all.
  const part = isWhole ? '' : `-newest-${MOST}`;
  const fileName = `audit-${log.clock.now().toISOString().slice(0, 10)}${part}.${format}`;
  if (format === 'json') return { type: 'application/json', fileName, body: await bundle(log, rows) };
  const columns = [
    'log',
    'entry',
    'time',
    'type',
    'entity',
    'entity id',
    'entity name',
    'actor id',
    'actor name',
    'event',
  ];
  const lines = rows.map((row) => {
    const entry = describeEntry(row, names);
    const actor = [entry.actor?.id ?? null, entry.actor?.displayName ?? null];
    return [
      entry.log,
      entry.seq,
      entry.at,
      entry.type,
      entry.entity,
      entry.entityId,
      entry.entityName,
      ...actor,
      entry.eventId,
    ];
  });
  return { type: 'text/csv', fileName, body: csvOf(columns, lines) };
}

/** One checkpoint and its keys, and each entry's leaf with the hashes that lead from it to the checkpoint's root. */
async function bundle(log: AuditLog, rows: readonly IndexRow[]): Promise<string> {
  const entries: unknown[] = [];
  let head: { checkpoint: string; origin: string; keys: readonly string[] } | null = null;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    for (const { proof, ...entry } of await readEntries(log, rows.slice(at, at + AT_ONCE))) {
      // Under another checkpoint than the first it carries its own.
      head ??= proof && { checkpoint: proof.checkpoint, origin: proof.origin, keys: proof.keys };
      const isSame = proof !== null && proof.checkpoint === head?.checkpoint;
      entries.push({ ...entry, proof: isSame ? { index: proof.index, hashes: proof.hashes } : proof });
    }
  }
  return `${JSON.stringify({ format: 'virgil-audit-export/v1', ...head, entries }, null, 1)}\n`;
}
