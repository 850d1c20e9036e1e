import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import { realClock } from '../clock.ts';
import { StartupProblem } from '../startup-problem.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { openStorage } from './open-storage.ts';
import { livestreams } from './schema/index.ts';

describe('a PostgreSQL by its address', { timeout: 60_000 }, () => {
  let folder: string;
  let server: EmbeddedPostgres;
  const address = (user: string, database: string, password = 'secret') => {
    const url = new URL(server.url);
    url.username = user;
    url.password = password;
    url.pathname = `/${database}`;
    return url.href;
  };
  const open = (databaseUrl: string) =>
    openStorage({ dataFolder: folder, databaseUrl, clock: realClock, logger: silentLogger });
  const refusal = async (databaseUrl: string): Promise<StartupProblem> => {
    const error = await open(databaseUrl)
      .then((handle) => handle.close())
      .catch((failure: unknown) => failure);
    if (error instanceof StartupProblem) return error;
    throw new Error('was not refused', { cause: error });
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'virgil-external-'));
    server = await startEmbeddedPostgres({ dataFolder: folder, logger: silentLogger });
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query("create role nobody_much login password 'secret'");
    await admin.query('create database plain owner nobody_much');
    await admin.query("create role tenant login createrole password 'secret'");
    await admin.query('create database shared owner tenant');
    await admin.end();
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('a login that may not create roles is told what to run', async () => {
    const problem = await refusal(address('nobody_much', 'plain'));
    expect(problem.message).toContain('CREATEROLE');
    expect(problem.message).toContain('virgil_owner');
    expect(problem.exitCode).toBe(69);
  });

  test('a login that is no superuser but may create roles is enough, also for two nodes at once', async () => {
    const handles = await Promise.all([open(address('tenant', 'shared')), open(address('tenant', 'shared'))]);
    for (const handle of handles) {
      await handle.ping();
      expect(await handle.database.publicRead((db) => db.select({ id: livestreams.id }).from(livestreams))).toEqual([]);
      await handle.close();
    }
    const again = await open(address('tenant', 'shared'));
    await again.close();
  });

  test('a login of the server’s own that could rewrite the audit log stops the start', async () => {
    await (await open(address('tenant', 'shared'))).close();
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    try {
      for (const [more, less, words] of [
        ['alter role app superuser', 'alter role app nosuperuser', 'the login app is a superuser'],
        ['grant virgil_owner to app', 'revoke virgil_owner from app', 'the login app owns audit_entries'],
      ] as const) {
        await admin.query(more);
        const problem = await refusal(address('tenant', 'shared'));
        await admin.query(less);
        expect(problem.message).toContain(words);
        expect(problem.exitCode).toBe(69);
      }
    } finally {
      await admin.end();
    }
    await (await open(address('tenant', 'shared'))).close();
  });

  test.each([
    ['a wrong password', () => address('tenant', 'shared', 'wrong'), 'refuses the password'],
    ['a database that is not there', () => address('tenant', 'elsewhere'), 'does not exist'],
    ['a port nobody listens on', () => address('tenant', 'shared').replace(/:\d+\//, ':1/'), 'nothing answers there'],
  ])('%s is said in words, without the password', async (_, url, words) => {
    const { message } = await refusal(url());
    expect(message).toContain(words);
    expect(message).not.toContain('secret');
  });

  test('while PostgreSQL is away calls say storage_unavailable; once it is back they work', async () => {
    const handle = await open(address('tenant', 'shared'));
    const read = () =>
      handle.database.asActor({ kind: 'guest', guestId: null }, (tx) =>
        tx.select({ id: livestreams.id }).from(livestreams),
      );
    await read();
    const before = server.pid();
    process.kill(before, 'SIGKILL');
    const deadline = Date.now() + 20_000;
    // A connection that is open may answer once more before its server process notices that its parent is gone.
    let refused: unknown;
    while (refused === undefined && Date.now() < deadline) {
      refused = await read().then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    expect(refused).toMatchObject({ code: 'storage_unavailable' });
    while (
      Date.now() < deadline &&
      !(await read()
        .then(() => true)
        .catch(() => false))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await read()).toEqual([]);
    await handle.ping();
    await handle.close();
  });
});
