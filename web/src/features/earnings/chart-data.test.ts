import type { EarningsOfPeriod } from '@virgil/contract';
import { expect, test } from 'vitest';
import { axisTop, columnsOf, currenciesOf, periodsUntil } from './chart-data.ts';

const row = (period: string, source: EarningsOfPeriod['source'], amount: number, currency: 'USD' | 'EUR' = 'USD') => ({
  period,
  source,
  earned: { amount, currency },
  count: 1,
});

test('a range ends today and leaves no day or month out, over the turn of a year and a leap day', () => {
  expect(periodsUntil('2027-02-15', 'months')).toEqual([
    ...['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2026-${month}`),
    '2027-01',
    '2027-02',
  ]);
  const days = periodsUntil('2028-03-01', 'days');
  expect([days.length, days[0], days.at(-2), days.at(-1)]).toEqual([30, '2028-02-01', '2028-02-29', '2028-03-01']);
});

test('a column has each source of its period in one currency, less what was taken back', () => {
  const rows = [
    row('2027-02', 'tips', 900),
    row('2027-02', 'tips', 100, 'EUR'),
    row('2027-02', 'bonus', 50),
    row('2027-02', 'returned', -90),
  ];
  const columns = columnsOf(rows, { currency: 'USD', range: 'months', today: '2027-02-15' });
  expect(columns).toHaveLength(12);
  expect(columns.at(-1)).toEqual({
    period: '2027-02',
    amounts: { tips: 900, patrons: 0, bonus: 50, returned: -90 },
    sum: 860,
  });
  expect(columns[0]?.sum).toBe(0);
});

test.each([
  [0, 100],
  [101, 120],
  [86_720, 100_000],
  [107_000, 120_000],
  [132_300, 160_000],
  [301, 400],
  [45_000, 50_000],
])('an axis for %i ends at %i', (highest, top) => {
  const columns = columnsOf([row('2027-02', 'tips', highest)], {
    currency: 'USD',
    range: 'months',
    today: '2027-02-15',
  });
  expect(axisTop(columns)).toBe(top);
});

test('the currency with the most comes first', () => {
  expect(currenciesOf([row('2027-02', 'tips', 5), row('2027-02', 'tips', 9, 'EUR')])).toEqual(['EUR', 'USD']);
  expect(currenciesOf([])).toEqual([]);
});
