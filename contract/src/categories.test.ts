import { describe, expect, test } from 'vitest';
import { veilOf } from './categories.ts';

describe('a line beside a judged text', () => {
  test.each([
    ['minors', 0.61, 'minors'],
    ['hate', 0.95, 'harsh'],
    ['hate', 0.59, 'none'],
    ['spam', 0.95, 'none'],
    [null, 0, 'none'],
  ] as const)('of %s at %s is veiled: %s', (category, riskScore, veil) => {
    expect(veilOf({ category, riskScore })).toBe(veil);
  });
});
