/** Checkpoints, c2sp.org/tlog-checkpoint: a signed note that says how large a log is and what its root is. */
import { fromBase64, toBase64 } from './base64.ts';
import { MalformedError, UnverifiedError } from './errors.ts';
import { emptyRoot, HASH_BYTES, type Hash, sameHash } from './hashing.ts';
import type { PrivateKey, PublicKey } from './keys.ts';
import { type OpenedNote, openNote, signNote } from './note.ts';

export interface Checkpoint {
  /** The identity of the log. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Further lines that the log's signature covers; the format advises against them. */
  readonly extensions?: readonly string[];
}

export interface OpenedCheckpoint extends OpenedNote {
  readonly checkpoint: Checkpoint;
}

/** The text of the note, without signatures. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const text = [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join('');
  parseCheckpoint(text);
  return text;
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', root = '', ...rest] = lines;
  const extensions = rest.slice(0, -1);
  if (rest.at(-1) !== '' || origin === '' || extensions.includes('')) {
    throw new MalformedError('a checkpoint has three lines at least, and none is empty');
  }
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new MalformedError("the checkpoint's size is not a number");
  }
  const checkpoint = { origin, size: Number(size), root: fromBase64(root, "the checkpoint's root", HASH_BYTES) };
  if (checkpoint.size === 0 && !sameHash(checkpoint.root, emptyRoot)) {
    throw new MalformedError('the checkpoint of an empty log has the root of another one');
  }
  return extensions.length > 0 ? { ...checkpoint, extensions } : checkpoint;
}

/**
 * Signs a checkpoint. A log must never sign two that contradict one another: sign only what is committed, and after a
 * restore only what extends the last published one.
 */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly PrivateKey[]): string {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/**
 * Checks that the note is a checkpoint of this log signed by one of its keys. `witnesses` are keys whose cosignatures
 * are checked as well; they can't stand in for the log's own.
 */
export function openCheckpoint(
  note: string,
  log: { readonly origin: string; readonly keys: readonly PublicKey[]; readonly witnesses?: readonly PublicKey[] },
): OpenedCheckpoint {
  const opened = openNote(note, [...log.keys, ...(log.witnesses ?? [])]);
  if (!opened.verified.some(({ key }) => log.keys.includes(key))) {
    throw new UnverifiedError("the checkpoint is not signed by the log's key");
  }
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint.origin !== log.origin) {
    throw new UnverifiedError(`the checkpoint is of the log ${checkpoint.origin}, not of ${log.origin}`);
  }
  return { ...opened, checkpoint };
}
