import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved, rangeOf } from './stricter-thresholds.ts';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const thresholds = fc.tuple(score, score).map(([a, b]) => ({ hold: Math.min(a, b), block: Math.max(a, b) }));

test('wherever the sliders are pulled, nothing is milder than the platform and what is blocked is held', () => {
  const pulls = fc.array(fc.tuple(fc.constantFrom('hold' as const, 'block' as const), score));
  fc.assert(
    fc.property(thresholds, pulls, (platform, moves) => {
      let now = platform;
      for (const [which, to] of moves) now = moved(now, which, Math.min(to, platform[which]), platform);
      expect(now.hold).toBeLessThanOrEqual(now.block);
      expect(now.hold).toBeLessThanOrEqual(platform.hold);
      expect(now.block).toBeLessThanOrEqual(platform.block);
      expect(rangeOf(platform.hold, now.hold).min).toBeLessThanOrEqual(now.hold);
    }),
  );
});

test('a slider at its end is the platform’s threshold, also one between two hundredths', () => {
  expect(moved({ hold: 0.3, block: 0.5 }, 'hold', 0.605, { hold: 0.605, block: 0.85 })).toEqual({
    hold: 0.605,
    block: 0.605,
  });
});

test('one slider takes the other along', () => {
  const platform = { hold: 0.6, block: 0.85 };
  expect(moved({ hold: 0.3, block: 0.5 }, 'hold', 0.58, platform)).toEqual({ hold: 0.58, block: 0.58 });
  expect(moved({ hold: 0.3, block: 0.5 }, 'block', 0.2, platform)).toEqual({ hold: 0.2, block: 0.2 });
});
