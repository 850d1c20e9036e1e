/**
 * The keys the log signs with, in the data folder and readable by the server's own user alone. All that are in force
 * sign; a new one joins before an old one retires, so that whoever knows either can follow.
 */
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { generateKey, type PrivateKey, parseSigner, signCheckpoint, type TreeHead } from 'virgil-tlog';
import { z } from 'zod';

const ringFile = z.object({
  version: z.literal(1),
  logs: z.array(
    z.object({
      log: z.int(),
      origin: z.string(),
      /** Which person-key-secret its entries are sealed under: its fingerprint. */
      sealedBy: z.string(),
      keys: z.array(
        z.object({ signer: z.string(), verifier: z.string(), addedAt: z.string(), retiredAt: z.string().nullable() }),
      ),
    }),
  ),
});
type Ring = z.infer<typeof ringFile>;

export interface LogKey {
  readonly verifier: string;
  readonly addedAt: string;
  readonly retiredAt: string | null;
}

/** The keys of one log. Holds the secret halves and gives away signatures only. */
export class LogSigner {
  readonly log: number;
  readonly origin: string;
  readonly sealedBy: string;
  /** Retired ones too: what they signed stays true. */
  readonly keys: readonly LogKey[];
  readonly #signers: readonly PrivateKey[];

  constructor({ log, origin, sealedBy, keys }: Ring['logs'][number]) {
    this.log = log;
    this.origin = origin;
    this.sealedBy = sealedBy;
    this.keys = keys.map(({ verifier, addedAt, retiredAt }) => ({ verifier, addedAt, retiredAt }));
    this.#signers = keys.filter(({ retiredAt }) => retiredAt === null).map(({ signer }) => parseSigner(signer));
  }

  /** The note, for a head that is committed. The same head always gives the same note. */
  sign(head: TreeHead): string {
    return signCheckpoint({ origin: this.origin, size: head.size, root: head.root }, this.#signers);
  }

  /** In force, oldest first. */
  get verifiers(): readonly string[] {
    return this.keys.filter(({ retiredAt }) => retiredAt === null).map(({ verifier }) => verifier);
  }
}

/** Changed only by whoever holds the sequencer's lock. */
export class KeyRing {
  readonly #file: string;
  constructor(folder: string) {
    this.#file = path.join(folder, 'log-keys.json');
  }

  /** Null when this folder has no key of that log. */
  async signerOf(log: number): Promise<LogSigner | null> {
    const entry = (await this.#read()).logs.find((one) => one.log === log);
    return entry === undefined ? null : new LogSigner(entry);
  }

  /** The highest number of a log that ever had a key here; 0 when none had. */
  async newest(): Promise<number> {
    return Math.max(0, ...(await this.#read()).logs.map(({ log }) => log));
  }

  async addLog(log: number, origin: string, sealedBy: string, at: Date): Promise<LogSigner> {
    const ring = await this.#read();
    const entry = { log, origin, sealedBy, keys: [freshKey(origin, at)] };
    await this.#write({ ...ring, logs: [...ring.logs.filter((one) => one.log !== log), entry] });
    return new LogSigner(entry);
  }

  /** A second key that signs beside the first. */
  addKey(log: number, at: Date): Promise<LogSigner> {
    return this.#change(log, (entry) => ({ ...entry, keys: [...entry.keys, freshKey(entry.origin, at)] }));
  }

  /** The oldest key in force signs no more. The last one cannot retire. */
  retireOldest(log: number, at: Date): Promise<LogSigner> {
    return this.#change(log, (entry) => {
      const inForce = entry.keys.filter(({ retiredAt }) => retiredAt === null);
      const [oldest] = inForce;
      if (oldest === undefined || inForce.length < 2) throw new Error('the last key of a log cannot retire');
      const retired = { ...oldest, retiredAt: at.toISOString() };
      return { ...entry, keys: entry.keys.map((key) => (key === oldest ? retired : key)) };
    });
  }

  /** The keys as they are, to go back to when what belongs to a change fails. */
  async snapshot(): Promise<{ restore(): Promise<void> }> {
    const ring = await this.#read();
    return { restore: () => this.#write(ring) };
  }

  async #change(log: number, change: (entry: Ring['logs'][number]) => Ring['logs'][number]): Promise<LogSigner> {
    const ring = await this.#read();
    const entry = ring.logs.find((one) => one.log === log);
    if (entry === undefined) throw new Error(`no keys of log ${log} in this data folder`);
    const changed = change(entry);
    await this.#write({ ...ring, logs: ring.logs.map((one) => (one === entry ? changed : one)) });
    return new LogSigner(changed);
  }

  async #read(): Promise<Ring> {
    const text = await readIfThere(this.#file);
    return text === null ? { version: 1, logs: [] } : ringFile.parse(JSON.parse(text));
  }

  #write(ring: Ring): Promise<void> {
    return writeDurably(this.#file, JSON.stringify(ring, null, 1));
  }
}

function freshKey(origin: string, at: Date): Ring['logs'][number]['keys'][number] {
  return { ...generateKey(origin), addedAt: at.toISOString(), retiredAt: null };
}

export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The whole new content or the whole old one, also after a power cut. For its owner's eyes. */
export async function writeDurably(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.${process.pid}`;
  const handle = await open(half, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await chmod(half, 0o600);
  await rename(half, file);
  const folder = await open(path.dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
