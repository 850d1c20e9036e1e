/** Makes a database ready for the server: roles and their passwords, rights on the schemas, migrations. */
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { StartupProblem } from '../startup-problem.ts';
import { type ConnectionStrings, passwordOf } from './connection-strings.ts';
import { migrate } from './migrate.ts';
import { failureCode } from './postgres-errors.ts';

const OLDEST_SERVER = 150_000;
/** Any number, the same on every node. */
const PREPARE_LOCK = 7_304_461_936;
const sqlFile = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

/** Returns the names of the migrations it applied. */
export async function prepareDatabase(urls: ConnectionStrings, at: Date): Promise<string[]> {
  const admin = new pg.Client({ connectionString: urls.admin, connectionTimeoutMillis: 10_000 });
  admin.on('error', () => undefined); // the query in flight rejects as well, and that one is reported
  await admin.connect();
  try {
    await refuseOldServer(admin);
    // Nodes that start together take turns. The lock ends with this connection.
    await admin.query('select pg_advisory_lock($1)', [PREPARE_LOCK]);
    await makeRoles(admin, urls);
    await admin.query(await sqlFile('./schema-rights.sql'));
    return await migrate(admin, at);
  } finally {
    await admin.end();
  }
}

async function refuseOldServer(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ server_version_num: string }>('show server_version_num');
  const version = Number(rows[0]?.server_version_num);
  if (version < OLDEST_SERVER) {
    throw new StartupProblem(
      'unavailable',
      `DATABASE_URL points to PostgreSQL ${Math.floor(version / 10_000)}; Virgil needs 15 or newer.`,
    );
  }
}

async function makeRoles(admin: pg.Client, urls: ConnectionStrings): Promise<void> {
  const roles = await sqlFile('./roles.sql');
  try {
    await admin.query(roles);
    await givePassword(admin, 'app', urls.app);
    await givePassword(admin, 'virgil_auth', urls.auth);
  } catch (error) {
    if (failureCode(error) !== '42501') throw error;
    throw new StartupProblem(
      'unavailable',
      `The login in DATABASE_URL may not create roles. Give it the right (ALTER ROLE … CREATEROLE), or run this once as a superuser of that server and grant it virgil_owner and virgil_auth:\n\n${roles}`,
      { cause: error },
    );
  }
}

/** Sets the password only when the login does not work with it, so that a plain start changes nothing. */
async function givePassword(admin: pg.Client, login: string, url: string): Promise<void> {
  const probe = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await probe.end();
  } catch (error) {
    const code = failureCode(error);
    if (code !== '28P01' && code !== '28000') throw error;
    await admin.query(`alter role ${admin.escapeIdentifier(login)} password ${admin.escapeLiteral(passwordOf(url))}`);
  }
}
