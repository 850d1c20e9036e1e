/** What the chart draws: every period of the range, also those in which nothing was earned. */
import type { EarningsOfPeriod, EarningsSource, Money } from '@virgil/contract';

export type Currency = Money['currency'];
export type Range = 'days' | 'months';

export interface Column {
  /** `2027-01-31` or `2027-01`. */
  readonly period: string;
  /** Minor units; what was taken back is below zero. */
  readonly amounts: Readonly<Record<EarningsSource, number>>;
  readonly sum: number;
}

/** From the bottom up. */
export const STACK = ['patrons', 'tips', 'bonus'] as const satisfies readonly EarningsSource[];

const LENGTH: Readonly<Record<Range, number>> = { days: 30, months: 12 };
const NOTHING: Column['amounts'] = { tips: 0, patrons: 0, bonus: 0, returned: 0 };

/** Oldest first; the last one is the current day or month. `today` is a day in the person's time zone. */
export function periodsUntil(today: string, range: Range): string[] {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  return Array.from({ length: LENGTH[range] }, (_, n) => {
    const back = LENGTH[range] - 1 - n;
    const at = range === 'days' ? Date.UTC(year, month - 1, day - back) : Date.UTC(year, month - 1 - back, 1);
    return new Date(at).toISOString().slice(0, range === 'days' ? 10 : 7);
  });
}

export function columnsOf(
  rows: readonly EarningsOfPeriod[],
  { currency, range, today }: { currency: Currency; range: Range; today: string },
): Column[] {
  return periodsUntil(today, range).map((period) => {
    const amounts = { ...NOTHING };
    for (const row of rows) {
      if (row.period === period && row.earned.currency === currency) amounts[row.source] += row.earned.amount;
    }
    return { period, amounts, sum: amounts.tips + amounts.patrons + amounts.bonus + amounts.returned };
  });
}

/** What the axis ends at, in minor units: a round number above the highest, of which half is round too. */
export function axisTop(columns: readonly Column[]): number {
  const highest = Math.max(100, ...columns.map(({ amounts }) => amounts.tips + amounts.patrons + amounts.bonus));
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= highest) ?? 10;
  return step * power;
}

/** Currencies in which anything was earned, the one with the most first. */
export function currenciesOf(rows: readonly EarningsOfPeriod[]): Currency[] {
  const sums = new Map<Currency, number>();
  for (const { earned } of rows) sums.set(earned.currency, (sums.get(earned.currency) ?? 0) + Math.abs(earned.amount));
  return [...sums].sort(([, one], [, other]) => other - one).map(([currency]) => currency);
}
