/** Server and PostgreSQL die without a word, in either order, PostgreSQL with all its children. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childrenOf, endNow } from '../kit/processes.ts';
import type { RunningServer } from '../kit/server.ts';

export async function killBoth(server: RunningServer, dataFolder: string, databaseFirst: boolean): Promise<void> {
  const killDatabase = async () => {
    const postmaster = await postmasterPid(dataFolder);
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) endNow(pid);
  };
  if (databaseFirst) await killDatabase();
  await server.kill();
  if (!databaseFirst) await killDatabase();
}

async function postmasterPid(dataFolder: string): Promise<number> {
  const files = await readdir(dataFolder, { recursive: true });
  const file = files.find((name) => name.endsWith('postmaster.pid'));
  if (!file) throw new Error('no postmaster.pid below the data folder');
  return Number((await readFile(join(dataFolder, file), 'utf8')).split('\n', 1)[0]);
}
