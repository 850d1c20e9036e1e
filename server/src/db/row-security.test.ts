import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { GUARDED } from '../../test/kit/row-security-cast.ts';
import { rowSecurityPage } from '../../test/kit/row-security-page.ts';

const PAGE = path.join(import.meta.dirname, '../../../docs/row-security.md');
/** Public by design: anybody may read some of their rows. */
const PUBLIC = [
  ...['profiles', 'channels', 'livestreams', 'stream_reactions', 'videos', 'stream_messages', 'video_comments'],
  ...['audit_logs', 'audit_entries', 'audit_tiles', 'audit_checkpoints', 'policy_versions'],
];
const ROLES = ['app_guest', 'app_user', 'app_mod'];

describe('row security', () => {
  let db: TestDatabase;
  let client: pg.Client;
  let page: string;

  beforeAll(async () => {
    db = await testDatabase();
    page = await rowSecurityPage(db);
    client = new pg.Client({ connectionString: db.urls.app });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await db.drop();
  });

  /** Rows that a role reads; null when it may not read at all. */
  async function rowsOf(table: string, role: string | null, userId: string | null): Promise<number | null> {
    await client.query('begin');
    try {
      if (role !== null) await client.query("select set_config('role', $1, true)", [role]);
      if (userId !== null) await client.query("select set_config('app.user_id', $1, true)", [userId]);
      const { rows } = await client.query<{ n: number }>(`select count(*)::integer as n from ${table}`);
      return rows[0]?.n ?? 0;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') return null;
      throw error;
    } finally {
      await client.query('rollback');
    }
  }

  test('the page in docs says what PostgreSQL does', async () => {
    await expect(page, 'write it again: npx vitest run server/src/db/row-security.test.ts -u').toMatchFileSnapshot(
      PAGE,
    );
  });

  test('every table is on the page', async () => {
    const rows = await db.sql<{ name: string }>(
      `select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
       where n.nspname = 'public' and relkind in ('r', 'p') and not relispartition and relname <> 'virgil_migrations'`,
    );
    expect(GUARDED.map(({ table }) => table).sort()).toEqual(rows.map((row) => row.name).sort());
  });

  const guarded = GUARDED.map(({ table }) => table).filter((table) => !PUBLIC.includes(table));

  test.each(guarded)('without a person, no role reads a row of %s', async (table) => {
    for (const role of ROLES) {
      for (const userId of [null, '', 'nobody we know']) expect(await rowsOf(table, role, userId)).toBeOneOf([0, null]);
    }
    expect(await rowsOf(table, null, 'ed')).toBeNull();
  });

  test('without a person, chat shows what is published to everybody, videos what is public, and comments what stands under those', async () => {
    for (const role of [null, ...ROLES]) {
      expect(await rowsOf('stream_messages', role, null)).toBe(1);
      expect(await rowsOf('videos', role, null)).toBe(1);
      expect(await rowsOf('video_comments', role, null)).toBe(1);
    }
  });

  test('partitions cannot be read past the policies of their table', async () => {
    for (const role of [null, ...ROLES, 'app_admin', 'app_system']) {
      expect(await rowsOf('stream_messages_default', role, 'ed')).toBeNull();
    }
  });

  test('e-mail addresses, passwords and sessions are out of every role’s reach', async () => {
    await db.sql('create table if not exists auth."user" (id text, email text)');
    for (const role of [null, ...ROLES, 'app_admin', 'app_system'])
      expect(await rowsOf('auth."user"', role, 'ed')).toBeNull();
  });

  test('the functions that know more than their caller tell only about the caller', async () => {
    const asVic = async (text: string) => {
      await client.query('begin');
      try {
        await client.query("select set_config('role', 'app_user', true), set_config('app.user_id', 'vic', true)");
        return (await client.query(text)).rows;
      } finally {
        await client.query('rollback');
      }
    };
    expect(await asVic('select app_channels_i_moderate() as id')).toEqual([{ id: 'vic' }]);
    expect(await asVic('select app_channels_i_patronise() as id')).toEqual([{ id: 'vic' }]);
    for (const refused of [
      "select app_make_message_partitions('2030-01-01', 1)",
      "select app_standing('ed', '2027-01-01')",
    ]) {
      await expect(asVic(refused)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('following someone is counted on the channel, whoever does it', async () => {
    const [before] = await db.sql<{ followers: number }>(`select followers from channels where id = 'ada'`);
    await db.sql(`delete from follows where channel_id = 'ada'`);
    const [after] = await db.sql<{ followers: number }>(`select followers from channels where id = 'ada'`);
    expect([before, after]).toEqual([{ followers: 1 }, { followers: 0 }]);
  });
});
