import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { WitnessStore } from './witness.ts';

/** One file a log. A new note appears at its place by one rename, when it is on disk. */
export function folderStore(folder: string): WitnessStore {
  const fileOf = (origin: string) =>
    path.join(folder, `${createHash('sha256').update(origin).digest('hex').slice(0, 32)}.checkpoint`);
  return {
    async load(origin) {
      try {
        return await readFile(fileOf(origin), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async save(origin, note) {
      await mkdir(folder, { recursive: true });
      const draft = `${fileOf(origin)}.new`;
      await synced(draft, 'w', (file) => file.writeFile(note));
      await rename(draft, fileOf(origin));
      // Windows opens no folders; its rename is written through.
      if (process.platform !== 'win32') await synced(folder, 'r', async () => {});
    },
  };
}

/** For tests and for trying things out: forgets with the process. */
export function memoryStore(): WitnessStore {
  const notes = new Map<string, string>();
  return {
    load: async (origin) => notes.get(origin) ?? null,
    save: async (origin, note) => void notes.set(origin, note),
  };
}

async function synced(
  file: string,
  flags: string,
  work: (handle: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const handle = await open(file, flags);
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
