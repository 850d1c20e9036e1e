/** One server at a time on one data folder: two would each think the embedded database theirs to stop. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../../startup-problem.ts';
import { runningProcess } from './processes.ts';

export interface OwnerFile {
  release(): Promise<void>;
}

export async function takeOwnership(home: string): Promise<OwnerFile> {
  const file = path.join(home, 'owner.json');
  const owner = await livingOwner(home);
  if (owner !== null && owner !== process.pid) {
    throw new StartupProblem(
      'dataFolder',
      `Another Virgil (process ${owner}) is using this data folder. Stop it, or set VIRGIL_DATA to another folder.`,
    );
  }
  const self = { pid: process.pid, startedAt: runningProcess(process.pid)?.startedAt ?? '' };
  await writeFile(file, JSON.stringify(self), { mode: 0o600 });
  return { release: () => rm(file, { force: true }) };
}

/** The pid of the server that holds the folder, or null. A pid that was given to another process since is nobody. */
export async function livingOwner(home: string): Promise<number | null> {
  try {
    const owner = JSON.parse(await readFile(path.join(home, 'owner.json'), 'utf8')) as {
      pid: number;
      startedAt: string;
    };
    const running = runningProcess(owner.pid);
    return running && running.startedAt === owner.startedAt ? owner.pid : null;
  } catch {
    return null; // no file, or one cut short by a crash: nobody that lives wrote it
  }
}
