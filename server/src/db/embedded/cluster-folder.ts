/** Where the cluster lies, who owns it, its password; and plain words when the folder cannot be used. */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../../startup-problem.ts';
import { STATE_FOLDER } from './native-files.ts';
import type { SystemUser } from './system-user.ts';

export interface ClusterFolder {
  /** Ours: password, owner file, what PostgreSQL said at start. */
  readonly home: string;
  /** PostgreSQL's own (PGDATA). */
  readonly cluster: string;
  readonly password: string;
  readonly fresh: boolean;
}

export async function prepareClusterFolder(dataFolder: string, user: SystemUser | null): Promise<ClusterFolder> {
  const home = path.join(dataFolder, 'postgres');
  try {
    await mkdir(home, { recursive: true, mode: 0o711 });
    const place = await reachablePlace(dataFolder, home, user);
    await mkdir(place, { recursive: true, mode: 0o711 });
    const cluster = path.join(place, 'cluster');
    const fresh = !(await exists(path.join(cluster, 'PG_VERSION')));
    return { home, cluster, password: await readPassword(home, fresh), fresh };
  } catch (error) {
    throw folderProblem(dataFolder, error) ?? error;
  }
}

/** Words for the failures that a person can do something about; null for others. */
export function folderProblem(folder: string, error: unknown): StartupProblem | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StartupProblem(
        'dataFolder',
        `The data folder ${folder} cannot be written. Give this user the right to write there, or set VIRGIL_DATA to another folder.`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartupProblem(
        'dataFolder',
        `The disk that holds the data folder ${folder} is full. Make room, or set VIRGIL_DATA to another folder.`,
        { cause: error },
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupProblem('dataFolder', `VIRGIL_DATA (${folder}) is not a folder.`, { cause: error });
    default:
      return null;
  }
}

/**
 * PostgreSQL's user must get to its files. Our own folders are opened to its group, to pass and not to list; a closed
 * folder above them (0700 /root) is not ours to open, and then the cluster lies elsewhere.
 */
async function reachablePlace(dataFolder: string, home: string, user: SystemUser | null): Promise<string> {
  if (!user || (await mayTraverse(home, user))) return home;
  if (await mayTraverse(path.dirname(dataFolder), user)) {
    for (const folder of [dataFolder, home]) {
      const { mode, uid } = await stat(folder);
      await chown(folder, uid, user.gid);
      await chmod(folder, (mode & 0o7777) | 0o010);
    }
    return home;
  }
  const place = path.join(STATE_FOLDER, createHash('sha256').update(home).digest('hex').slice(0, 12));
  await writeFile(
    path.join(home, 'WHERE.txt'),
    `PostgreSQL runs as ${user.name} and may not pass the folders above, so the database lies in ${place}.\n`,
  );
  return place;
}

async function mayTraverse(folder: string, user: SystemUser): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Random, made once, readable by this user alone. */
async function readPassword(home: string, fresh: boolean): Promise<string> {
  const file = path.join(home, 'password');
  try {
    const known = (await readFile(file, 'utf8')).trim();
    if (known.length >= 32) return known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (!fresh) {
    throw new StartupProblem(
      'dataFolder',
      `The password of the database is missing: ${file}. Restore it from a backup.`,
    );
  }
  const password = randomBytes(32).toString('base64url');
  await writeFile(`${file}.new`, password, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return password;
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
