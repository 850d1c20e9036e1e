/** The check as a person at the terminal runs it: beside a server that runs, without one, and on broken books. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import { realClock } from '../clock.ts';
import { type DatabaseHandle, openStorage } from '../db/index.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = promisify(execFile);

let dataFolder: string;
let storage: DatabaseHandle | null = null;
beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'virgil-ledger-check-'));
  storage = await openStorage({ dataFolder, databaseUrl: null, clock: realClock, logger: silentLogger });
  await onDatabase((client) =>
    client.query(`select ledger_post('t', 'bonus:s', 'h', 'bonus', 'USD', now(), null, null, false, '{}',
      '{platform:promotion,creator:ana:available}', '{-100,100}')`),
  );
});
afterAll(async () => {
  await storage?.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function onDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: storage?.urls.admin ?? '' });
  await client.connect();
  await work(client);
  await client.end();
}

async function check(folder = dataFolder): Promise<{ code: number; said: string }> {
  const env = { ...process.env, VIRGIL_DATA: folder, VIRGIL_MODE: 'test' };
  try {
    const { stdout } = await run(process.execPath, [PROGRAM], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr, stdout } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

test('says that the books add up, beside a server that runs and leaves it running', async () => {
  const { code, said } = await check();
  expect(said).toContain('The books add up.');
  expect(said).toMatch(/^I1 {2}holds {8}The entries of every transfer sum to zero/);
  expect(said).toMatch(/^I7 {2}holds/m);
  expect(code).toBe(0);
  await storage?.ping();
});

test('names what is broken, with the transfer, and leaves with 1; also when no server runs', async () => {
  await onDatabase(async (client) => {
    await client.query('alter table ledger_entries disable trigger append_only');
    await client.query(`update ledger_entries set amount = 101 where account_id = 'creator:ana:available'`);
    await client.query('alter table ledger_entries enable always trigger append_only');
  });
  await storage?.close();
  storage = null;
  const { code, said } = await check();
  expect(said).toMatch(/^I1 {2}BROKEN.*\n +transfer t: its entries sum to 1$/m);
  expect(said).toContain('The books do not add up: I1, I2.');
  expect(code).toBe(1);
});

test('says that there is no database where there is none', async () => {
  const { code, said } = await check(path.join(dataFolder, 'nowhere'));
  expect(said).toContain('There is no database in');
  expect(code).toBe(73);
});
