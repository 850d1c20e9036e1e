/** A log as an operator would keep it, in memory: every file it serves, and every checkpoint it signed. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { append, emptyEdge, type TreeEdge } from '../../src/append.ts';
import type { LogSource } from '../../src/check/source.ts';
import { signCheckpoint } from '../../src/checkpoint.ts';
import { generateKey, type KeyPair, parseSigner } from '../../src/keys.ts';
import { TreeReader } from '../../src/tree-reader.ts';

export const ORIGIN = 'log.example/audit';

export class MadeLog {
  readonly key: KeyPair;
  readonly files = new Map<string, Uint8Array>();
  readonly entries: Uint8Array[] = [];
  /** Oldest first. */
  readonly notes: string[] = [];
  #edge: TreeEdge = emptyEdge;

  constructor(key: KeyPair = generateKey(ORIGIN)) {
    this.key = key;
    this.files.set('key', Buffer.from(`${key.verifier}\n`));
  }

  get size(): number {
    return this.#edge.size;
  }

  get note(): string {
    return this.notes.at(-1) ?? '';
  }

  get tree(): TreeReader {
    return new TreeReader(this.size, async (name) => this.files.get(name) ?? null);
  }

  get source(): LogSource {
    return { read: async (name) => this.files.get(name) ?? null };
  }

  /** So many more entries, in one batch, and a checkpoint. */
  grow(count: number, text = (index: number) => `entry ${index}`): this {
    return this.add(Array.from({ length: count }, (_, n) => Buffer.from(text(this.size + n))));
  }

  add(entries: readonly Uint8Array[], signers = [this.key]): this {
    const { edge, size, root, tiles } = append(this.#edge, entries);
    this.#edge = edge;
    this.entries.push(...entries);
    for (const tile of tiles) this.files.set(tile.path, tile.bytes);
    const note = signCheckpoint(
      { origin: ORIGIN, size, root },
      signers.map(({ signer }) => parseSigner(signer)),
    );
    this.notes.push(note);
    this.files.set('checkpoint', Buffer.from(note));
    return this;
  }

  /** The log of one who changed the entries and built all files anew; with the log's key, or without it. */
  rebuilt(change: (entries: Uint8Array[]) => void, withKey: boolean): MadeLog {
    const entries = [...this.entries];
    change(entries);
    // Tiles of the size that was signed are there too, as far as there are entries.
    const log = new MadeLog(this.key).add(entries.slice(0, this.size)).add(entries.slice(this.size));
    if (!withKey) log.files.set('checkpoint', Buffer.from(this.note));
    return log;
  }

  async writeTo(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    for (const [name, bytes] of this.files) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
}

/** What someone with all rights on the storage may do to the entries. */
export const tamperings: Record<
  'edited' | 'deleted' | 'inserted' | 'reordered' | 'truncated',
  (entries: Uint8Array[]) => void
> = {
  edited: (entries) => entries.splice(41, 1, Buffer.from('another entry 41')),
  deleted: (entries) => entries.splice(41, 1),
  inserted: (entries) => entries.splice(41, 0, Buffer.from('an entry that never was')),
  reordered: (entries) => entries.splice(41, 2, ...entries.slice(41, 43).reverse()),
  truncated: (entries) => entries.splice(entries.length - 7),
};
