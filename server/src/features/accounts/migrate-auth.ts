/** Creates and extends better-auth's tables. A stamp makes a warm start one query. */
import { getMigrations } from 'better-auth/db/migration';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { type Auth, authSchemaStamp, createAuth } from './auth.ts';

/** Two nodes starting at once: one migrates, the other waits and then finds the stamp. */
const LOCK = 7_184_602_311;
/** Part of the stamp; another word makes every database take the rights below again. */
const RIGHTS = 'rights-1';

export async function migrateAuth(auth: Auth, pool: Pool): Promise<void> {
  const stamp = `${authSchemaStamp(auth)} ${RIGHTS}`;
  if ((await readStamp(pool)) === stamp) return;
  const lock = await pool.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [LOCK]);
    if ((await readStamp(pool)) === stamp) return;
    const { runMigrations } = await getMigrations(auth.options);
    await runMigrations();
    // Who is signed in, and nothing else of a session: review items go to those who are there.
    await lock.query('grant select ("userId", "expiresAt") on auth.session to app_system');
    await lock.query(
      'create table if not exists auth.stamp (one boolean primary key default true check (one), value text not null)',
    );
    await lock.query(
      'insert into auth.stamp (value) values ($1) on conflict (one) do update set value = excluded.value',
      [stamp],
    );
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [LOCK]);
    lock.release();
  }
}

/** The tables alone, for a database that is prepared ahead of any server (tests copy one). */
export async function migrateAuthSchema(pool: Pool): Promise<void> {
  const auth = createAuth({
    pool,
    publicUrl: 'http://localhost',
    // Nobody signs in through this one.
    secret: 'only-the-shape-of-the-tables-matters-here',
    logger: pino({ level: 'silent' }),
    ownOrigins: () => [],
    mailer: null,
    twitch: null,
    admitName: async (name) => name,
    adaptName: async (name) => name,
    onUserCreated: async () => {},
    onSignedIn: async () => {},
    onPasswordReset: async () => {},
  });
  await migrateAuth(auth, pool);
}

async function readStamp(pool: Pool): Promise<string | null> {
  const exists = await pool.query<{ found: string | null }>(`select to_regclass('auth.stamp')::text as found`);
  if (exists.rows[0]?.found == null) return null;
  const { rows } = await pool.query<{ value: string }>('select value from auth.stamp');
  return rows[0]?.value ?? null;
}
