/** Takes the demo out of a data folder again: its accounts with all that hangs on them, or the whole folder. */
import { rm } from 'node:fs/promises';
import { eq, inArray, or } from 'drizzle-orm';
import pg from 'pg';
import { realClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { openStorage } from '../db/open-storage.ts';
import { livestreams, profiles, streamMessages } from '../db/schema/index.ts';
import { createLogger } from '../observability/index.ts';
import { forgetDemo, readDemoFile } from './demo-file.ts';

/** Answers a sentence for the terminal. Refuses while a server runs on the folder. */
export async function removeDemo(config: Config): Promise<string> {
  const { dataFolder, databaseUrl } = config;
  const known = await readDemoFile(dataFolder);
  if (known === null) return `There is no demo in ${dataFolder}.`;
  const logger = createLogger(config);
  const storage = await openStorage({ dataFolder, databaseUrl, clock: realClock, logger });
  let people: readonly string[];
  try {
    people = await storage.database.asSystem('remove the demo', async (tx) => {
      const rows = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.isDemo, true));
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return ids;
      // Messages carry no foreign key: they are written faster than one could be checked.
      const theirStreams = tx
        .select({ id: livestreams.id })
        .from(livestreams)
        .where(inArray(livestreams.channelId, ids));
      await tx
        .delete(streamMessages)
        .where(or(inArray(streamMessages.userId, ids), inArray(streamMessages.streamId, theirStreams)));
      await tx.delete(profiles).where(inArray(profiles.id, ids));
      return ids;
    });
    await removeAccounts(storage.urls.auth, people);
  } finally {
    await storage.close();
  }
  if (known.folderIsOurs && databaseUrl === null) {
    await rm(dataFolder, { recursive: true, force: true });
    return `The demo is gone, and with it ${dataFolder}, which was made for it.`;
  }
  await forgetDemo(dataFolder);
  return `${people.length} demo accounts and all that was theirs are gone from ${dataFolder}.`;
}

async function removeAccounts(authUrl: string, ids: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: authUrl });
  await client.connect();
  try {
    await client.query('delete from auth."user" where id = any($1)', [ids]);
  } finally {
    await client.end();
  }
}
