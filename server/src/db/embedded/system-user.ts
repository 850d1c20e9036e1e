/** PostgreSQL refuses to run as root, so as root it runs as a system user of its own. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupProblem } from '../../startup-problem.ts';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'virgil-db';

/** Null when the server itself is a plain user: then PostgreSQL runs as that one. */
export async function postgresUser(): Promise<SystemUser | null> {
  const uid = process.getuid?.();
  if (uid === undefined) return null;
  if (uid !== 0) {
    if (process.platform === 'linux' && !readUsers().some((user) => user.uid === uid)) {
      throw new StartupProblem(
        'unavailable',
        `PostgreSQL needs a named user, and user id ${uid} has no entry in /etc/passwd. Run Virgil as a named user, or set DATABASE_URL.`,
      );
    }
    return null;
  }
  return findUser(NAME) ?? (await createUser()) ?? findUser('postgres') ?? findUser('nobody') ?? noUser();
}

function readUsers(): SystemUser[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((parts) => parts.length >= 4)
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return []; // no such file: the callers say what is missing
  }
}

function findUser(name: string): SystemUser | undefined {
  return readUsers().find((user) => user.name === name && user.uid !== 0);
}

/** `useradd` on most systems, `adduser -S` on Alpine. Two servers may try at once: the file is locked meanwhile. */
async function createUser(): Promise<SystemUser | undefined> {
  const ways: [string, string[]][] = [
    [
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        NAME,
      ],
    ],
    ['adduser', ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/sbin/nologin', NAME]],
  ];
  for (let attempt = 0; attempt < 5; attempt++) {
    for (const [command, args] of ways) {
      spawnSync(command, args, { stdio: 'ignore' });
      const user = findUser(NAME);
      if (user) return user;
    }
    await sleep(200);
  }
  return undefined;
}

function noUser(): never {
  throw new StartupProblem(
    'unavailable',
    'PostgreSQL refuses to run as root and no system user could be made for it. Run Virgil as a plain user, or set DATABASE_URL.',
  );
}
