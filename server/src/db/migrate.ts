/** Applies `migrations/NNNN_<intention>.sql` in order, each in a transaction of its own, as the owner of the tables. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { StartupProblem } from '../startup-problem.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
/** Any number, the same on every node: only one migrates at a time. */
const LOCK = 7_304_461_937;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Returns the names it applied. `at` is when, for the record. */
export async function migrate(client: Client, at: Date): Promise<string[]> {
  const migrations = await readMigrations();
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    const applied = await appliedMigrations(client);
    refuseForeignHistory(migrations, applied);
    const missing = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(client, migration, at);
    return missing.map((migration) => migration.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function appliedMigrations(client: Client): Promise<Map<string, string>> {
  await client.query('set role virgil_owner');
  try {
    await client.query(
      'create table if not exists virgil_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null)',
    );
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from virgil_migrations');
    return new Map(rows.map((row) => [row.name, row.sha256]));
  } finally {
    await client.query('reset role');
  }
}

function refuseForeignHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.sha256]));
  for (const [name, sha256] of applied) {
    const ours = known.get(name);
    if (ours === undefined) {
      throw new StartupProblem(
        'unavailable',
        `The database was already changed by a newer Virgil (migration ${name}). Start that version, or restore a backup.`,
      );
    }
    if (ours !== sha256) {
      throw new StartupProblem(
        'unavailable',
        `Migration ${name} is not the one that was applied to this database. Migrations go forward only: add a new file instead.`,
      );
    }
  }
}

async function apply(client: Client, migration: Migration, at: Date): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local role virgil_owner');
    // Who takes a function over must be able to create in its schema; at run time nobody may.
    await client.query('grant create on schema public to app_system');
    await client.query(migration.sql);
    await client.query('revoke create on schema public from app_system');
    await client.query('insert into virgil_migrations (name, sha256, applied_at) values ($1, $2, $3)', [
      migration.name,
      migration.sha256,
      at,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}
