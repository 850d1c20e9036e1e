import { describe, expect, test } from 'vitest';
import { moved, slugOf, without } from './content-edits.ts';

describe('the id of a new rule', () => {
  test.each([
    ['Private data', 'private-data'],
    ['  Doxxing & stalking! ', 'doxxing-stalking'],
    ['Ünfug', 'u-nfug'],
    ['18+ content', 'content'],
    ['!', null],
    ['', null],
    ['x'.repeat(80), 'x'.repeat(36)],
  ])('%j gives %j', (name, expected) => {
    expect(slugOf(name, new Set())).toBe(expected);
  });

  test('is never one that is taken', () => {
    expect(slugOf('Spam', new Set(['spam', 'spam-2']))).toBe('spam-3');
  });
});

test('lists are moved within their ends', () => {
  expect([moved(['a', 'b'], 0, 1), moved(['a', 'b'], 0, -1), moved(['a', 'b'], 1, 1)]).toEqual([
    ['b', 'a'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(without(['a', 'b'], 0)).toEqual(['b']);
});
