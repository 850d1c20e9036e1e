/** Everything a log of some size shows: hashes of leaves from its tiles, and of its entries from their bundles. */
import { decodeEntries } from '../entry-bundle.ts';
import { MalformedError } from '../errors.ts';
import { completeRoot, HASH_BYTES, leafHash, sameHash } from '../hashing.ts';
import { entryTiles, hashTiles, TILE_WIDTH, type Tile, tilePath } from '../tile-paths.ts';
import { readHashTile } from '../tree-reader.ts';
import { LeafList } from './leaf-list.ts';
import type { LogSource } from './source.ts';

/** Files asked for at once. */
const AT_ONCE = 16;

export interface ShownLeaves {
  /** Up to the first tile that is missing or broken. */
  readonly leaves: LeafList;
  /** In words, what is wrong with the tiles themselves; the root is another matter. */
  readonly faults: readonly string[];
}

/** Reads every tile of hashes, and compares those of the upper levels with what lies under them. */
export async function readLeaves(
  size: number,
  source: LogSource,
  progress?: (done: number) => void,
): Promise<ShownLeaves> {
  const faults: string[] = [];
  const read = (name: string) => source.read(name);
  const pieces: Uint8Array[] = [];
  let whole = true;
  let below: Uint8Array[] = [];
  let level = 0;
  let above: Uint8Array[] = [];
  for await (const { tile, bytes } of inOrder(hashTiles(size), (wanted) => orFault(readHashTile(wanted, read)))) {
    if (tile.level !== level) {
      [below, above, level] = [above, [], tile.level];
    }
    if (bytes instanceof MalformedError) {
      if (level === 0) whole = false;
      faults.push(bytes.message);
      continue;
    }
    if (level === 0 && whole) {
      pieces.push(bytes);
      progress?.(pieces.length * TILE_WIDTH);
    }
    if (tile.width === TILE_WIDTH) above[tile.index] = completeRoot(bytes);
    if (level > 0) faults.push(...compare(tile, bytes, below));
  }
  return { leaves: new LeafList(Buffer.concat(pieces)), faults };
}

function compare(tile: Tile, bytes: Uint8Array, below: readonly (Uint8Array | undefined)[]): string[] {
  for (let n = 0; n < tile.width; n += 1) {
    const under = below[tile.index * TILE_WIDTH + n];
    if (under !== undefined && !sameHash(under, bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES))) {
      const span = TILE_WIDTH ** (tile.level as number);
      const first = (tile.index * TILE_WIDTH + n) * span;
      return [`${tilePath(tile)} does not fit the tiles under it (entries ${first} to ${first + span - 1})`];
    }
  }
  return [];
}

/** The hashes of all entries as they are shown, up to the first bundle that is missing or broken. */
export async function readEntries(
  size: number,
  source: LogSource,
  progress?: (done: number) => void,
): Promise<ShownLeaves> {
  const faults: string[] = [];
  const pieces: Uint8Array[] = [];
  let count = 0;
  for await (const { bytes } of inOrder(entryTiles(size), (wanted) => orFault(readBundle(wanted, source)))) {
    if (bytes instanceof MalformedError) {
      faults.push(bytes.message);
      break;
    }
    pieces.push(bytes);
    count += bytes.length / HASH_BYTES;
    progress?.(count);
  }
  return { leaves: new LeafList(Buffer.concat(pieces)), faults };
}

/** Hashes of a bundle's entries; more or fewer than there should be are given as they are. */
async function readBundle(tile: Tile, source: LogSource): Promise<Uint8Array> {
  const exact = await source.read(tilePath(tile));
  const bytes = exact ?? (tile.width < TILE_WIDTH ? await source.read(tilePath({ ...tile, width: TILE_WIDTH })) : null);
  if (bytes === null) throw new MalformedError(`${tilePath(tile)} is missing`);
  const entries = decodeEntries(bytes);
  const shown = exact === null ? entries.slice(0, tile.width) : entries;
  return Buffer.concat(shown.map(leafHash));
}

async function orFault(bytes: Promise<Uint8Array>): Promise<Uint8Array | MalformedError> {
  try {
    return await bytes;
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
}

/** Works on several at once and gives the results in order. */
async function* inOrder<T extends Tile, R>(
  tiles: Iterable<T>,
  work: (tile: T) => Promise<R>,
): AsyncGenerator<{ readonly tile: T; readonly bytes: R }> {
  const waiting: { tile: T; bytes: Promise<R> }[] = [];
  for (const tile of tiles) {
    const bytes = work(tile);
    // Whoever comes to it gets the failure; until then it must not count as unheard.
    bytes.catch(() => {});
    waiting.push({ tile, bytes });
    const first = waiting.length >= AT_ONCE ? waiting.shift() : undefined;
    if (first) yield { tile: first.tile, bytes: await first.bytes };
  }
  for (const { tile, bytes } of waiting) yield { tile, bytes: await bytes };
}
