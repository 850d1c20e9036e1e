import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { prepareDatabase } from './prepare.ts';

describe('migrations', () => {
  let db: TestDatabase;
  const at = new Date('2027-01-01T00:00:00Z');
  const again = async () => {
    const client = new pg.Client({ connectionString: db.urls.admin });
    await client.connect();
    try {
      return await migrate(client, at);
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(() => db.drop());

  test('are applied once: a second start changes nothing, also when two start together', async () => {
    expect(await Promise.all([prepareDatabase(db.urls, at), prepareDatabase(db.urls, at)])).toEqual([[], []]);
    const applied = await db.sql<{ name: string }>('select name from virgil_migrations order by name');
    expect(applied.map((row) => row.name)).toEqual((await readMigrations()).map((migration) => migration.name));
  });

  test('an applied file that was changed since is refused, with what to do', async () => {
    await db.sql(`update virgil_migrations set sha256 = 'another' where name like '0002%'`);
    await expect(again()).rejects.toThrow(/0002_people\.sql is not the one that was applied.*add a new file/);
  });

  test('a database of a newer version is refused', async () => {
    await db.sql(`insert into virgil_migrations values ('9999_future.sql', '', now())`);
    await expect(again()).rejects.toThrow(/newer Virgil \(migration 9999_future\.sql\)/);
  });

  test('leave behind a run-time login that owns nothing, bypasses nothing and may create nothing', async () => {
    const [app] = await db.sql(`
      select rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb,
        exists (select from pg_class where relowner = pg_roles.oid) as owns,
        has_schema_privilege('app', 'public', 'create') as creates,
        has_schema_privilege('app', 'auth', 'usage') as auth
      from pg_roles where rolname = 'app'`);
    expect(app).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolinherit: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owns: false,
      creates: false,
      auth: false,
    });
    const bypassing = await db.sql(
      `select rolname from pg_roles where rolbypassrls and rolname like any('{app%,virgil%}')`,
    );
    expect(bypassing).toEqual([]);
  });
});
