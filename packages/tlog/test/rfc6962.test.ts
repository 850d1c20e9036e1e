/** Vectors of Certificate Transparency's own reference tests (merkletree tests of google/certificate-transparency). */
import { expect, test } from 'vitest';
import { append, emptyEdge } from '../src/append.ts';
import { emptyRoot, leafHash } from '../src/hashing.ts';
import { consistencyProof, inclusionProof } from '../src/proofs.ts';
import { TreeReader } from '../src/tree-reader.ts';
import { verifyConsistency, verifyInclusion } from '../src/verify-proofs.ts';

const entries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));

const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const inclusions = [
  { index: 0, size: 1, proof: [] },
  {
    index: 0,
    size: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    proof: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

const consistencies = [
  { from: 1, to: 1, proof: [] },
  {
    from: 1,
    to: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const root = (size: number) => Buffer.from(roots[size - 1] ?? '', 'hex');

function treeOf(size: number): TreeReader {
  const tiles = new Map(append(emptyEdge, entries.slice(0, size)).tiles.map(({ path, bytes }) => [path, bytes]));
  return new TreeReader(size, async (path) => tiles.get(path) ?? null);
}

test('the root of nothing is the hash of nothing', async () => {
  expect(hex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(append(emptyEdge, []).root).toEqual(emptyRoot);
  expect(await treeOf(0).root()).toEqual(emptyRoot);
});

test.each(roots.map((known, n) => ({ size: n + 1, known })))('the root of $size entries is $known', async (given) => {
  expect(hex(append(emptyEdge, entries.slice(0, given.size)).root)).toBe(given.known);
  expect(hex(await treeOf(given.size).root())).toBe(given.known);
});

test.each(inclusions)('entry $index of $size has the known inclusion proof', async ({ index, size, proof }) => {
  const made = await inclusionProof(index, treeOf(size));
  expect(made.map(hex)).toEqual(proof);
  expect(verifyInclusion(leafHash(entries[index] as Buffer), index, { size, root: root(size) }, made)).toBe(true);
});

test.each(consistencies)('from $from to $to entries is the known consistency proof', async ({ from, to, proof }) => {
  const made = await consistencyProof(from, treeOf(to));
  expect(made.map(hex)).toEqual(proof);
  expect(verifyConsistency({ size: from, root: root(from) }, { size: to, root: root(to) }, made)).toBe(true);
});
