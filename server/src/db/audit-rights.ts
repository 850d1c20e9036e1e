/**
 * The server must not be able to rewrite what it recorded. Its logins own nothing and may at most add to the log and to
 * the ledger; when somebody gave them more, or took the triggers away, the server does not start.
 */
import type pg from 'pg';
import { StartupProblem } from '../startup-problem.ts';

/** Tables to which rows can only be added; from the outbox the sequencer takes them away. */
const ADD_ONLY = [
  'audit_logs',
  'audit_entries',
  'audit_tiles',
  'audit_checkpoints',
  'ledger_accounts',
  'ledger_transfers',
  'ledger_entries',
  'ledger_digests',
];
const GUARDED = [...ADD_ONLY, 'audit_index', 'audit_people', 'audit_outbox', 'audit_keys'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  audit_outbox: ['DELETE'],
  audit_keys: ['UPDATE'],
};

/** `login` is the one the pool is logged in as, or another that the server uses. */
export async function refuseTooManyRights(client: Pick<pg.Client, 'query'>, logins: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const login of logins) found.push(...(await excessOf(client, login)));
  found.push(...(await missingTriggers(client)));
  if (found.length === 0) return;
  throw new StartupProblem(
    'unavailable',
    [
      'The database lets the server change its own audit log or ledger, so it does not start:',
      ...found.map((one) => `  ${one}`),
      'Take these rights back (REVOKE, ALTER ROLE … NOSUPERUSER NOBYPASSRLS, ALTER TABLE … OWNER TO virgil_owner), then start again.',
    ].join('\n'),
  );
}

async function excessOf(client: Pick<pg.Client, 'query'>, login: string): Promise<string[]> {
  const { rows: attributes } = await client.query<{ word: string }>(
    `select word from pg_roles cross join lateral (values
       (rolsuper, 'is a superuser'), (rolbypassrls, 'bypasses row security'),
       (rolcreaterole, 'may create roles'), (rolreplication, 'may replicate')
     ) as has(it, word)
     where it and pg_has_role($1, oid, 'member')
       and (rolname = $1 or rolname not like 'pg\\_%')`,
    [login],
  );
  if (attributes.length > 0) return [...new Set(attributes.map(({ word }) => `the login ${login} ${word}`))];
  const { rows } = await client.query<{ table: string; right: string; role: string }>(
    `select c.relname as "table", "right", r.rolname as role
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       cross join pg_roles r
       cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as rights("right")
     where n.nspname = 'public' and c.relname = any($2) and pg_has_role($1, r.oid, 'member')
       and (has_table_privilege(r.oid, c.oid, "right") or ("right" = 'UPDATE' and has_any_column_privilege(r.oid, c.oid, "right")))
     order by 1, 2`,
    [login, GUARDED],
  );
  const { rows: owned } = await client.query<{ table: string }>(
    `select c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relname = any($2) and pg_has_role($1, c.relowner, 'member')`,
    [login, GUARDED],
  );
  const owns = new Set(owned.map(({ table }) => table));
  return [
    ...owned.map(({ table }) => `the login ${login} owns ${table}, by itself or through a role`),
    ...rows
      .filter(({ table, right }) => !owns.has(table) && !ALLOWED[table]?.includes(right))
      .map(({ table, right, role }) => `the login ${login} may ${right} ${table} (as ${role})`),
  ];
}

async function missingTriggers(client: Pick<pg.Client, 'query'>): Promise<string[]> {
  // BEFORE (2), DELETE (8), UPDATE (16), TRUNCATE (32), for each statement (not 1), and fired in every session mode.
  const { rows } = await client.query<{ table: string }>(
    `select name as "table" from unnest($1::text[]) as guarded(name)
     where not exists (
       select from pg_trigger t
       where t.tgrelid = to_regclass('public.' || name) and t.tgname = 'append_only'
         and t.tgenabled = 'A' and t.tgtype & 59 = 58
     )`,
    [ADD_ONLY],
  );
  return rows.map(({ table }) => `${table} has lost the trigger that refuses every change`);
}
