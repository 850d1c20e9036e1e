import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, type TestContext, test } from 'vitest';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import { realClock } from '../../clock.ts';
import { StartupProblem } from '../../startup-problem.ts';
import { openStorage } from '../open-storage.ts';
import { platformSettings } from '../schema/index.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { findNativeFiles, type NativePackage, nativePackage, STATE_FOLDER } from './native-files.ts';
import { runningProcess } from './processes.ts';
import { postgresUser } from './system-user.ts';

const SERVER = path.join(import.meta.dirname, '../../../test/kit/postgres-holder.ts');
const isRoot = process.getuid?.() === 0;

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // tests kill the server under it
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A node process that holds an embedded PostgreSQL, to be killed. Resolves with what it said about it. */
async function holder(dataFolder: string): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const child = spawn(process.execPath, [SERVER, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('no stdout');
  const [line] = await once(child.stdout, 'data');
  return { child, ...(JSON.parse(String(line)) as { url: string; pid: number }) };
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const refusal = async (work: Promise<unknown>): Promise<StartupProblem> => {
  const error = await work.then(() => undefined).catch((failure: unknown) => failure);
  if (error instanceof StartupProblem) return error;
  throw new Error('was not refused', { cause: error });
};

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  let folder: string;
  const start = (dataFolder = folder) => startEmbeddedPostgres({ dataFolder, logger: silentLogger });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'virgil postgres test '));
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('starts in a path with spaces, keeps what was written, and starts again with the same password', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 1 as one');
    expect(
      await ask(
        first.url,
        "select current_setting('fsync') as fsync, datcollate as c from pg_database where datname = 'postgres'",
      ),
    ).toEqual([{ fsync: 'on', c: 'C' }]);
    await first.stop();
    expect(runningProcess(first.pid())).toBeNull();
    const second = await start();
    expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test('listens on the loopback alone and asks for the password, which only its owner can read', async () => {
    const postgres = await start();
    const address = new URL(postgres.url);
    expect(address.hostname).toBe('127.0.0.1');
    address.password = 'wrong';
    await expect(ask(address.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const { mode } = await stat(path.join(folder, 'postgres/password'));
    expect(mode & 0o777).toBe(0o600);
    await postgres.stop();
  });

  test('a postmaster whose server was killed is taken over, with everything in it', async () => {
    const held = await holder(folder);
    await ask(held.url, 'create table kept as select 1 as one');
    held.child.kill('SIGKILL');
    await once(held.child, 'exit');
    expect(runningProcess(held.pid)).not.toBeNull();
    const next = await start();
    expect(next).toMatchObject({ adopted: true });
    expect(next.pid()).toBe(held.pid);
    expect(await ask(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await next.stop();
    expect(runningProcess(held.pid)).toBeNull();
  });

  test('server and postmaster both killed: the next start recovers', async () => {
    const held = await holder(folder);
    await ask(held.url, 'create table kept as select 1 as one');
    held.child.kill('SIGKILL');
    process.kill(held.pid, 'SIGKILL');
    await once(held.child, 'exit');
    await until(() => runningProcess(held.pid) === null, 'the killed postmaster is gone');
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await ask(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await next.stop();
  });

  test('a lock file that names another living process, as after a reboot, stops nobody', async () => {
    const first = await start();
    const lock = path.join(folder, 'postgres/cluster/postmaster.pid');
    const lines = await readFile(lock, 'utf8');
    await first.stop();
    const other = spawn('sleep', ['60']);
    await writeFile(lock, lines.replace(/^\d+/, String(other.pid)));
    const next = await start();
    expect(next.adopted).toBe(false);
    await next.stop();
    other.kill();
  });

  test('a postmaster that dies under its server is started again on the same port', async () => {
    const postgres = await start();
    await ask(postgres.url, 'create table kept as select 1 as one');
    const before = postgres.pid();
    process.kill(before, 'SIGKILL');
    await until(() => postgres.pid() !== before, 'a new postmaster');
    expect(await ask(postgres.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(runningProcess(postgres.pid())).toBeNull();
  });

  test('a second server on the same data folder is told who has it', async () => {
    const held = await holder(folder);
    const problem = await refusal(start());
    expect(problem.message).toContain(`process ${held.child.pid}`);
    expect(problem.exitCode).toBe(73);
    held.child.kill('SIGTERM');
    await once(held.child, 'exit');
    await until(() => runningProcess(held.pid) === null, 'the end of PostgreSQL');
  });

  test('a start that was cut short during initdb leaves nothing that hurts', async () => {
    await mkdir(path.join(folder, 'postgres/cluster.new'), { recursive: true });
    await writeFile(path.join(folder, 'postgres/cluster.new/PG_VERSION'), '18\n');
    const postgres = await start();
    await postgres.stop();
  });

  test('a data folder that is a file is a clear refusal', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    expect((await refusal(start(file))).message).toContain('is not a folder');
  });

  test('the log of PostgreSQL holds no statements and no values', async () => {
    const postgres = await start();
    await expect(ask(postgres.url, `select 'ada@example.org'::integer`)).rejects.toThrow();
    await ask(postgres.url, 'create table t (x text unique)');
    await expect(ask(postgres.url, `insert into t values ('ada@example.org'), ('ada@example.org')`)).rejects.toThrow();
    await postgres.stop();
    const logs = path.join(folder, 'postgres/cluster/log');
    const written = await Promise.all((await readdir(logs)).map((name) => readFile(path.join(logs, name), 'utf8')));
    expect(written.join('')).toContain('duplicate key');
    expect(written.join('')).not.toContain('insert into');
    expect(written.join('')).not.toContain('Key (x)');
  });

  test.runIf(isRoot)('as root it runs as a system user, also below a folder that user may not enter', async () => {
    const user = await postgresUser();
    expect(user?.uid).not.toBe(0);
    await chmod(folder, 0o700);
    const data = path.join(folder, 'data');
    const postgres = await start(data);
    expect(execFileSync('ps', ['-o', 'uid=', '-p', String(postgres.pid())], { encoding: 'utf8' }).trim()).toBe(
      String(user?.uid),
    );
    const where = await readFile(path.join(data, 'postgres/WHERE.txt'), 'utf8');
    const place = new RegExp(`${STATE_FOLDER}/[0-9a-f]{12}`).exec(where)?.[0] ?? '';
    expect(await readdir(place)).toContain('cluster');
    await postgres.stop();
    await rm(place, { recursive: true });
  });

  test.runIf(isRoot)('as root a data folder that is closed to others stays closed to others', async () => {
    await chmod(folder, 0o700);
    const postgres = await start();
    expect((await stat(folder)).mode & 0o777).toBe(0o710);
    expect(await readdir(path.join(folder, 'postgres'))).toContain('cluster');
    await postgres.stop();
  });

  test.runIf(isRoot)(
    'as a plain user it needs no other user, and a folder it may not write is a clear refusal',
    async () => {
      const plain = { uid: 65_534, gid: 65_534 };
      const run = async (data: string) => {
        const child = spawn(process.execPath, [SERVER, data, 'once'], { ...plain, stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
        const [code] = await once(child, 'close');
        return { code, said };
      };
      const own = path.join(folder, 'own');
      execFileSync('install', ['-d', '-o', '65534', '-g', '65534', own]);
      expect(await run(own)).toMatchObject({ code: 0 });
      const refused = await run(path.join(folder, 'closed'));
      expect(refused.code).toBe(73);
      expect(refused.said).toContain('cannot be written');
    },
  );

  /** Runs with a disk of its own under `folder`; skipped where this machine may not mount one. */
  async function withSmallDisk(
    context: TestContext,
    megabytes: number,
    work: (disk: string) => Promise<void>,
  ): Promise<void> {
    const disk = path.join(folder, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      context.skip('this machine may not mount a small disk');
    }
    try {
      await work(disk);
    } finally {
      execFileSync('umount', [disk]);
    }
  }

  test.runIf(isRoot)('a disk too full to begin on is a clear refusal', (context) =>
    withSmallDisk(context, 8, async (disk) => {
      const problem = await refusal(start(disk));
      expect(problem.message).toContain('is full');
      expect(problem.exitCode).toBe(73);
    }),
  );

  test.runIf(isRoot)(
    'a disk that fills up refuses writes, loses nothing confirmed, and works again with room',
    (context) =>
      withSmallDisk(context, 160, async (disk) => {
        const handle = await openStorage({
          dataFolder: disk,
          databaseUrl: null,
          clock: realClock,
          logger: silentLogger,
        });
        const write = (n: number) =>
          handle.database.asSystem('fill the disk', (tx) =>
            tx
              .insert(platformSettings)
              .values({ key: `k${n}`, value: randomBytes(100_000).toString('hex'), updatedAt: new Date() }),
          );
        await writeFile(path.join(disk, 'ballast'), Buffer.alloc(30_000_000));
        let confirmed = 0;
        let failure: unknown;
        for (let n = 0; n < 3_000 && failure === undefined; n++) {
          await write(n).then(
            () => {
              confirmed = n + 1;
            },
            (error: unknown) => {
              failure = error;
            },
          );
        }
        expect(failure).toMatchObject({ code: 'storage_unavailable' });
        await rm(path.join(disk, 'ballast'));
        await until(
          () =>
            write(100_000).then(
              () => true,
              () => false,
            ),
          'a write after there is room',
        );
        const rows = await handle.database.asSystem('count', (tx) =>
          tx.select({ key: platformSettings.key }).from(platformSettings),
        );
        const kept = new Set(rows.map((row) => row.key));
        for (let n = 0; n < confirmed; n++) expect(kept.has(`k${n}`)).toBe(true);
        await handle.close();
      }),
  );

  test('links between libraries are made when no install script made them, also by two servers at once', async () => {
    const user = await postgresUser();
    const unlinked = await unlinkedCopy();
    const [one, other] = await Promise.all([
      findNativeFiles(user, folder, unlinked),
      findNativeFiles(user, folder, unlinked),
    ]);
    expect(one).toEqual(other);
    expect(one.postgres).toContain(unlinked.folder);
    expect(execFileSync(one.initdb, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL');
  });

  test.runIf(isRoot)('programs that PostgreSQL’s user cannot reach are copied to where it can', async () => {
    const user = await postgresUser();
    const unlinked = await unlinkedCopy();
    await chmod(path.dirname(unlinked.folder), 0o700);
    const copied = await findNativeFiles(user, folder, unlinked);
    expect(copied.initdb).toContain(`${STATE_FOLDER}/postgres-${unlinked.version}/`);
    expect(execFileSync(copied.initdb, ['--version'], { uid: user?.uid, encoding: 'utf8' })).toContain('PostgreSQL');
    await rm(path.join(STATE_FOLDER, `postgres-${unlinked.version}`), { recursive: true });
  });

  /** As npm leaves the package when install scripts are off. */
  async function unlinkedCopy(): Promise<NativePackage> {
    const original = await nativePackage();
    const native = path.join(folder, 'package/native');
    const isNoLink = async (file: string) => !(await lstat(file)).isSymbolicLink();
    await cp(original.folder, native, { recursive: true, verbatimSymlinks: true, filter: isNoLink });
    await chmod(path.dirname(native), 0o755);
    return { folder: native, version: `test-${process.pid}` };
  }
});
