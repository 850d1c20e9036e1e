import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { DATA_MAP, ELSEWHERE } from './data-map.ts';

/** Names by which a column is suspected to hold a person's id, beside every foreign key to people and channels. */
const SUSPICIOUS =
  /^(user|profile|creator|owner|author|actor|reporter|payer|payee|tipper|sender|subscriber|person|viewer|moderator|claimant|channel|referenceId|userId)(_?id)?$|_by$|(^|_)by_id$|_owner_id$|_channel_id$|_admin_id$/i;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** `table.column` of everything that seems to hold a person's id and stands on no line of the map. */
async function unmapped(): Promise<string[]> {
  const found = await db.sql<{ schema: string; table: string; column: string; refers: boolean }>(`
    select n.nspname as schema, c.relname as table, a.attname as column,
      exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)
        and k.confrelid::regclass::text in ('profiles', 'channels', 'auth."user"')) as refers
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
      and a.atttypid = 'text'::regtype`);
  return found
    .filter(({ column, refers }) => refers || SUSPICIOUS.test(column))
    .map(({ schema, table, column }) => ({ table: schema === 'public' ? table : `${schema}.${table}`, column }))
    .filter(({ table, column }) => {
      if (`${table}.${column}` in ELSEWHERE) return false;
      const lines = DATA_MAP.filter((line) => line.table === table);
      return !lines.some(
        ({ mentions = [], where }) => mentions.includes(column) || new RegExp(`\\b"?${column}"? = \\$1`).test(where),
      );
    })
    .map(({ table, column }) => `${table}.${column}`);
}

describe('the map of personal data', () => {
  test('has a line for every column that holds a person’s id', async () => {
    expect(await unmapped()).toEqual([]);
  });

  test('names tables, columns and conditions that are there', async () => {
    for (const { table, where, exported, erasure, mentions = [] } of DATA_MAP) {
      const [schema, name] = table.includes('.') ? table.split('.') : ['public', table];
      const set = 'set' in erasure && erasure.set !== undefined ? Object.keys(erasure.set) : [];
      const named = [...exported, ...mentions, ...set].map((column) => `"${column}"`);
      await expect(
        db.sql(`select ${named.length === 0 ? '1' : named.join(', ')} from "${schema}"."${name}" where ${where}`, [
          'x',
        ]),
      ).resolves.toEqual([]);
    }
  });

  test('misses a new table until it has a line', async () => {
    await db.sql('create table diaries (id text primary key, written_by text references profiles, entry text)');
    await db.sql('create table auth.gadgets (id text primary key, "userId" text)');
    expect((await unmapped()).sort()).toEqual(['auth.gadgets.userId', 'diaries.written_by']);
  });

  test('exports no secret', () => {
    const secrets = /password|secret|token|key_hash|^key$|backupCodes|public_?key|credential/i;
    const found = DATA_MAP.flatMap(({ table, exported }) => exported.map((column) => `${table}.${column}`)).filter(
      (name) => secrets.test(name.split('.').at(-1) ?? ''),
    );
    expect(found).toEqual([]);
  });
});
