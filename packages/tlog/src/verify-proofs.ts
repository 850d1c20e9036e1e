/**
 * Checking proofs with nothing but hashes, by the iterative algorithms of RFC 9162 (sections 2.1.3.2 and 2.1.4.2), which
 * share no code with those that make them.
 */
import { emptyRoot, type Hash, nodeHash, sameHash } from './hashing.ts';

export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether the proof leads from the leaf's hash at this index to the head's root. */
export function verifyInclusion(leaf: Hash, index: number, head: TreeHead, proof: readonly Hash[]): boolean {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < head.size)) return false;
  let position = index;
  let last = head.size - 1;
  let root = leaf;
  for (const hash of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      root = nodeHash(hash, root);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = half(last);
      }
    } else {
      root = nodeHash(root, hash);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && sameHash(root, head.root);
}

/** Whether the proof shows that the newer tree begins with all of the older one, unchanged. */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (older.size > newer.size || older.size < 0) return false;
  if (older.size === newer.size) return proof.length === 0 && sameHash(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && sameHash(older.root, emptyRoot);
  let position = older.size - 1;
  let last = newer.size - 1;
  while (position % 2 === 1) {
    position = half(position);
    last = half(last);
  }
  // When the old tree is complete its own root is the first hash of the walk, and the proof leaves it out.
  const [first, ...rest] = position === 0 ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let olderRoot = first;
  let newerRoot = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      olderRoot = nodeHash(hash, olderRoot);
      newerRoot = nodeHash(hash, newerRoot);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = half(last);
      }
    } else {
      newerRoot = nodeHash(newerRoot, hash);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && sameHash(olderRoot, older.root) && sameHash(newerRoot, newer.root);
}

/** Not a shift: sizes go beyond 32 bits. */
function half(n: number): number {
  return Math.floor(n / 2);
}
