import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from './overturn-policy.ts';

test('nothing counted is no rate', () => {
  expect(wilson(0, 0)).toEqual({ rate: null, low: null, high: null });
});

test.each([
  ['one of one may still be one of five', 1, 1, 1, 0.21, 1],
  ['half of ten is between a quarter and three', 5, 10, 0.5, 0.24, 0.76],
  ['none of twenty may be one of six', 0, 20, 0, 0, 0.16],
] as const)('%s', (_, hits, all, rate, low, high) => {
  const found = wilson(hits, all);
  expect(found.rate).toBe(rate);
  expect(found.low).toBeCloseTo(low, 2);
  expect(found.high).toBeCloseTo(high, 2);
});

test('the rate lies within its interval, the interval within 0 and 1, and more cases make it narrower', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (all, some) => {
      const hits = Math.min(all, some);
      const { high, low, rate } = wilson(hits, all);
      const wider = wilson(hits * 10, all * 10);
      expect([low, rate, high]).toEqual([low, rate, high].sort((one, other) => (one ?? 0) - (other ?? 0)));
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect((wider.high ?? 1) - (wider.low ?? 0)).toBeLessThan((high ?? 1) - (low ?? 0));
    }),
  );
});
