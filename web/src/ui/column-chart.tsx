/**
 * Columns of counts, stacked by series, the newest last. Values stand on the marks, the series of the newest period
 * beside them, and everything in a table behind.
 */
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';

export interface ChartSeries {
  readonly key: string;
  readonly label: string;
}

export interface ChartColumn {
  readonly key: string;
  readonly short: string;
  readonly long: string;
  readonly values: Readonly<Record<string, number>>;
}

export interface ColumnChartProps {
  /** What the chart says, in a sentence: its name for whoever does not see it. */
  readonly sentence: string;
  readonly series: readonly ChartSeries[];
  /** Oldest first; the last one is running. */
  readonly columns: readonly ChartColumn[];
  /** What stands in place of a chart of nothing but zeros. */
  readonly empty: string;
  /** The head of the table's first column. */
  readonly periodLabel: string;
}

const INKS = ['var(--data-1)', 'var(--data-2)', 'var(--data-3)', 'var(--data-4)'];
const inkOf = (index: number, isNow: boolean): string => {
  const ink = INKS[index % INKS.length] ?? 'var(--data-1)';
  return isNow ? ink : `color-mix(in oklab, ${ink} 66%, var(--bg))`;
};
/** A narrow page shows fewer periods, never smaller ones. */
const ON_PHONE = 6;

export function ColumnChart({ sentence, series, columns, empty, periodLabel }: ColumnChartProps): ReactNode {
  const { t } = useTranslation('common');
  const { number } = useFormat();
  const tableId = useId();
  const sums = columns.map((column) => series.reduce((sum, { key }) => sum + (column.values[key] ?? 0), 0));
  if (sums.every((sum) => sum === 0)) return <p className="text-ink-2">{empty}</p>;
  const top = Math.max(1, ...sums);
  const now = columns.at(-1);
  const isEarly = (index: number) => index < columns.length - ON_PHONE;
  return (
    <figure className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="min-w-0">
        <div
          role="img"
          aria-label={sentence}
          aria-describedby={tableId}
          className="flex h-44 items-end gap-1 border-b border-line-strong sm:gap-2"
        >
          {columns.map((column, index) => (
            <div
              key={column.key}
              className={clsx(
                'h-full min-w-0 grow basis-0 flex-col justify-end',
                isEarly(index) ? 'hidden md:flex' : 'flex',
              )}
            >
              <b className={clsx('num pb-1 text-center text-13', (sums[index] ?? 0) === 0 && 'font-normal text-ink-3')}>
                {number(sums[index] ?? 0)}
              </b>
              {series
                .map(({ key }, place) =>
                  (column.values[key] ?? 0) === 0 ? null : (
                    <i
                      key={key}
                      className="block w-full border-t-2 border-bg"
                      style={{
                        height: `${((column.values[key] ?? 0) / top) * 84}%`,
                        background: inkOf(place, column === now),
                      }}
                    />
                  ),
                )
                .toReversed()}
            </div>
          ))}
        </div>
        <div aria-hidden="true" className="mt-1.5 flex gap-1 text-13 text-ink-2 sm:gap-2">
          {columns.map((column, index) => (
            <span
              key={column.key}
              className={clsx(
                'min-w-0 grow basis-0 text-center whitespace-nowrap',
                column === now && 'font-[640] text-ink',
                isEarly(index) ? 'hidden md:block' : 'block',
              )}
            >
              {column.short}
            </span>
          ))}
        </div>
      </div>
      <figcaption>
        <p className="head font-[640]">{now?.long}</p>
        <ul>
          {series.map(({ key, label }, place) => (
            <li key={key} className="flex items-center gap-2 border-b border-line py-2">
              <span aria-hidden="true" className="size-3 flex-none" style={{ background: inkOf(place, true) }} />
              <span className="grow">{label}</span>
              <span className="num font-[620]">{number(now?.values[key] ?? 0)}</span>
            </li>
          ))}
        </ul>
      </figcaption>
      <details className="md:col-span-2">
        <summary className="text-14 text-ink-2 underline decoration-line-strong underline-offset-4">
          {t('chart.asTable')}
        </summary>
        <div className="mt-3 overflow-x-auto" id={tableId}>
          <table className="num w-full text-14 [&_td]:border-b [&_td]:border-line [&_td]:py-1.5 [&_td]:pl-4 [&_td]:text-right [&_th]:py-1.5 [&_th]:pl-4 [&_th]:font-[560]">
            <caption className="sr-only">{sentence}</caption>
            <thead>
              <tr className="text-ink-3 [&>th]:border-b [&>th]:border-line [&>th]:text-right">
                <th scope="col" className="pl-0! text-left!">
                  {periodLabel}
                </th>
                {series.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {label}
                  </th>
                ))}
                <th scope="col">{t('chart.sum')}</th>
              </tr>
            </thead>
            <tbody>
              {columns.toReversed().map((column) => (
                <tr key={column.key}>
                  <th scope="row" className="border-b border-line pl-0! text-left font-normal! text-ink-2">
                    {column.long}
                  </th>
                  {series.map(({ key }) => (
                    <td key={key}>{number(column.values[key] ?? 0)}</td>
                  ))}
                  <td className="font-[620]">{number(sums[columns.indexOf(column)] ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
