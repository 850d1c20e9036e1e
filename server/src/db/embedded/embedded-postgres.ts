/** A real PostgreSQL out of npm, on this machine's loopback, with its data in one folder. */
import { spawn } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../../startup-problem.ts';
import type { StoreLogger } from '../open-database.ts';
import { type ClusterFolder, folderProblem, prepareClusterFolder } from './cluster-folder.ts';
import { keepAlive } from './keep-alive.ts';
import { findNativeFiles, type NativeFiles, nativePackage } from './native-files.ts';
import { takeOwnership } from './owner-file.ts';
import { signalQuietly, startPostmaster, stopPostmaster } from './postmaster.ts';
import { postgresUser, type SystemUser } from './system-user.ts';

export interface EmbeddedPostgresOptions {
  /** `VIRGIL_DATA`; the cluster lies in `postgres` under it. */
  readonly dataFolder: string;
  /** On top of our own, e.g. `fsync=off` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly logger: StoreLogger;
}

export interface EmbeddedPostgres {
  /** The superuser's address of the maintenance database. */
  readonly url: string;
  /** Changes when it had to be started again. */
  pid(): number;
  /** True when the postmaster of a killed server was found alive and taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await postgresUser();
  const dataFolder = path.resolve(options.dataFolder);
  const folder = await prepareClusterFolder(dataFolder, user);
  const ownership = await takeOwnership(folder.home);
  try {
    const native = await findNativeFiles(user, dataFolder, await nativePackage());
    if (folder.fresh) await initialise(folder, native, user);
    const start = (port?: number) => startPostmaster(folder, native, user, options.settings ?? {}, port);
    const postmaster = await start();
    const kept = keepAlive(postmaster, start, options.logger);
    // A server that ends without saying so still takes its database along; after kill -9 the next start adopts it.
    const onExit = () => signalQuietly(kept.pid(), 'SIGINT');
    process.once('exit', onExit);
    return {
      url: `postgresql://postgres:${folder.password}@127.0.0.1:${postmaster.port}/postgres`,
      pid: kept.pid,
      adopted: postmaster.adopted,
      async stop() {
        process.off('exit', onExit);
        await kept.release();
        await stopPostmaster(kept.pid());
        await ownership.release();
      },
    };
  } catch (error) {
    await ownership.release();
    throw folderProblem(dataFolder, error) ?? error;
  }
}

/**
 * C collation: the same order on every machine, whatever its libc or ICU. Made under another name and renamed when
 * complete, so that a start that was cut short leaves no half cluster.
 */
async function initialise(folder: ClusterFolder, native: NativeFiles, user: SystemUser | null): Promise<void> {
  const unfinished = `${folder.cluster}.new`;
  const passwordFile = `${folder.cluster}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, folder.password, { mode: 0o600 });
  try {
    if (user) {
      await chown(unfinished, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const args = ['-D', unfinished, '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
    const { code, said } = await run(native.initdb, [...args, `--pwfile=${passwordFile}`], unfinished, user);
    if (code !== 0) throw initProblem(folder, said);
    await rename(unfinished, folder.cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function initProblem(folder: ClusterFolder, said: string): Error {
  const words = said.trim().split('\n').slice(-5).join('\n');
  const code = /No space left/i.test(said) ? 'ENOSPC' : /Read-only|Permission denied/i.test(said) ? 'EROFS' : undefined;
  const problem = code && folderProblem(folder.home, Object.assign(new Error(words), { code }));
  return problem || new StartupProblem('unavailable', `PostgreSQL could not make its data folder:\n${words}`);
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  user: SystemUser | null,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}
