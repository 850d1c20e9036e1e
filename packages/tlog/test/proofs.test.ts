import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, emptyEdge, loadEdge } from '../src/append.ts';
import { type Hash, leafHash } from '../src/hashing.ts';
import { consistencyProof, inclusionProof } from '../src/proofs.ts';
import { entryTiles, hashTiles, tilePath } from '../src/tile-paths.ts';
import { TreeReader } from '../src/tree-reader.ts';
import { type TreeHead, verifyConsistency, verifyInclusion } from '../src/verify-proofs.ts';
import { MadeLog } from './kit/made-log.ts';
import { plainConsistency, plainPath, plainRoot, plainTile } from './kit/plain-tree.ts';

const LARGEST = 800;
const entries = Array.from({ length: LARGEST }, (_, n) => Buffer.from(`entry ${n}`));
const leaves = entries.map(leafHash);

/** Sizes of all sorts, more often those around a full tile. */
const sizes = fc.oneof(fc.integer({ min: 1, max: LARGEST }), fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 513, 768));

const readerOf = (size: number) => new TreeReader(size, async (path) => plainTile(path, leaves.slice(0, size)));
const heads = Array.from({ length: leaves.length + 1 }, (_, size) => ({
  size,
  root: plainRoot(leaves.slice(0, size)),
}));
const headOf = (size: number): TreeHead => heads[size] as TreeHead;

test('however entries come in batches, the tree and all its tiles are the same', async () => {
  const batches = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, async (counts) => {
      const log = new MadeLog();
      for (const count of counts) log.grow(count);
      const expected = log.entries.map(leafHash);
      expect(await log.tree.root()).toEqual(plainRoot(expected));
      for (const tile of hashTiles(log.size)) {
        expect(log.files.get(tilePath(tile))).toEqual(plainTile(tilePath(tile), expected));
      }
      for (const tile of entryTiles(log.size)) expect(log.files.has(tilePath(tile))).toBe(true);
      const again = await loadEdge(log.size, async (path) => log.files.get(path) ?? null);
      expect(append(again, entries.slice(0, 3)).root).toEqual(plainRoot([...expected, ...leaves.slice(0, 3)]));
    }),
    { numRuns: 15 },
  );
});

test('an append that is thrown away leaves the edge as it was', () => {
  const { edge } = append(emptyEdge, entries.slice(0, 300));
  const once = append(edge, entries.slice(300, 700));
  append(edge, entries.slice(0, 500));
  expect(append(edge, entries.slice(300, 700))).toEqual(once);
});

test('an edge whose tile is missing or short is not loaded', async () => {
  const log = new MadeLog().grow(300);
  await expect(loadEdge(300, async () => null)).rejects.toThrow('missing');
  await expect(loadEdge(300, async (path) => log.files.get(path)?.subarray(1) ?? null)).rejects.toThrow('bytes');
});

test('every inclusion proof is the one of the RFC, and verifies', async () => {
  const places = sizes.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
  await fc.assert(
    fc.asyncProperty(places, async ([size, index]) => {
      const proof = await inclusionProof(index, readerOf(size));
      expect(proof).toEqual(plainPath(index, leaves.slice(0, size)));
      expect(verifyInclusion(leaves[index] as Hash, index, headOf(size), proof)).toBe(true);
    }),
  );
});

test('every consistency proof is the one of the RFC, and verifies', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, sizes, async (one, other) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const proof = await consistencyProof(from, readerOf(to));
      expect(proof).toEqual(plainConsistency(from, leaves.slice(0, to)));
      expect(verifyConsistency(headOf(from), headOf(to), proof)).toBe(true);
    }),
  );
});

test('every tree begins with the empty one', async () => {
  expect(await consistencyProof(0, readerOf(7))).toEqual([]);
  expect(verifyConsistency(headOf(0), headOf(7), [])).toBe(true);
  expect(verifyConsistency({ size: 0, root: headOf(1).root }, headOf(7), [])).toBe(false);
});

/** All hashes that an inclusion proof is made of, or a consistency proof; one bit of one of them is turned. */
const flip = (hashes: readonly Hash[], place: number) => {
  const at = place % (hashes.length * 256);
  return hashes.map((hash, n) => {
    if (n !== Math.floor(at / 256)) return hash;
    const copy = Buffer.from(hash);
    copy.writeUInt8(copy.readUInt8((at % 256) >> 3) ^ (1 << (at % 8)), (at % 256) >> 3);
    return copy;
  });
};

test('one flipped bit anywhere and no inclusion is believed, nor at any other index or size', async () => {
  const places = sizes.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 }), fc.nat()));
  await fc.assert(
    fc.asyncProperty(places, async ([size, index, place]) => {
      const proof = await inclusionProof(index, readerOf(size));
      const [leaf, root, ...steps] = flip([leaves[index] as Hash, headOf(size).root, ...proof], place);
      expect(verifyInclusion(leaf as Hash, index, { size, root: root as Hash }, steps)).toBe(false);
      for (const wrong of [index - 1, index + 1, -1, size, index + 0.5, Number.NaN]) {
        expect(verifyInclusion(leaves[index] as Hash, wrong, headOf(size), proof)).toBe(false);
      }
      for (const longer of [proof.slice(1), [...proof, leaves[0] as Hash]]) {
        if (longer.length === proof.length) continue;
        expect(verifyInclusion(leaves[index] as Hash, index, headOf(size), longer)).toBe(false);
      }
    }),
  );
});

test('one flipped bit anywhere and no consistency is believed', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, sizes, fc.nat(), async (one, other, place) => {
      fc.pre(one !== other);
      const [from, to] = one < other ? [one, other] : [other, one];
      const proof = await consistencyProof(from, readerOf(to));
      const [older, newer, ...steps] = flip([headOf(from).root, headOf(to).root, ...proof], place);
      const wrong = verifyConsistency({ size: from, root: older as Hash }, { size: to, root: newer as Hash }, steps);
      expect(wrong).toBe(false);
      expect(verifyConsistency(headOf(to), headOf(from), proof)).toBe(false);
      expect(verifyConsistency(headOf(from), headOf(to), [...proof, leaves[0] as Hash])).toBe(false);
      if (proof.length > 0) expect(verifyConsistency(headOf(from), headOf(to), proof.slice(0, -1))).toBe(false);
    }),
  );
});

test('what is not there is not proven', async () => {
  await expect(inclusionProof(5, readerOf(5))).rejects.toThrow(RangeError);
  await expect(inclusionProof(-1, readerOf(5))).rejects.toThrow(RangeError);
  await expect(consistencyProof(6, readerOf(5))).rejects.toThrow(RangeError);
  await expect(inclusionProof(2, new TreeReader(5, async () => null))).rejects.toThrow('tile/0/000.p/5 is missing');
});

test('a full tile serves where its partial one is no longer kept', async () => {
  const full = plainTile('tile/0/000', leaves.slice(0, 256));
  const tree = new TreeReader(200, async (path) => (path === 'tile/0/000' ? full : null));
  expect(await tree.root()).toEqual(headOf(200).root);
});
