import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordDifference } from './word-difference.ts';

const sides = (before: string, after: string) => {
  const pieces = wordDifference(before, after);
  const without = (kind: string) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join('');
  return { pieces, before: without('new'), after: without('gone') };
};

describe('the difference between two texts', () => {
  test.each([
    ['Do not insult people.', 'Do not insult anybody.', 'gone:people. new:anybody.'],
    ['Be kind.', 'Be kind.', ''],
    ['', 'New words', 'new:New words'],
    ['Old words', '', 'gone:Old words'],
  ])('%j to %j', (before, after, expected) => {
    const changed = wordDifference(before, after).filter(({ kind }) => kind !== 'same');
    expect(changed.map(({ kind, text }) => `${kind}:${text}`).join(' ')).toBe(expected);
  });

  test('holds both texts whole, whatever they are', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'rule', '\n'), { maxLength: 30 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const found = sides(before, after);
        expect([found.before, found.after]).toEqual([before, after]);
      }),
    );
  });
});
