/** Statements of reasons in the format of the DSA Transparency Database, for whoever hands them over by hand. */
import {
  type transparency as contract,
  DSA_BATCH,
  type DsaStatement,
  type OutputOf,
  type QueryOf,
} from '@virgil/contract';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { type CsvCell, csvOf } from '../../csv.ts';
import type { Database } from '../../db/database.ts';
import { decodeCursor, type FileAnswer, pageOf } from '../../http/index.ts';
import { dsaRecordOf, listExported, type RecordedStatement } from '../statements/index.ts';
import type { TransparencyDeps } from './get-transparency.ts';

const onlyId = z.tuple([z.string().max(64)]);

export async function listDsaStatements(
  { database }: TransparencyDeps,
  actor: Actor,
  { cursor, limit }: QueryOf<typeof contract.listDsaStatements>,
): Promise<OutputOf<typeof contract.listDsaStatements>> {
  const after = decodeCursor(cursor, onlyId);
  const found = await database.asActor(actor, (tx) => listExported(tx, after, limit));
  const { rows, nextCursor } = pageOf(found, limit, ({ id }) => [id]);
  return { items: rows.flatMap((row) => dsaRecordOf(row) ?? []), nextCursor };
}

const COLUMNS = [
  'puid',
  'application_date',
  'content_date',
  'decision_visibility',
  'decision_monetary',
  'decision_provision',
  'decision_account',
  'end_date_visibility_restriction',
  'end_date_account_restriction',
  'decision_ground',
  'illegal_content_legal_ground',
  'illegal_content_explanation',
  'incompatible_content_ground',
  'incompatible_content_explanation',
  'content_type',
  'content_type_other',
  'category',
  'category_specification',
  'category_specification_other',
  'territorial_scope',
  'decision_facts',
  'source_type',
  'automated_detection',
  'automated_decision',
] as const satisfies readonly (keyof DsaStatement)[];

export async function exportDsaStatements({ database }: TransparencyDeps, actor: Actor): Promise<FileAnswer> {
  const lines: CsvCell[][] = [];
  for (let after: readonly [string] | null = null, isMore = true; isMore; ) {
    const rows: RecordedStatement[] = await pageAfter(database, actor, after);
    const page = rows.slice(0, DSA_BATCH);
    for (const row of page) {
      const record = dsaRecordOf(row);
      if (record !== null) lines.push(COLUMNS.map((name) => cellOf(record[name])));
    }
    const last = page.at(-1);
    isMore = rows.length > DSA_BATCH && last !== undefined;
    after = last === undefined ? null : [last.id];
  }
  return { type: 'text/csv', fileName: 'statements-of-reasons.csv', body: csvOf(COLUMNS, lines) };
}

function cellOf(value: DsaStatement[(typeof COLUMNS)[number]]): string {
  return Array.isArray(value) ? value.join(' ') : (value ?? '');
}

const pageAfter = (database: Database, actor: Actor, after: readonly [string] | null) =>
  database.asActor(actor, (tx) => listExported(tx, after, DSA_BATCH));
