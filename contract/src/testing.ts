/** Only while VIRGIL_MODE=test: the product clock. */
import { z } from 'zod';
import { operation } from './operations.ts';
import { instant } from './primitives.ts';

export const advanceClock = operation({
  id: 'test.advanceClock',
  method: 'POST',
  path: '/api/test/clock',
  who: 'test-mode',
  scope: 'admin',
  summary: 'Move the product clock forward on every node, run the jobs that fall due, then answer.',
  body: z.strictObject({
    advanceMs: z
      .int()
      .min(0)
      .max(10 * 365 * 24 * 3600 * 1000),
  }),
  output: z.object({ now: instant }),
  audit: { none: 'exists in tests only' },
  errors: ['not_found'],
});
