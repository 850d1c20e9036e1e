/** Where recordings lie: one folder, named by their ids. */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class VideoFiles {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(key: string): string {
    return join(this.#folder, key);
  }

  /** Takes over a file that the engine finished. */
  async keep(key: string, from: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    try {
      await rename(from, this.pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      // On another file system: copied under another name first, so that half a file never has the real one.
      const half = `${this.pathOf(key)}.part`;
      await copyFile(from, half);
      await rename(half, this.pathOf(key));
      await rm(from, { force: true });
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }
}
