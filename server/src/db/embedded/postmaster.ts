/** The postmaster process: start it, find one that outlived its server, wait until it answers, stop it. */
import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupProblem } from '../../startup-problem.ts';
import { type ClusterFolder, folderProblem } from './cluster-folder.ts';
import type { NativeFiles } from './native-files.ts';
import { runningProcess } from './processes.ts';
import type { SystemUser } from './system-user.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  ssl: 'off', // the shipped libssl is out of support; nothing leaves this machine
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
  // Statements and the details of errors hold what people wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const;

/** On `samePort`, so that the pools that know it find the new one. */
export async function startPostmaster(
  folder: ClusterFolder,
  native: NativeFiles,
  user: SystemUser | null,
  settings: Readonly<Record<string, string>>,
  samePort?: number,
): Promise<Postmaster> {
  const orphan = await findOrphan(folder.cluster);
  if (orphan) return orphan;
  let said = '';
  // A killed postmaster's children may hold its shared memory for a moment; another process may take the port.
  for (let attempt = 0; attempt < 8; attempt++) {
    if (attempt > 0) await sleep(700);
    const port = samePort ?? (await freePort());
    const started = await tryStart(folder, native, user, { ...SETTINGS, ...settings, port: String(port) });
    if (typeof started === 'number') return { pid: started, port, adopted: false };
    said = started;
    if (!/lock file|shared memory|Address already in use|could not bind/i.test(said)) break;
  }
  throw startProblem(folder, said);
}

/** A postmaster of this cluster that still runs, once it answers. A stale lock is made harmless on the way. */
export async function findOrphan(cluster: string): Promise<Postmaster | null> {
  for (let waited = 0; waited < 15_000; waited += 50) {
    const lock = await readLock(cluster);
    if (!lock) return null;
    const running = runningProcess(lock.pid);
    if (!running?.command.includes('postgres') || !running.command.includes(cluster)) {
      await disarmLock(cluster, lock.lines);
      return null;
    }
    if (lock.status === 'ready') return { pid: lock.pid, port: lock.port, adopted: true };
    await sleep(50);
  }
  return null;
}

/** Fast shutdown: sessions are ended, everything is written. Immediate when that takes too long; recovery is safe. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!runningProcess(pid)) return;
    signalQuietly(pid, signal);
    for (let waited = 0; waited < patienceMs; waited += 25) {
      if (!runningProcess(pid)) return;
      await sleep(25);
    }
  }
}

export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The pid when it answers, or what it said when it left. */
async function tryStart(
  folder: ClusterFolder,
  native: NativeFiles,
  user: SystemUser | null,
  settings: Readonly<Record<string, string>>,
): Promise<number | string> {
  const logFile = path.join(folder.home, 'start.log');
  const log = await open(logFile, 'w', 0o600);
  try {
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(native.postgres, ['-D', folder.cluster, ...args], {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd: folder.cluster,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
      // Its own session: Ctrl-C in the terminal reaches the server alone, which then ends the database last.
      detached: true,
    });
    let left = false;
    let failure: Error | undefined;
    child.once('exit', () => {
      left = true;
    });
    child.once('error', (error) => {
      left = true;
      failure = error;
    });
    child.unref();
    const words = async () => failure?.message ?? (await readFile(logFile, 'utf8'));
    for (let waited = 0; waited < 60_000; waited += 10) {
      if (left) return await words();
      const lock = await readLock(folder.cluster);
      if (lock && lock.pid === child.pid && lock.status === 'ready') return lock.pid;
      await sleep(10);
    }
    if (child.pid) await stopPostmaster(child.pid);
    return `it did not answer within a minute: ${await words()}`;
  } finally {
    await log.close();
  }
}

interface Lock {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
  readonly lines: readonly string[];
}

/** `postmaster.pid`: pid, data folder, start time, port, socket folder, address, shared memory, status. */
async function readLock(cluster: string): Promise<Lock | null> {
  try {
    const lines = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '', lines };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * PostgreSQL takes a lock for alive whose pid exists, also as a zombie nobody reaps or as another program after a
 * reboot. Its parent's pid it takes for stale, so ours goes in; the file stays, because its shared memory line is
 * how a new postmaster finds out whether children of the old one are still writing.
 */
async function disarmLock(cluster: string, lines: readonly string[]): Promise<void> {
  await writeFile(path.join(cluster, 'postmaster.pid'), [String(process.pid), ...lines.slice(1)].join('\n'));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function startProblem(folder: ClusterFolder, said: string): StartupProblem {
  const words = said.trim().split('\n').slice(-5).join('\n');
  if (/No space left on device/i.test(said)) {
    const full = folderProblem(folder.home, Object.assign(new Error(words), { code: 'ENOSPC' }));
    if (full) return full;
  }
  if (/Read-only file system|Permission denied/i.test(said)) {
    const closed = folderProblem(folder.home, Object.assign(new Error(words), { code: 'EROFS' }));
    if (closed) return closed;
  }
  if (/incompatible with server|was initialized by PostgreSQL version/i.test(said)) {
    return new StartupProblem(
      'dataFolder',
      `The database in ${folder.home} was made by another major version of PostgreSQL. Start the Virgil that made it, back it up, and restore into this one.`,
    );
  }
  return new StartupProblem('unavailable', `The embedded PostgreSQL did not start:\n${words}`);
}
