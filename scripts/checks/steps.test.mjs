import { afterEach, expect, it, vi } from 'vitest';
import { runSteps } from './steps.mjs';

afterEach(() => vi.restoreAllMocks());

/** Runs the steps and answers the exit code and each line that was printed. */
async function printed(steps) {
  const lines = [];
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(...String(line).trimEnd().split('\n')));
  return { code: await runSteps(steps), lines };
}

const passed = (count) => ({ passed: count, failed: 0, skipped: 0 });

it('runs what stands in a list at the same time, and prints what each said above its own line', async () => {
  const second = Promise.withResolvers();
  const { code, lines } = await printed([
    [
      {
        name: 'waits for the second',
        run: async ({ echo }) => {
          await second.promise;
          if (echo) console.log('spoken while it runs');
          return passed(2);
        },
      },
      {
        name: 'the second',
        run: async ({ echo }) => {
          second.resolve();
          return { passed: 1, failed: 1, skipped: 0, said: echo ? '' : 'said at its end' };
        },
      },
    ],
    { name: 'the last', run: async () => passed(4) },
  ]);
  expect(code).toBe(1);
  const order = ['spoken while', '✓ waits for the second', 'said at its end', '✗ the second', '✓ the last'];
  expect(order.map((start) => lines.findIndex((line) => line.startsWith(start)))).toEqual([0, 1, 2, 3, 4]);
  expect(lines.at(-1)).toBe('7 passed, 1 failed');
});

it('ends with 0 when nothing failed', async () => {
  const { code, lines } = await printed([{ name: 'only', run: async () => passed(3) }]);
  expect([code, lines.at(-1)]).toEqual([0, '3 passed, 0 failed']);
});
