/** What a data folder remembers about its demo. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const demoFile = z.object({
  version: z.literal(1),
  /** Of every account of the demo, made up at its first start. */
  password: z.string(),
  /** Nothing else is in this folder: it was made for the demo and goes with it. */
  folderIsOurs: z.boolean(),
});
export type DemoFile = z.infer<typeof demoFile>;

const place = (dataFolder: string): string => path.join(dataFolder, 'demo.json');

/** Where the pictures and music are kept. */
export const loopFolder = (dataFolder: string): string => path.join(dataFolder, 'demo');

export async function readDemoFile(dataFolder: string): Promise<DemoFile | null> {
  try {
    return demoFile.parse(JSON.parse(await readFile(place(dataFolder), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function readOrMakeDemoFile(dataFolder: string): Promise<DemoFile> {
  const known = await readDemoFile(dataFolder);
  if (known !== null) return known;
  const folderIsOurs = !existsSync(dataFolder);
  const made: DemoFile = { version: 1, password: randomBytes(9).toString('base64url'), folderIsOurs };
  await mkdir(dataFolder, { recursive: true });
  await writeFile(place(dataFolder), JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

export async function forgetDemo(dataFolder: string): Promise<void> {
  await rm(loopFolder(dataFolder), { recursive: true, force: true });
  await rm(place(dataFolder), { force: true });
}
