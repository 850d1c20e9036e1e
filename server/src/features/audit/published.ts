/**
 * The last checkpoint that left this server, kept outside the database: what a restored database must extend before
 * anything is signed again. The public reads it too, so nothing is served that is not in here.
 */
import path from 'node:path';
import { z } from 'zod';
import { readIfThere, writeDurably } from './key-ring.ts';

const publishedFile = z.object({
  version: z.literal(1),
  log: z.int(),
  origin: z.string(),
  size: z.int().nonnegative(),
  /** Base64. */
  root: z.string(),
  /** Null only for a log that has no entry yet. */
  note: z.string().nullable(),
  at: z.string(),
});
export type Published = z.infer<typeof publishedFile>;

/** How old an answer to a reader may be. */
const FRESH_MS = 100;

export class PublishedCheckpoint {
  readonly #file: string;
  #known: { readonly published: Published | null; readonly readAt: number } | undefined;

  constructor(folder: string) {
    this.#file = path.join(folder, 'published-checkpoint.json');
  }

  /** Null when nothing was ever published from this data folder. */
  async read(): Promise<Published | null> {
    const text = await readIfThere(this.#file);
    const published = text === null ? null : publishedFile.parse(JSON.parse(text));
    this.#known = { published, readAt: performance.now() };
    return published;
  }

  /** For readers: another node may have published, so it is at most a moment old. */
  async recent(): Promise<Published | null> {
    if (this.#known !== undefined && performance.now() - this.#known.readAt < FRESH_MS) return this.#known.published;
    return this.read();
  }

  async write(published: Omit<Published, 'version'>): Promise<void> {
    const next: Published = { version: 1, ...published };
    await writeDurably(this.#file, JSON.stringify(next));
    this.#known = { published: next, readAt: performance.now() };
  }

  /** What was published last of a log, also of one that was put aside. */
  async ofLog(log: number): Promise<Published | null> {
    const current = await this.recent();
    if (current === null || current.log === log) return current;
    const text = await readIfThere(`${this.#file}.log-${log}`);
    return text === null ? null : publishedFile.parse(JSON.parse(text));
  }

  /** Put aside what was published before a new log, as evidence. */
  async putAside(published: Published): Promise<void> {
    await writeDurably(`${this.#file}.log-${published.log}`, JSON.stringify(published));
  }
}
