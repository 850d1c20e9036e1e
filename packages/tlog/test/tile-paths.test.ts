import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEntries, encodeEntries, MAX_ENTRY_BYTES } from '../src/entry-bundle.ts';
import { MalformedError } from '../src/errors.ts';
import { entryTiles, hashTiles, parseTilePath, type Tile, tilePath } from '../src/tile-paths.ts';

test('paths are those of the specification', () => {
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17');
  expect(tilePath({ level: 'entries', index: 1_000, width: 256 })).toBe('tile/entries/x001/000');
});

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const tiles = [...hashTiles(70_000)];
  const widths = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
  expect(widths(0)).toHaveLength(274);
  expect(widths(0).at(-1)).toBe(112);
  expect(widths(1)).toEqual([256, 17]);
  expect(widths(2)).toEqual([1]);
  expect(widths(3)).toEqual([]);
  expect([...entryTiles(70_000)]).toHaveLength(274);
  expect([...hashTiles(256)]).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ]);
});

test('every tile has one path, and the path names that tile', () => {
  const tiles: fc.Arbitrary<Tile> = fc.record({
    level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
    index: fc.oneof(fc.nat(), fc.maxSafeNat()),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(fc.property(tiles, (tile) => void expect(parseTilePath(tilePath(tile))).toEqual(tile)));
});

test.each([
  'tile/0/0',
  'tile/0/0000',
  'tile/00/000',
  'tile/64/000',
  'tile/-1/000',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/01',
  'tile/0/x000/001',
  'tile/0/001/x234',
  'tile/0/x001',
  'tile/data/000',
  'tile/0/000/',
  '/tile/0/000',
  'tile/0/../000',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
  '',
])('%j is not the path of a tile', (path) => {
  expect(() => parseTilePath(path)).toThrow(MalformedError);
});

test('a bundle gives back the entries that went in', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(entries, (given) => {
      expect(decodeEntries(encodeEntries(given)).map((entry) => [...entry])).toEqual(given.map((entry) => [...entry]));
    }),
  );
});

test('an entry has at most 65,535 bytes', () => {
  const largest = Buffer.alloc(MAX_ENTRY_BYTES, 7);
  expect(decodeEntries(encodeEntries([largest, largest]))).toEqual([largest, largest]);
  expect(() => encodeEntries([Buffer.alloc(MAX_ENTRY_BYTES + 1)])).toThrow(RangeError);
});

test('a bundle that is cut off anywhere within an entry is refused', () => {
  const bundle = encodeEntries([Buffer.from('one'), Buffer.from('two')]);
  const whole = [0, 5, 10];
  for (let length = 0; length <= bundle.length; length += 1) {
    const read = () => decodeEntries(bundle.subarray(0, length));
    if (whole.includes(length)) expect(read()).toHaveLength(whole.indexOf(length));
    else expect(read).toThrow(MalformedError);
  }
});
