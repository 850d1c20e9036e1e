import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRangeOf } from './byte-range.ts';

test.each<[string | undefined, number, unknown]>([
  [undefined, 10, 'whole'],
  ['bytes=0-', 10, { start: 0, end: 9 }],
  ['bytes=2-4', 10, { start: 2, end: 4 }],
  ['bytes=2-400', 10, { start: 2, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-30', 10, { start: 0, end: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=5-2', 10, 'whole'],
  ['bytes=0-1,4-5', 10, 'whole'],
  ['items=0-1', 10, 'whole'],
  ['bytes=-', 10, 'whole'],
])('%s of %d bytes is %o', (header, size, expected) => {
  expect(byteRangeOf(header, size)).toEqual(expected);
});

test('whatever a client writes, a range lies inside the file', () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.nat().map((suffix) => `bytes=-${suffix}`),
  );
  fc.assert(
    fc.property(header, fc.nat(), (value, size) => {
      const range = byteRangeOf(value, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
