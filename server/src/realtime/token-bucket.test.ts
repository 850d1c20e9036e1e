import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadSize } from './payload-size.ts';
import { BucketsByKey, TokenBucket } from './token-bucket.ts';

test('a bucket lets a burst through, then as many as flow in, and says how long to wait', () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
  expect([1, 2, 3, 4].map(() => bucket.take(0).admitted)).toEqual([true, true, true, false]);
  expect(bucket.take(0)).toEqual({ admitted: false, retryAfterMs: 500 });
  expect(bucket.take(499).admitted).toBe(false);
  expect(bucket.take(500).admitted).toBe(true);
});

test('in no stretch of time does more pass than the burst and what flowed in, and waiting as told is enough', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 100 }),
      (burst, perSecond, pauses) => {
        const bucket = new TokenBucket({ burst, perSecond }, 0);
        let [now, passed] = [0, 0];
        for (const pause of pauses) {
          now += pause;
          const admission = bucket.take(now);
          if (admission.admitted) passed++;
          else {
            now += admission.retryAfterMs;
            expect(bucket.take(now).admitted).toBe(true);
            passed++;
          }
        }
        expect(passed).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6);
      },
    ),
  );
});

test('keys do not share, and idle ones are forgotten', () => {
  let now = 0;
  const buckets = new BucketsByKey({ burst: 1, perSecond: 1 }, () => now);
  expect(buckets.take('a').admitted && buckets.take('b').admitted).toBe(true);
  expect(buckets.take('a').admitted).toBe(false);
  for (let n = 0; n < 5000; n++) {
    now += 10;
    buckets.take(`key ${n}`);
  }
  expect(buckets.size).toBeLessThan(2100);
});

test('a payload weighs at least what it holds, and counting stops at the limit', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(payloadSize(value, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(JSON.stringify(value).length / 6);
    }),
  );
  expect(payloadSize(Buffer.alloc(5000), 1000)).toBeGreaterThan(1000);
  expect(payloadSize([new ArrayBuffer(5000)], 1000)).toBeGreaterThan(1000);
  let looked = 0;
  const many = Array.from({ length: 100_000 }, () => ({
    get text() {
      looked++;
      return 'x';
    },
  }));
  expect(payloadSize(many, 1000)).toBeGreaterThan(1000);
  expect(looked).toBeLessThan(2000);
});
