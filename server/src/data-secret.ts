/** Secrets that the server makes for itself and keeps in its data folder, readable by its own user alone. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from './startup-problem.ts';

/** 256 bits as text, made on first use. Two starts at once agree: a file appears whole or not at all. */
export async function dataSecret(dataFolder: string, name: string): Promise<string> {
  const file = path.join(dataFolder, name);
  const known = await readIfThere(file);
  if (known !== null) return known;
  const half = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(dataFolder, { recursive: true });
    await writeFile(half, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    await link(half, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (cause) {
    throw new StartupProblem('dataFolder', `The data folder ${dataFolder} cannot be written.`, { cause });
  } finally {
    await rm(half, { force: true });
  }
  const made = await readIfThere(file);
  if (made === null) throw new Error(`the secret ${name} vanished while it was made`);
  return made;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
