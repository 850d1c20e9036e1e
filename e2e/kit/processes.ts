/** Processes of the machine, read from /proc: tests that kill a part of the server find it here. */
import { readdir, readFile } from 'node:fs/promises';

/** Ids of the living processes that `parent` started; with `script`, only those whose command line names it. */
export async function childrenOf(parent: number, script?: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const matching = await Promise.all(
    pids.map(
      async (pid) =>
        (await parentOf(pid)) === parent && (script === undefined || (await commandOf(pid)).includes(script)),
    ),
  );
  return pids.filter((_, n) => matching[n]);
}

export function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function parentOf(pid: number): Promise<number | null> {
  // The process may end while we look.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
