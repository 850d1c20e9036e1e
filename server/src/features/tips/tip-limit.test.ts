import { expect, test } from 'vitest';
import { tipLimit } from './tip-limit.ts';

test('thirty tips in a burst are taken, the next is told when, and nobody else is held up', () => {
  const limit = tipLimit();
  for (let n = 0; n < 30; n++) limit('juno');
  expect(() => limit('juno')).toThrow(
    expect.objectContaining({ code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } }),
  );
  expect(() => limit('oki')).not.toThrow();
});
