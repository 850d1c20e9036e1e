/** Hashes of any part of a tree, from its tiles. */
import type { ReadTile } from './append.ts';
import { MalformedError } from './errors.ts';
import { completeRoot, emptyRoot, HASH_BYTES, type Hash, nodeHash } from './hashing.ts';
import { TILE_WIDTH, type Tile, tilePath } from './tile-paths.ts';

/** Levels of the binary tree in one tile. */
const TILE_HEIGHT = 8;

/**
 * A tree of one size. Tiles are read once and believed: whoever does not trust the reader checks what comes out
 * (a root, a proof) against a signed checkpoint.
 */
export class TreeReader {
  readonly size: number;
  readonly #read: ReadTile;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(size: number, read: ReadTile) {
    this.size = size;
    this.#read = read;
  }

  root(): Promise<Hash> {
    return this.size === 0 ? Promise.resolve(emptyRoot) : this.range(0, this.size);
  }

  leaf(index: number): Promise<Hash> {
    return this.range(index, index + 1);
  }

  /** The Merkle tree hash of the leaves from `start` to before `end`, where `start` is where a subtree so wide begins. */
  async range(start: number, end: number): Promise<Hash> {
    const width = end - start;
    const split = largestPowerBelow(width);
    if (width === 1 || split * 2 === width) return this.#subtree(start, width);
    return nodeHash(...(await Promise.all([this.range(start, start + split), this.range(start + split, end)])));
  }

  /** A complete subtree of `width` leaves, a power of two. */
  async #subtree(start: number, width: number): Promise<Hash> {
    const height = Math.round(Math.log2(width));
    const level = Math.floor(height / TILE_HEIGHT);
    const leavesPerHash = TILE_WIDTH ** level;
    const first = start / leavesPerHash;
    const tile = await this.#tile(level, Math.floor(first / TILE_WIDTH));
    const at = (first % TILE_WIDTH) * HASH_BYTES;
    return completeRoot(tile.subarray(at, at + (width / leavesPerHash) * HASH_BYTES));
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const hashes = Math.floor(this.size / TILE_WIDTH ** level);
    const tile: Tile = { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
    const path = tilePath(tile);
    const known = this.#tiles.get(path) ?? readHashTile(tile, this.#read);
    this.#tiles.set(path, known);
    return known;
  }
}

/** The hashes of a tile, or the first ones of the full tile when the partial one is no longer kept. */
export async function readHashTile(tile: Tile, read: ReadTile): Promise<Uint8Array> {
  const exact = await read(tilePath(tile));
  const bytes = exact ?? (tile.width < TILE_WIDTH ? await read(tilePath({ ...tile, width: TILE_WIDTH })) : null);
  if (bytes === null) throw new MalformedError(`${tilePath(tile)} is missing`);
  const expected = (exact === null ? TILE_WIDTH : tile.width) * HASH_BYTES;
  if (bytes.length !== expected)
    throw new MalformedError(`${tilePath(tile)} has ${bytes.length} bytes, not ${expected}`);
  return bytes.subarray(0, tile.width * HASH_BYTES);
}

/** The largest power of two smaller than `n` (RFC 6962's k); 1 for 1. */
export function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
