/** For tests: proofs as RFC 6962 defines them, by its recursion over all leaves, and a log's key. */
import type { audit } from '@virgil/contract';
import type { SeenCheckpoint } from './verify-proof.ts';

export const ORIGIN = 'live.example.org/log';
type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
export const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const sha256 = async (...parts: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));

/** The largest power of two below `n`. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

async function treeHash(leaves: readonly Bytes[]): Promise<Bytes> {
  const [only = new Uint8Array()] = leaves;
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only);
  const split = splitOf(leaves.length);
  return sha256(Uint8Array.of(1), await treeHash(leaves.slice(0, split)), await treeHash(leaves.slice(split)));
}

async function inclusion(index: number, leaves: readonly Bytes[]): Promise<Bytes[]> {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...(await inclusion(index, left)), await treeHash(right)]
    : [...(await inclusion(index - split, right)), await treeHash(left)];
}

async function consistency(size: number, leaves: readonly Bytes[], isWhole = true): Promise<Bytes[]> {
  if (size === leaves.length) return isWhole ? [] : [await treeHash(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split
    ? [...(await consistency(size, left, isWhole)), await treeHash(right)]
    : [...(await consistency(size - split, right, false)), await treeHash(left)];
}

export interface LogKey {
  readonly verifier: string;
  sign(text: string): Promise<string>;
}

export async function makeKey(): Promise<LogKey> {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = Uint8Array.of(1, ...new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const id = (await sha256(utf8(`${ORIGIN}\n`), raw)).slice(0, 4);
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    verifier: `${ORIGIN}+${hex}+${base64(raw)}`,
    async sign(text) {
      const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, utf8(text)));
      return `${text}\n— ${ORIGIN} ${base64(Uint8Array.of(...id, ...signature))}\n`;
    },
  };
}

export async function madeProof(
  key: LogKey,
  index: number,
  size: number,
  since: number,
): Promise<{ proof: audit.AuditProof; seen: SeenCheckpoint; leaf: string }> {
  const leafAt = (n: number) => `{"entry":${n}}`;
  const leaves = Array.from({ length: size }, (_, n) => utf8(leafAt(n)));
  const proof = {
    index,
    size,
    origin: ORIGIN,
    hashes: (await inclusion(index, leaves)).map(base64),
    checkpoint: await key.sign(`${ORIGIN}\n${size}\n${base64(await treeHash(leaves))}\n`),
    keys: [key.verifier],
    consistency: { size: since, hashes: (await consistency(since, leaves)).map(base64) },
  };
  const root = base64(await treeHash(leaves.slice(0, since)));
  return { proof, seen: { origin: ORIGIN, size: since, root, at: '2026-11-03T10:00:00.000Z' }, leaf: leafAt(index) };
}
