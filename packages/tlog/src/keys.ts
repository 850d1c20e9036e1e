/**
 * Ed25519 keys in the text forms of c2sp.org/signed-note and Go's sumdb/note: `<name>+<8 hex of the id>+<base64>` for
 * verifiers, the same behind `PRIVATE+KEY+` for signers. The first byte of the base64 says what the key signs.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { MalformedError } from './errors.ts';

/** `note`: signs the text of notes. `cosignature`: a witness's timestamped statement about a checkpoint. */
export type KeyKind = 'note' | 'cosignature';

const kindBytes: Record<KeyKind, number> = { note: 0x01, cosignature: 0x04 };

export interface PublicKey {
  readonly name: string;
  /** SHA-256(name, newline, kind, key), its first four bytes. It tells keys apart and proves nothing. */
  readonly id: number;
  readonly kind: KeyKind;
  readonly key: KeyObject;
}

export interface PrivateKey extends PublicKey {
  readonly signingKey: KeyObject;
}

export interface KeyPair {
  /** Secret. */
  readonly signer: string;
  readonly verifier: string;
}

/** A fresh key. The name should be a URL without its scheme, for a log its origin. */
export function generateKey(name: string, kind: KeyKind = 'note'): KeyPair {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const signer = parseSigner(spell('PRIVATE+KEY+', name, keyId(name, kind, rawPublic(privateKey)), kind, seed));
  return { signer: spell('PRIVATE+KEY+', name, signer.id, kind, seed), verifier: verifierKey(signer) };
}

/** The public half of a key as text. */
export function verifierKey({ name, id, kind, key }: PublicKey): string {
  return spell('', name, id, kind, rawPublic(key));
}

export function parseVerifier(text: string): PublicKey {
  const { name, id, kind, bytes } = parse(text);
  if (id !== keyId(name, kind, bytes)) throw new MalformedError(`the id of the key ${name} is not that of its bytes`);
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
  return { name, id, kind, key };
}

export function parseSigner(text: string): PrivateKey {
  const prefix = 'PRIVATE+KEY+';
  if (!text.startsWith(prefix)) throw new MalformedError('a signer key begins with PRIVATE+KEY+');
  const { name, id, kind, bytes } = parse(text.slice(prefix.length));
  const signingKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, bytes]), format: 'der', type: 'pkcs8' });
  if (id !== keyId(name, kind, rawPublic(signingKey)))
    throw new MalformedError('the id of the signer key is not its own');
  return { name, id, kind, key: createPublicKey(signingKey), signingKey };
}

/** Neither empty nor with a plus or any Unicode space, by which keys and signature lines are split. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

/** RFC 8410: what stands before the 32 bytes in the DER forms. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function rawPublic(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
}

function keyId(name: string, kind: KeyKind, publicKey: Uint8Array): number {
  const digest = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(kindBytes[kind]), publicKey]),
    'buffer',
  );
  return digest.readUInt32BE(0);
}

function spell(prefix: string, name: string, id: number, kind: KeyKind, bytes: Uint8Array): string {
  const hex = id.toString(16).padStart(8, '0');
  return `${prefix}${name}+${hex}+${toBase64(Buffer.concat([Buffer.of(kindBytes[kind]), bytes]))}`;
}

function parse(text: string): { name: string; id: number; kind: KeyKind; bytes: Uint8Array } {
  // The base64 may hold pluses itself.
  const [, name = '', id = '', base64 = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (!isKeyName(name)) throw new MalformedError('a key reads <name>+<8 hex digits>+<base64>');
  const [kindByte, ...bytes] = fromBase64(base64, `the key ${name}`, 33);
  const kind = (Object.keys(kindBytes) as KeyKind[]).find((known) => kindBytes[known] === kindByte);
  if (kind === undefined) throw new MalformedError(`the key ${name} is of a kind (${kindByte}) that is not known here`);
  return { name, id: Number.parseInt(id, 16), kind, bytes: Buffer.from(bytes) };
}
