import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodsUntil } from './periods.ts';

test.each([
  ['2026-11-20T21:04:00Z', 'month', '2025-12', '2026-11'],
  ['2026-01-01T00:00:00Z', 'month', '2025-02', '2026-01'],
  ['2026-06-30T23:59:59Z', 'half', '2024-H2', '2026-H1'],
  ['2026-07-01T00:00:00Z', 'half', '2025-H1', '2026-H2'],
] as const)('at %s the report by %s goes from %s to %s', (now, by, first, last) => {
  const names = periodsUntil(new Date(now), by).map(({ name }) => name);
  expect([names.length, names[0], names.at(-1)]).toEqual([by === 'month' ? 12 : 4, first, last]);
});

test('periods follow each other without a gap, and the last one holds the moment', () => {
  const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, fc.constantFrom('month' as const, 'half' as const), (now, by) => {
      const periods = periodsUntil(now, by);
      for (const [index, period] of periods.slice(1).entries()) expect(period.from).toEqual(periods[index]?.until);
      const last = periods.at(-1);
      expect(last && last.from <= now && now < last.until && last.isRunning).toBe(true);
    }),
  );
});
