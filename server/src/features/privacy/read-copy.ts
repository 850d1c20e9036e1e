/** What goes into a copy of someone's data: every line of the map that is exported, and their audit entries. */
import type { privacy } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { DATA_MAP } from './data-map.ts';
import type { PersonalFile, PrivacyDeps, Row } from './deps.ts';
import { rowsOf } from './mapped-rows.ts';

export interface CopyPart {
  readonly kind: privacy.DataKind;
  readonly rows: readonly Row[];
}

export interface Copy {
  readonly parts: readonly CopyPart[];
  readonly files: readonly PersonalFile[];
}

export async function readCopy(deps: PrivacyDeps, tx: Tx, userId: string): Promise<Copy> {
  const parts: CopyPart[] = [];
  for (const entry of DATA_MAP) {
    if (entry.exported.length === 0) continue;
    const [schema, table] = entry.table.split('.');
    const rows =
      schema === 'auth' && table !== undefined
        ? await deps.auth.rows(table, entry.exported, entry.where, userId)
        : await rowsOf(tx, entry, userId);
    parts.push({ kind: entry.kind, rows });
  }
  parts.push({ kind: 'audit_entries', rows: await deps.audit.entriesOf(userId) });
  const files = await deps.files.of(tx, userId);
  return { parts: merged(parts), files: files.filter(({ isWithheld }) => isWithheld !== true) };
}

/** Two tables of one kind are one file. */
function merged(parts: readonly CopyPart[]): CopyPart[] {
  const byKind = new Map<privacy.DataKind, Row[]>();
  for (const { kind, rows } of parts) byKind.set(kind, [...(byKind.get(kind) ?? []), ...rows]);
  return [...byKind].map(([kind, rows]) => ({ kind, rows }));
}
