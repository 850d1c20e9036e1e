/** Signed notes, c2sp.org/signed-note: a text, an empty line, and a line for each signature. */
import { sign, verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { cosignedText, readTimestamp } from './cosigned-text.ts';
import { MalformedError, UnverifiedError } from './errors.ts';
import { isKeyName, type PrivateKey, type PublicKey } from './keys.ts';

/** One signature line, not yet checked. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  /** What follows the four bytes of the key's id. */
  readonly bytes: Uint8Array;
}

export interface Note {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that holds, and whose. */
export interface VerifiedSignature extends NoteSignature {
  readonly key: PublicKey;
  /** Of a cosignature: seconds since 1970 at which the witness made it. */
  readonly timestamp?: number;
}

export interface OpenedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  /** By keys that were not among the verifiers. */
  readonly unknown: readonly NoteSignature[];
}

const MAX_NOTE_CHARACTERS = 1_000_000;
const MAX_SIGNATURES = 100;

/** Signs with each key, in this order: two while a log moves from one key to the next. */
export function signNote(text: string, signers: readonly PrivateKey[]): string {
  if (signers.length === 0) throw new RangeError('a note has one signature at least');
  if (!text.endsWith('\n')) throw new RangeError('the text of a note ends with a newline');
  const lines = signers.map((signer) => {
    if (signer.kind !== 'note') throw new RangeError(`${signer.name} is the key of a witness: it signs by cosign`);
    return signatureLine({
      name: signer.name,
      keyId: signer.id,
      bytes: sign(null, Buffer.from(text), signer.signingKey),
    });
  });
  const note = `${text}\n${lines.join('')}`;
  parseNote(note);
  return note;
}

export function signatureLine({ name, keyId, bytes }: NoteSignature): string {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `— ${name} ${toBase64(Buffer.concat([id, bytes]))}\n`;
}

/** Splits a note and checks its form alone. */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_CHARACTERS) throw new MalformedError('the note is too long');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these.
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    throw new MalformedError('the note has characters that no note may have');
  }
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new MalformedError('the note has no signatures');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new MalformedError('the note has too many signatures');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

export function parseSignatureLine(line: string): NoteSignature {
  const [, name = '', base64 = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  if (!isKeyName(name)) throw new MalformedError('a line of the note is no signature');
  const bytes = Buffer.from(fromBase64(base64, `the signature of ${name}`));
  if (bytes.length < 5) throw new MalformedError(`the signature of ${name} is too short`);
  return { name, keyId: bytes.readUInt32BE(0), bytes: bytes.subarray(4) };
}

/**
 * Checks the signatures of known keys. Throws an UnverifiedError when none is there or any of them is wrong; those of
 * unknown keys are left alone.
 */
export function openNote(note: string, verifiers: readonly PublicKey[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const key = verifiers.find(({ name, id }) => name === signature.name && id === signature.keyId);
    if (key === undefined) unknown.push(signature);
    else if (!verified.some((earlier) => earlier.key === key)) verified.push(check(text, signature, key));
  }
  if (verified.length === 0) throw new UnverifiedError('the note is not signed by any known key');
  return { text, verified, unknown };
}

function check(text: string, signature: NoteSignature, key: PublicKey): VerifiedSignature {
  const { bytes } = signature;
  const wrong = () => new UnverifiedError(`the signature of ${key.name} is wrong`);
  if (key.kind === 'note') {
    if (bytes.length !== 64 || !verify(null, Buffer.from(text), key.key, bytes)) throw wrong();
    return { ...signature, key };
  }
  const timestamp = readTimestamp(bytes);
  if (timestamp === null || !verify(null, cosignedText(text, timestamp), key.key, bytes.subarray(8))) throw wrong();
  return { ...signature, key, timestamp };
}
