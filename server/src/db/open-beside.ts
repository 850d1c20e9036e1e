/** Opens the store beside a server that may be running, to look into it: nothing is migrated, and nothing taken over. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../startup-problem.ts';
import { connectionStrings, withDatabase } from './connection-strings.ts';
import { prepareClusterFolder } from './embedded/cluster-folder.ts';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { findOrphan } from './embedded/postmaster.ts';
import { postgresUser } from './embedded/system-user.ts';
import { type DatabaseHandle, openDatabase } from './open-database.ts';
import { DATABASE, readSecret, type StorageOptions } from './open-storage.ts';

export async function openBeside(options: StorageOptions): Promise<DatabaseHandle> {
  const { clock, databaseUrl, dataFolder, logger } = options;
  if (databaseUrl !== null) {
    const secret = new URL(databaseUrl).password === '' ? await readSecret(dataFolder) : '';
    return openDatabase({ urls: connectionStrings(databaseUrl, secret), clock, logger, prepared: true });
  }
  const { stop, url } = await embedded(dataFolder, logger);
  const urls = connectionStrings(withDatabase(url, DATABASE), '');
  const handle = await openDatabase({ urls, clock, logger, prepared: true });
  return {
    ...handle,
    async close() {
      await handle.close();
      await stop();
    },
  };
}

/** The PostgreSQL of a running server is asked and left alone; without one it is started for as long as we look. */
async function embedded(
  dataFolder: string,
  logger: StorageOptions['logger'],
): Promise<{ url: string; stop: () => Promise<void> }> {
  const isThere = await stat(path.join(dataFolder, 'postgres')).catch(() => null);
  if (isThere === null) {
    throw new StartupProblem('dataFolder', `There is no database in ${dataFolder}. Set VIRGIL_DATA or DATABASE_URL.`);
  }
  const folder = await prepareClusterFolder(dataFolder, await postgresUser());
  const running = folder.fresh ? null : await findOrphan(folder.cluster);
  if (running !== null) {
    const url = `postgresql://postgres:${folder.password}@127.0.0.1:${running.port}/postgres`;
    return { url, stop: async () => undefined };
  }
  return startEmbeddedPostgres({ dataFolder, logger });
}
