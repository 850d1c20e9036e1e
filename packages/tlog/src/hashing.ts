/** The hashes of an RFC 6962 Merkle tree (section 2.1): leaves and nodes are told apart by their first byte. */
import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

const LEAF = Buffer.of(0x00);

/** Written over for each node: a node is hashed before another one is begun. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** The root of a tree without entries: SHA-256 of nothing. */
export const emptyRoot: Hash = hash('sha256', '', 'buffer');

export function leafHash(entry: Uint8Array): Hash {
  return hash('sha256', Buffer.concat([LEAF, entry]), 'buffer');
}

export function nodeHash(left: Hash, right: Hash): Hash {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}

/** The root over a power of two of hashes that lie one after the other; `hashes` is not changed. */
export function completeRoot(hashes: Uint8Array): Hash {
  let level = hashes;
  while (level.length > HASH_BYTES) {
    const above = Buffer.allocUnsafe(level.length / 2);
    for (let at = 0; at < level.length; at += 2 * HASH_BYTES) {
      above.set(
        nodeHash(level.subarray(at, at + HASH_BYTES), level.subarray(at + HASH_BYTES, at + 2 * HASH_BYTES)),
        at / 2,
      );
    }
    level = above;
  }
  return Buffer.from(level);
}

/** The hashes of a tile, one by one. */
export function splitHashes(hashes: Uint8Array): Hash[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, n) =>
    hashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES),
  );
}
