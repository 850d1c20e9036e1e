/** `schema/*.ts` and the migrated database say the same: columns, constraints, indexes, row policies. */
import { getTableColumns, is, type SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect, type PgPolicy, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { readMigrations } from '../migrate.ts';
import * as schema from './index.ts';

const tables = Object.values(schema).flatMap((value): PgTable[] => (is(value, PgTable) ? [value] : []));
const text = (part: SQL | undefined) => (part ? new PgDialect().sqlToQuery(part).sql : undefined);
const sorted = <T>(rows: readonly T[]) => rows.map((row) => JSON.stringify(row)).sort();

const COLUMNS = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull",
    a.atthasdef or a.attidentity <> '' as "hasDefault"
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'virgil_migrations'
    and a.attnum > 0 and not a.attisdropped`;
const POLICIES = `
  select tablename as "table", policyname as name, permissive, roles::text[] as roles, cmd, qual, with_check
  from pg_policies where schemaname = 'public'`;
const INDEXES = `
  select tablename as "table", indexname as name, indexdef as definition from pg_indexes
  where schemaname = 'public' and tablename = any($1) and indexname = any($2)`;
const CHECKS = `
  select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace and conrelid::regclass::text = any($1)`;

describe('schema and migrations', () => {
  let migrated: TestDatabase;
  /** A copy in which policies, checks and indexes are made again from `schema/*.ts`: PostgreSQL words both alike. */
  let declared: TestDatabase;
  const names = tables.map((table) => getTableConfig(table).name);
  const indexNames = tables.flatMap((table) => getTableConfig(table).indexes.map((index) => index.config.name ?? ''));

  beforeAll(async () => {
    migrated = await testDatabase();
    declared = await testDatabase();
    for (const table of tables) await declareAgain(declared, table);
  });
  afterAll(async () => {
    await migrated.drop();
    await declared.drop();
  });

  test('every table is in both', async () => {
    const rows = await migrated.sql<{ table: string }>(`select distinct "table" from (${COLUMNS}) as columns`);
    expect(rows.map((row) => row.table).sort()).toEqual([...names].sort());
  });

  test('columns have the same names, types, defaults and are required alike', async () => {
    const expected = tables.flatMap((table) =>
      Object.values(getTableColumns(table)).map((column) => ({
        table: getTableConfig(table).name,
        column: column.name,
        type: column.getSQLType().replace('timestamp (3) with time zone', 'timestamp(3) with time zone'),
        notNull: column.notNull,
        hasDefault: column.hasDefault,
      })),
    );
    expect(sorted(await migrated.sql(COLUMNS))).toEqual(sorted(expected));
  });

  test('row policies are the same', async () => {
    const found = await migrated.sql(POLICIES);
    expect(sorted(found)).toEqual(sorted(await declared.sql(POLICIES)));
    expect(found).toHaveLength(tables.flatMap((table) => getTableConfig(table).policies).length);
  });

  test('every table forces row security', async () => {
    const rows = await migrated.sql<{ relname: string }>(
      `select relname from pg_class where relname = any($1) and not (relrowsecurity and relforcerowsecurity)`,
      [names],
    );
    expect(rows).toEqual([]);
  });

  test('indexes are the same', async () => {
    const found = await migrated.sql(INDEXES, [names, indexNames]);
    expect(sorted(found)).toEqual(sorted(await declared.sql(INDEXES, [names, indexNames])));
    expect(found).toHaveLength(indexNames.length);
  });

  test('checks are the same', async () => {
    expect(sorted(await migrated.sql(CHECKS, [names]))).toEqual(sorted(await declared.sql(CHECKS, [names])));
  });

  test('references and what deleting does are the same', async () => {
    const actions = { a: 'no action', c: 'cascade', n: 'set null' } as const;
    const rows = await migrated.sql<{ from: string; column: string; to: string; action: keyof typeof actions }>(`
      select conrelid::regclass::text as "from", a.attname as "column", confrelid::regclass::text as "to", confdeltype as action
      from pg_constraint join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
      where contype = 'f' and connamespace = 'public'::regnamespace`);
    const expected = tables.flatMap((table) => {
      const config = getTableConfig(table);
      return config.foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference();
        return {
          from: config.name,
          column: columns[0]?.name,
          to: getTableConfig(foreignTable).name,
          action: key.onDelete ?? 'no action',
        };
      });
    });
    expect(sorted(rows.map((row) => ({ ...row, action: actions[row.action] })))).toEqual(sorted(expected));
  });

  test('migrations are numbered without a gap', async () => {
    const numbers = (await readMigrations()).map(({ name }) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

async function declareAgain(db: TestDatabase, table: PgTable): Promise<void> {
  const { name, policies, checks, indexes } = getTableConfig(table);
  const existing = await db.sql<{ policyname: string }>('select policyname from pg_policies where tablename = $1', [
    name,
  ]);
  for (const { policyname } of existing) await db.sql(`drop policy ${policyname} on ${name}`);
  for (const policy of policies) await db.sql(createPolicy(name, policy));
  for (const check of checks) {
    await db.sql(`alter table ${name} drop constraint if exists ${check.name}`);
    await db.sql(`alter table ${name} add constraint ${check.name} check (${text(check.value)})`);
  }
  for (const { config } of indexes) {
    const columns = config.columns.map((column) => {
      if (!('name' in column)) throw new Error('an index on an expression: teach this test');
      const order = column.indexConfig?.order === 'desc' ? ' desc' : '';
      return `${column.name}${order}`;
    });
    const where = config.where ? ` where ${text(config.where)}` : '';
    await db.sql(`drop index if exists ${config.name}`);
    await db.sql(
      `create ${config.unique ? 'unique ' : ''}index ${config.name} on ${name} using ${config.method ?? 'btree'} (${columns.join(', ')})${where}`,
    );
  }
}

function createPolicy(table: string, policy: PgPolicy): string {
  const using = policy.using ? ` using (${text(policy.using)})` : '';
  const check = policy.withCheck ? ` with check (${text(policy.withCheck)})` : '';
  const to = [policy.to].flat().join(', ');
  return `create policy ${policy.name} on ${table} for ${policy.for} to ${to}${using}${check}`;
}
