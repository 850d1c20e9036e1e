/** Which tiles a tree of some size has, and where they lie: c2sp.org/tlog-tiles. */
import { MalformedError } from './errors.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;

/** Hashes of one level of tiles, or (`entries`) the entries under a tile of level 0. */
export interface Tile {
  /** 0 holds the hashes of leaves; one hash of level l + 1 is the root of a full tile of level l. */
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial and belongs to one size of the tree. */
  readonly width: number;
}

/** `tile/0/x001/234`, `tile/entries/000.p/7`: relative to the log's URL prefix. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** 1234067 as `x001/x234/067`. */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/');
}

const form = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The one tile that a path names; other spellings of it are refused. */
export function parseTilePath(path: string): Tile {
  const [, level = '', digits = '', width] = form.exec(path) ?? [];
  const tile: Tile = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const plain = level !== '' && Number.isSafeInteger(tile.index) && (width === undefined || tile.width < TILE_WIDTH);
  if (!plain || tilePath(tile) !== path) throw new MalformedError(`not the path of a tile: ${path}`);
  return tile;
}

/** All tiles of hashes of a tree of this size, level by level; those above the top hold a single hash or nothing. */
export function* hashTiles(size: number): Generator<Tile & { readonly level: number }> {
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    for (const { index, width } of tilesOf(hashes)) yield { level, index, width };
  }
}

/** All bundles of entries of a tree of this size. */
export function* entryTiles(size: number): Generator<Tile> {
  for (const { index, width } of tilesOf(size)) yield { level: 'entries', index, width };
}

function* tilesOf(hashes: number): Generator<{ readonly index: number; readonly width: number }> {
  for (let index = 0; index * TILE_WIDTH < hashes; index += 1) {
    yield { index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
  }
}
