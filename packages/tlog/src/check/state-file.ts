/**
 * What a checker remembers between two runs: `<file>` (JSON) with the log's keys and its last checkpoint, and
 * `<file>.leaves` with the hashes of its entries, 32 bytes each. Losing the second costs explanations, not certainty.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseCheckpoint } from '../checkpoint.ts';
import { MalformedError } from '../errors.ts';
import { sameHash } from '../hashing.ts';
import { parseNote } from '../note.ts';
import type { SeenLog } from './check-log.ts';
import { LeafList } from './leaf-list.ts';

export interface State extends SeenLog {
  readonly origin: string;
  /** Verifier keys as text. */
  readonly keys: readonly string[];
}

export async function loadState(file: string): Promise<State | null> {
  const text = await readIfThere(file);
  if (text === null) return null;
  const { origin, keys, checkpoint: note } = parse(file, text.toString('utf8'));
  const { size, root } = parseCheckpoint(parseNote(note).text);
  const bytes = await readIfThere(`${file}.leaves`);
  const leaves = bytes === null ? null : new LeafList(bytes).first(size);
  return {
    origin,
    keys,
    note,
    leaves: leaves !== null && leaves.size === size && sameHash(leaves.root(), root) ? leaves : null,
  };
}

function parse(file: string, text: string): { origin: string; keys: string[]; checkpoint: string } {
  try {
    const { origin, keys, checkpoint } = JSON.parse(text);
    const strings = [origin, checkpoint, ...keys].every((value: unknown) => typeof value === 'string');
    if (strings && keys.length > 0) return { origin, keys, checkpoint };
  } catch {
    // Said below.
  }
  throw new MalformedError(`${file} is not the state of an earlier check`);
}

/** The hashes go first: a checkpoint without them is worth more than hashes without it. */
export async function saveState(file: string, { origin, keys, note, leaves }: State): Promise<void> {
  if (leaves !== null) await replace(`${file}.leaves`, leaves.bytes);
  await replace(file, `${JSON.stringify({ origin, keys, checkpoint: note }, null, 2)}\n`);
}

async function replace(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
