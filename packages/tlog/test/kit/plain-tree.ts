/** RFC 6962 word for word, over a list of leaf hashes: slow, and without a thought of tiles. */
import { emptyRoot, type Hash, nodeHash } from '../../src/hashing.ts';
import { parseTilePath, TILE_WIDTH } from '../../src/tile-paths.ts';

/** MTH of section 2.1. */
export function plainRoot(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return emptyRoot;
  if (leaves.length === 1) return only;
  const k = split(leaves.length);
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** PATH of section 2.1.1. */
export function plainPath(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...plainPath(m, leaves.slice(0, k)), plainRoot(leaves.slice(k))]
    : [...plainPath(m - k, leaves.slice(k)), plainRoot(leaves.slice(0, k))];
}

/** PROOF of section 2.1.2. */
export function plainConsistency(m: number, leaves: readonly Hash[]): Hash[] {
  return m === 0 || m === leaves.length ? [] : subproof(m, leaves, true);
}

function subproof(m: number, leaves: readonly Hash[], complete: boolean): Hash[] {
  if (m === leaves.length) return complete ? [] : [plainRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), complete), plainRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), plainRoot(leaves.slice(0, k))];
}

/** The tile of this path by its definition in c2sp.org/tlog-tiles. */
export function plainTile(path: string, leaves: readonly Hash[]): Uint8Array {
  const { level, index, width } = parseTilePath(path);
  const span = TILE_WIDTH ** Number(level);
  const hashes = Array.from({ length: width }, (_, i) => {
    const first = (index * TILE_WIDTH + i) * span;
    return plainRoot(leaves.slice(first, first + span));
  });
  return Buffer.concat(hashes);
}

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
