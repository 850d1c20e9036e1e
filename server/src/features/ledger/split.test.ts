import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionBonus } from './policy.ts';
import { sharesToReturn, splitGross } from './split.ts';

describe('a payment is split', () => {
  test('so that nothing is lost and the creator never gets less than nine tenths, for 1 to 100,000', () => {
    for (let gross = 1n; gross <= 100_000n; gross++) {
      const { artistShare, platformShare } = splitGross(gross);
      if (artistShare + platformShare !== gross) throw new Error(`${gross} is not split whole`);
      if (artistShare * 10n < gross * 9n || platformShare < 0n)
        throw new Error(`${gross} gives the creator too little`);
    }
    expect(splitGross(999n)).toEqual({ artistShare: 900n, platformShare: 99n });
    expect(splitGross(9n)).toEqual({ artistShare: 9n, platformShare: 0n });
  });

  test('only when there is something to split', () => {
    for (const nothing of [0n, -1n]) expect(() => splitGross(nothing)).toThrow(RangeError);
  });
});

describe('giving back in parts', () => {
  const gross = fc.bigInt({ min: 1n, max: 100_000n });
  const parts = fc.array(fc.bigInt({ min: 1n, max: 5_000n }), { minLength: 1, maxLength: 30 });

  test('closes to zero exactly, and takes from the platform a tenth of what was returned so far, rounded down', () => {
    fc.assert(
      fc.property(gross, parts, (paid, wanted) => {
        const { artistShare, platformShare } = splitGross(paid);
        const credits = [
          { account: 'creator', amount: artistShare },
          { account: 'fees', amount: platformShare },
        ].filter(({ amount }) => amount > 0n);
        const held = new Map(credits.map(({ account, amount }) => [account, amount]));
        let returned = 0n;
        for (const part of [...wanted, paid]) {
          const left = paid - returned;
          if (left === 0n) break;
          let step = left;
          if (part < left) step = part;
          for (const { account, amount } of sharesToReturn(credits, returned, step, 'fees')) {
            expect(amount).toBeGreaterThan(0n);
            held.set(account, (held.get(account) ?? 0n) - amount);
          }
          returned += step;
          expect(held.get('fees') ?? 0n).toBe(platformShare - returned / 10n);
          expect(held.get('creator')).toBe(artistShare - (returned - returned / 10n));
        }
        expect([...held.values()].every((amount) => amount === 0n)).toBe(true);
      }),
    );
  });

  test('of a payment that was divided otherwise takes from each in proportion', () => {
    const credits = [
      { account: 'one', amount: 700n },
      { account: 'two', amount: 300n },
    ];
    expect(sharesToReturn(credits, 0n, 500n, null)).toEqual([
      { account: 'one', amount: 350n },
      { account: 'two', amount: 150n },
    ]);
  });

  test('never gives more than is left', () => {
    const credits = [{ account: 'creator', amount: 100n }];
    for (const [before, part] of [
      [0n, 101n],
      [60n, 41n],
      [0n, 0n],
      [-1n, 1n],
    ] as const) {
      expect(() => sharesToReturn(credits, before, part, null)).toThrow(RangeError);
    }
  });
});

test.each([
  ['59.999 s of media', 59_999, 0n],
  ['a minute', 60_000, 10n],
  ['119.999 s', 119_999, 10n],
  ['an hour and a half', 5_400_000, 900n],
  ['24 hours', 86_400_000, 14_400n],
  ['nothing', 0, 0n],
  ['an engine’s nonsense', Number.NaN, 0n],
] as const)('the bonus for %s', (_what, ms, cents) => {
  expect(completionBonus(ms)).toBe(cents);
});
