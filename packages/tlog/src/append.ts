/**
 * Growing a tree. The right edge (the partial tiles, and the entries of the partial bundle) is all that must be known to
 * append: what lies left of it never changes again. Nothing here stores or signs; the caller stores the tiles and the
 * new size in one transaction, and signs after that.
 */
import { decodeEntries, encodeEntries } from './entry-bundle.ts';
import { completeRoot, emptyRoot, HASH_BYTES, type Hash, leafHash, nodeHash, splitHashes } from './hashing.ts';
import { TILE_WIDTH, type Tile, tilePath } from './tile-paths.ts';

/** What a log of `size` entries needs to grow. Immutable; every append gives a new one. */
export interface TreeEdge {
  /** Entries so far: the next one gets this index. */
  readonly size: number;
  /** For each level of tiles the hashes of its partial tile: up to 255 of 32 bytes, none when all are full. */
  readonly hashes: readonly Uint8Array[];
  /** The entries of the partial bundle, `size % 256` of them. */
  readonly entries: readonly Uint8Array[];
}

/** A tile's bytes, with the path under which it is served. */
export interface StoredTile extends Tile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Appended {
  readonly edge: TreeEdge;
  readonly size: number;
  readonly root: Hash;
  /** Of the new entries, in their order. */
  readonly leafHashes: readonly Hash[];
  /** Full and partial tiles of hashes and of entries that this size has and the size before had not. */
  readonly tiles: readonly StoredTile[];
}

/** Gives the bytes of a tile by its path (`tile/0/x001/234.p/5`), null when there is none. */
export type ReadTile = (path: string) => Promise<Uint8Array | null>;

export const emptyEdge: TreeEdge = { size: 0, hashes: [], entries: [] };

/** Appends entries (each ≤ 65,535 bytes) in their order. The same edge and entries always give the same tiles. */
export function append(edge: TreeEdge, entries: readonly Uint8Array[]): Appended {
  const leafHashes = entries.map(leafHash);
  const tiles: StoredTile[] = [];
  const hashes: Uint8Array[] = [];
  let rising: Uint8Array = Buffer.concat(leafHashes);
  for (let level = 0; rising.length > 0 || level < edge.hashes.length; level += 1) {
    const grown = Buffer.concat([edge.hashes[level] ?? Buffer.alloc(0), rising]);
    const first = Math.floor(edge.size / TILE_WIDTH ** (level + 1));
    const full: Hash[] = [];
    const bytes = TILE_WIDTH * HASH_BYTES;
    for (let at = 0; at + bytes <= grown.length; at += bytes) {
      const tile = grown.subarray(at, at + bytes);
      tiles.push(stored({ level, index: first + full.length, width: TILE_WIDTH }, tile));
      full.push(completeRoot(tile));
    }
    const partial = grown.subarray(full.length * bytes);
    if (partial.length > 0 && rising.length > 0) {
      tiles.push(stored({ level, index: first + full.length, width: partial.length / HASH_BYTES }, partial));
    }
    hashes.push(partial);
    rising = Buffer.concat(full);
  }
  const [bundles, open] = bundle(edge, entries);
  const next: TreeEdge = { size: edge.size + entries.length, hashes, entries: open };
  return { edge: next, size: next.size, root: edgeRoot(next), leafHashes, tiles: [...tiles, ...bundles] };
}

/** The root of the tree behind an edge. */
export function edgeRoot(edge: TreeEdge): Hash {
  // From the right: within a level the hashes fold like a small tree of their own, the root so far being its last leaf.
  let root: Hash | undefined;
  for (const hashes of edge.hashes) {
    const leaves = root === undefined ? splitHashes(hashes) : [...splitHashes(hashes), root];
    if (leaves.length > 0) root = foldRight(leaves, hashes.length / HASH_BYTES);
  }
  return root ?? emptyRoot;
}

/** Joins `complete` equal subtrees, and the smaller rest behind them if there is one, to one root. */
function foldRight(leaves: readonly Hash[], complete: number): Hash {
  let rest = leaves.length > complete ? leaves[complete] : undefined;
  let end = complete;
  // The lowest set bits of `complete` are the smallest subtrees, which lie rightmost.
  while (end > 0) {
    const width = end & -end;
    const subtree = completeRoot(Buffer.concat(leaves.slice(end - width, end)));
    rest = rest === undefined ? subtree : nodeHash(subtree, rest);
    end -= width;
  }
  return rest as Hash;
}

function bundle(edge: TreeEdge, entries: readonly Uint8Array[]): [StoredTile[], readonly Uint8Array[]] {
  const grown = [...edge.entries, ...entries];
  const first = Math.floor(edge.size / TILE_WIDTH);
  const bundles: StoredTile[] = [];
  let at = 0;
  for (; at + TILE_WIDTH <= grown.length; at += TILE_WIDTH) {
    const index = first + bundles.length;
    bundles.push(
      stored({ level: 'entries', index, width: TILE_WIDTH }, encodeEntries(grown.slice(at, at + TILE_WIDTH))),
    );
  }
  const open = grown.slice(at);
  if (open.length > 0 && entries.length > 0) {
    bundles.push(stored({ level: 'entries', index: first + bundles.length, width: open.length }, encodeEntries(open)));
  }
  return [bundles, open];
}

function stored(tile: Tile, bytes: Uint8Array): StoredTile {
  return { ...tile, path: tilePath(tile), bytes };
}

/** The edge of a stored tree. Throws when a tile is missing or has another length than the size demands. */
export async function loadEdge(size: number, read: ReadTile): Promise<TreeEdge> {
  const hashes: Uint8Array[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH;
    const index = Math.floor(count / TILE_WIDTH);
    hashes.push(width === 0 ? Buffer.alloc(0) : await required({ level, index, width }, read, width * HASH_BYTES));
  }
  const width = size % TILE_WIDTH;
  if (width === 0) return { size, hashes, entries: [] };
  const tile: Tile = { level: 'entries', index: Math.floor(size / TILE_WIDTH), width };
  const entries = decodeEntries(await required(tile, read));
  if (entries.length !== width) throw new Error(`${tilePath(tile)} holds ${entries.length} entries`);
  return { size, hashes, entries };
}

async function required(tile: Tile, read: ReadTile, length?: number): Promise<Uint8Array> {
  const bytes = await read(tilePath(tile));
  if (bytes === null) throw new Error(`${tilePath(tile)} is missing`);
  if (length !== undefined && bytes.length !== length) throw new Error(`${tilePath(tile)} has ${bytes.length} bytes`);
  return bytes;
}
