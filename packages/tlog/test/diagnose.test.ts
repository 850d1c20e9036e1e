import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnose } from '../src/check/diagnose.ts';
import { LeafList } from '../src/check/leaf-list.ts';
import { leafHash } from '../src/hashing.ts';
import { plainRoot } from './kit/plain-tree.ts';

const list = (letters: string) =>
  new LeafList(Buffer.concat([...letters].map((letter) => leafHash(Buffer.from(letter)))));

test.each([
  ['abcdef', 'abcdef', false, { kind: 'same' }],
  ['abcdef', 'abcdefgh', true, { kind: 'same' }],
  ['abcdef', 'abcdefgh', false, { kind: 'inserted', at: 6, count: 2 }],
  ['abcdef', 'abXdef', false, { kind: 'edited', at: 2, count: 1 }],
  ['abcdef', 'abXdYfgh', true, { kind: 'edited', at: 2, count: 2 }],
  ['abcdef', 'abdef', false, { kind: 'deleted', at: 2, count: 1 }],
  ['abcdef', 'abdefgh', true, { kind: 'deleted', at: 2, count: 1 }],
  ['abcdef', 'abd', true, { kind: 'deleted', at: 2, count: 1 }],
  ['abcdef', 'adefgh', true, { kind: 'deleted', at: 1, count: 2 }],
  ['abcdef', 'abXcdef', false, { kind: 'inserted', at: 2, count: 1 }],
  ['abcdef', 'abXcdefgh', true, { kind: 'inserted', at: 2, count: 1 }],
  ['abcdef', 'abXcde', false, { kind: 'inserted', at: 2, count: 1 }],
  ['abcdef', 'abdcef', false, { kind: 'reordered', at: 2 }],
  ['abcdef', 'fedcbagh', true, { kind: 'reordered', at: 0 }],
  ['abcdef', 'abcd', true, { kind: 'truncated', at: 4, count: 2 }],
  ['abcdef', '', true, { kind: 'truncated', at: 0, count: 6 }],
  ['abcdef', 'aXdcef', true, { kind: 'changed', at: 1 }],
  ['aabbaa', 'abaaba', false, { kind: 'reordered', at: 1 }],
  ['', 'a', true, { kind: 'same' }],
])('%s, now %s (may grow: %s)', (before, after, mayGrow, expected) => {
  expect(diagnose(list(before), list(after), mayGrow)).toEqual(expected);
});

test('whatever was done, it is seen, and at the first place that differs', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, fc.boolean(), (before, after, mayGrow) => {
      const found = diagnose(list(before), list(after), mayGrow);
      const same = mayGrow ? after.startsWith(before) : after === before;
      expect(found.kind === 'same').toBe(same);
      if (found.kind !== 'same') expect(after.slice(0, found.at)).toBe(before.slice(0, found.at));
    }),
    { numRuns: 2_000 },
  );
});

test('the root of a list of hashes is that of the tree', () => {
  fc.assert(
    fc.property(fc.nat({ max: 600 }), (size) => {
      const leaves = Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`${n}`)));
      expect(new LeafList(Buffer.concat(leaves)).root()).toEqual(plainRoot(leaves));
    }),
    { numRuns: 30 },
  );
});
