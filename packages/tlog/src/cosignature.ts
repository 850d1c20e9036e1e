/** A witness's statement that it saw a checkpoint, and that it extends all it saw before: c2sp.org/tlog-cosignature. */
import { sign } from 'node:crypto';
import { parseCheckpoint } from './checkpoint.ts';
import { cosignedText } from './cosigned-text.ts';
import { MalformedError } from './errors.ts';
import type { PrivateKey, PublicKey } from './keys.ts';
import { openNote, parseNote, signatureLine } from './note.ts';

/** The signature line of a witness for this checkpoint note. `at` is in whole seconds since 1970. */
export function cosign(note: string, witness: PrivateKey, at: number): string {
  if (witness.kind !== 'cosignature') throw new RangeError(`${witness.name} is not the key of a witness`);
  if (!Number.isSafeInteger(at) || at < 0) throw new RangeError('the time of a cosignature is in whole seconds');
  const { text } = parseNote(note);
  parseCheckpoint(text);
  const timestamp = Buffer.alloc(8);
  timestamp.writeBigUInt64BE(BigInt(at));
  const signature = sign(null, cosignedText(text, at), witness.signingKey);
  return signatureLine({ name: witness.name, keyId: witness.id, bytes: Buffer.concat([timestamp, signature]) });
}

/** The note with those of a witness's signature lines that hold; lines of unknown keys are left out, wrong ones throw. */
export function addCosignatures(note: string, lines: string, witnesses: readonly PublicKey[]): string {
  if (!/^(— [^\n]+\n)+$/.test(lines)) throw new MalformedError('the answer of the witness is not signature lines');
  const { text } = parseNote(note);
  const { verified } = openNote(`${text}\n${lines}`, witnesses);
  return note + verified.map(signatureLine).join('');
}
