/** Making proofs, RFC 6962 sections 2.1.1 and 2.1.2. */
import type { Hash } from './hashing.ts';
import { largestPowerBelow, type TreeReader } from './tree-reader.ts';

/** That the leaf at `index` is in the reader's tree: hashes from the leaf's sibling up to the root's child. */
export async function inclusionProof(index: number, tree: TreeReader): Promise<Hash[]> {
  if (!(Number.isInteger(index) && index >= 0 && index < tree.size)) {
    throw new RangeError(`there is no entry ${index} in a tree of ${tree.size}`);
  }
  return Promise.all(path(index, 0, tree.size).map(([start, end]) => tree.range(start, end)));
}

/** That the tree of the first `size` entries is a beginning of the reader's tree; empty for 0 and for the whole. */
export async function consistencyProof(size: number, tree: TreeReader): Promise<Hash[]> {
  if (!(Number.isInteger(size) && size >= 0 && size <= tree.size)) {
    throw new RangeError(`a tree of ${tree.size} does not begin with one of ${size}`);
  }
  if (size === 0 || size === tree.size) return [];
  return Promise.all(subproof(size, 0, tree.size, true).map(([start, end]) => tree.range(start, end)));
}

type Range = readonly [start: number, end: number];

function path(index: number, start: number, end: number): Range[] {
  if (end - start === 1) return [];
  const middle = start + largestPowerBelow(end - start);
  return index < middle
    ? [...path(index, start, middle), [middle, end]]
    : [...path(index, middle, end), [start, middle]];
}

/** `known`: the verifier has this subtree's hash already, because it is the whole old tree. */
function subproof(size: number, start: number, end: number, known: boolean): Range[] {
  if (size === end) return known ? [] : [[start, end]];
  const middle = start + largestPowerBelow(end - start);
  return size <= middle
    ? [...subproof(size, start, middle, known), [middle, end]]
    : [...subproof(size, middle, end, false), [start, middle]];
}
