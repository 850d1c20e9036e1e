/**
 * Checks an entry's proof in this browser, with nothing from the server but what is to be checked: SHA-256 and Ed25519
 * by Web Crypto, the tree by RFC 9162 (2.1.3.2, 2.1.4.2), the checkpoint as a C2SP signed note. What is not proven
 * says at which step it failed.
 */
import type { audit } from '@virgil/contract';

export interface SeenCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** When it was seen. */
  readonly at: string;
}

export interface Checked {
  readonly leaf: string;
  readonly root: string;
  readonly size: number;
  /** Milliseconds for the hashes of the tree. */
  readonly tookMs: number;
  /** First bytes of the key whose signature holds, as hex. */
  readonly keyId: string;
  /** The checkpoint seen before, when it is contained in this one. */
  readonly seen: SeenCheckpoint | null;
}

export type Step = 'hash' | 'path' | 'root' | 'signature' | 'seen';
export type Outcome =
  | { readonly kind: 'proven'; readonly checked: Checked }
  | { readonly kind: 'refuted'; readonly step: Step }
  /** Web Crypto is there for pages over https only, and older browsers lack Ed25519. */
  | { readonly kind: 'unable' };

type Proof = audit.AuditProof;

export async function verifyProof(leaf: string, proof: Proof, seen: SeenCheckpoint | null): Promise<Outcome> {
  if (globalThis.crypto?.subtle === undefined) return { kind: 'unable' };
  const began = performance.now();
  const hash = await leafHash(leaf);
  const root = await rootOf(hash, proof.index, proof.size, proof.hashes.map(fromBase64));
  const tookMs = performance.now() - began;
  if (root === null) return { kind: 'refuted', step: 'path' };
  const note = parseNote(proof.checkpoint);
  const rootText = toBase64(root);
  if (note === null || note.origin !== proof.origin || note.size !== proof.size || note.root !== rootText) {
    return { kind: 'refuted', step: 'root' };
  }
  const key = await signerOf(note, proof.keys);
  if (key === 'unable') return { kind: 'unable' };
  if (key === null) return { kind: 'refuted', step: 'signature' };
  const own = seen !== null && seen.origin === proof.origin ? seen : null;
  if (own !== null && !(await contains(own, proof, rootText))) return { kind: 'refuted', step: 'seen' };
  return {
    kind: 'proven',
    checked: { leaf: hex(hash), root: hex(root), size: proof.size, tookMs, keyId: key, seen: own },
  };
}

const leafHash = (leaf: string) => sha256(Uint8Array.of(0), new TextEncoder().encode(leaf));
const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** Null when the proof does not fit the place. */
async function rootOf(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[]) {
  if (index >= size) return null;
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const hash of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = await nodeHash(hash, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else root = await nodeHash(root, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? root : null;
}

/** Whether the tree of the proof begins with the one seen before. */
async function contains(seen: SeenCheckpoint, proof: Proof, root: string): Promise<boolean> {
  if (seen.size === proof.size) return seen.root === root;
  if (seen.size > proof.size || proof.consistency?.size !== seen.size) return false;
  let at = seen.size - 1;
  let last = proof.size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const hashes = proof.consistency.hashes.map(fromBase64);
  const [first, ...rest] = at === 0 ? [fromBase64(seen.root), ...hashes] : hashes;
  if (first === undefined) return false;
  let older: Uint8Array = first;
  let newer: Uint8Array = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = await nodeHash(hash, older);
      newer = await nodeHash(hash, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else newer = await nodeHash(newer, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && toBase64(older) === seen.root && toBase64(newer) === root;
}

const half = (value: number): number => Math.floor(value / 2);

interface Note {
  /** What is signed. */
  readonly text: string;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

function parseNote(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const text = note.slice(0, split + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const signatures = note
    .slice(split + 2)
    .split('\n')
    .flatMap((line) => {
      const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      return name === undefined || base64 === undefined ? [] : [{ name, bytes: fromBase64(base64) }];
    });
  return { text, origin, size: Number(size), root, signatures };
}

/** The id of a key of the log whose signature holds; null when none does. */
async function signerOf(note: Note, verifiers: readonly string[]): Promise<string | null | 'unable'> {
  for (const verifier of verifiers) {
    const [, name = '', id = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifier) ?? [];
    const [kind, ...raw] = fromBase64(base64);
    if (kind !== 1 || raw.length !== 32) continue;
    for (const { name: signer, bytes } of note.signatures) {
      if (signer !== name || hex(bytes.slice(0, 4)) !== id) continue;
      const holds = await checkSignature(Uint8Array.from(raw), bytes.slice(4), note.text);
      if (holds === 'unable') return 'unable';
      if (holds) return id;
    }
  }
  return null;
}

async function checkSignature(key: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>, text: string) {
  try {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, new TextEncoder().encode(text));
  } catch {
    // NotSupportedError: a browser from before 2025.
    return 'unable';
  }
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
