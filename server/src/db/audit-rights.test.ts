import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { StartupProblem } from '../startup-problem.ts';
import { refuseTooManyRights } from './audit-rights.ts';

/** Roles belong to the whole cluster, so the server's own login is left alone and another one stands in for it. */
const LOGIN = 'app_with_too_much';
const TABLES = ['audit_logs', 'audit_entries', 'audit_tiles', 'audit_checkpoints', 'audit_index', 'audit_people'];

let db: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  db = await testDatabase();
  await db.sql(`create role ${LOGIN} login noinherit`);
  await db.sql(`grant app_system, app_admin to ${LOGIN}`);
  client = new pg.Client({ connectionString: db.urls.app });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await db.sql(`drop owned by ${LOGIN}`);
  await db.sql(`drop role ${LOGIN}`);
  await db.drop();
});

const start = (login = LOGIN) => refuseTooManyRights(client, [login]);
async function withMore(more: string, less: string): Promise<string> {
  await db.sql(more);
  try {
    await start();
    return 'it starts';
  } catch (error) {
    if (!(error instanceof StartupProblem)) throw error;
    return error.message;
  } finally {
    await db.sql(less);
  }
}

describe('the server starts', () => {
  test('with the rights that the migrations give', async () => {
    await start('app');
    await start('virgil_auth');
    await start();
  });

  test.each([
    ['may UPDATE', `grant update on audit_entries to ${LOGIN}`, `revoke update on audit_entries from ${LOGIN}`],
    [
      'may UPDATE',
      `grant update (leaf) on audit_entries to ${LOGIN}`,
      `revoke update (leaf) on audit_entries from ${LOGIN}`,
    ],
    ['may DELETE', `grant delete on audit_index to ${LOGIN}`, `revoke delete on audit_index from ${LOGIN}`],
    ['may TRUNCATE', `grant truncate on audit_outbox to ${LOGIN}`, `revoke truncate on audit_outbox from ${LOGIN}`],
    ['may TRIGGER', `grant trigger on audit_tiles to ${LOGIN}`, `revoke trigger on audit_tiles from ${LOGIN}`],
    ['as pg_write_all_data', `grant pg_write_all_data to ${LOGIN}`, `revoke pg_write_all_data from ${LOGIN}`],
    ['is a superuser', `alter role ${LOGIN} superuser`, `alter role ${LOGIN} nosuperuser`],
    ['bypasses row security', `alter role ${LOGIN} bypassrls`, `alter role ${LOGIN} nobypassrls`],
    ['may create roles', `alter role ${LOGIN} createrole`, `alter role ${LOGIN} nocreaterole`],
    ['owns audit_entries', `grant virgil_owner to ${LOGIN}`, `revoke virgil_owner from ${LOGIN}`],
    [
      'owns audit_checkpoints',
      `alter table audit_checkpoints owner to ${LOGIN}`,
      'alter table audit_checkpoints owner to virgil_owner',
    ],
    [
      'audit_entries has lost the trigger',
      'alter table audit_entries disable trigger append_only',
      'alter table audit_entries enable always trigger append_only',
    ],
  ])('not when its login %s', async (words, more, less) => {
    const message = await withMore(more, less);
    expect(message).toContain(words);
    expect(message).toContain('start again');
  });
});

describe('every role of the server is refused', () => {
  const refused = async (role: string, statement: string): Promise<string> => {
    await client.query('begin');
    try {
      await client.query("select set_config('role', $1, true)", [role]);
      await client.query(statement);
      return 'done';
    } catch (error) {
      return (error as pg.DatabaseError).code ?? '';
    } finally {
      await client.query('rollback');
    }
  };

  test.each(TABLES)('any change of %s', async (table) => {
    for (const role of ['none', 'app_guest', 'app_user', 'app_mod', 'app_admin', 'app_system']) {
      for (const statement of [
        `update ${table} set log = 2`.replace('audit_logs set log', 'audit_logs set id'),
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `alter table ${table} add column more text`,
        `alter table ${table} disable trigger all`,
        `drop table ${table}`,
      ]) {
        expect([role, statement, await refused(role, statement)]).toEqual([role, statement, '42501']);
      }
    }
  });

  test('the owner of the tables too, by triggers, also in a session that fires no ordinary ones', async () => {
    const admin = new pg.Client({ connectionString: db.urls.admin });
    await admin.connect();
    try {
      for (const mode of ['origin', 'replica']) {
        await admin.query(`set session_replication_role = ${mode}`);
        for (const table of ['audit_logs', 'audit_entries', 'audit_tiles', 'audit_checkpoints']) {
          for (const statement of [`delete from ${table}`, `truncate ${table} cascade`]) {
            await expect(admin.query(statement), `${mode}: ${statement}`).rejects.toThrow(/only be added to/);
          }
        }
        await expect(admin.query(`update audit_entries set leaf = ''`)).rejects.toThrow(/only be added to/);
        await expect(admin.query('truncate audit_index')).rejects.toThrow(/only be added to/);
      }
    } finally {
      await admin.end();
    }
  });
});
