/** Columns of what was earned, stacked by source; what was taken back hangs below. The same stands in a table. */
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { axisTop, type Column, type Currency, type Range, STACK } from './chart-data.ts';
import { usePeriodName } from './period-name.ts';

export const INK = {
  patrons: 'var(--data-1)',
  tips: 'var(--data-2)',
  bonus: 'var(--data-3)',
  returned: 'var(--data-4)',
} as const;

/** Periods that a narrow page leaves out: it shows fewer, never smaller. */
const ON_PHONE: Readonly<Record<Range, number>> = { days: 14, months: 6 };

function Bar({ column, top, isNow }: { column: Column; top: number; isNow: boolean }): ReactNode {
  return (
    <>
      {STACK.map((source) =>
        column.amounts[source] > 0 ? (
          <i
            key={source}
            className="block w-full border-t-2 border-bg"
            style={{
              height: `${(column.amounts[source] / top) * 100}%`,
              background: isNow ? INK[source] : `color-mix(in oklab, ${INK[source]} 66%, var(--bg))`,
            }}
          />
        ) : null,
      ).reverse()}
    </>
  );
}

export function EarningsChart({
  columns,
  currency,
  range,
}: {
  columns: readonly Column[];
  currency: Currency;
  range: Range;
}): ReactNode {
  const { t } = useTranslation('earnings');
  const { money, number } = useFormat();
  const nameOf = usePeriodName(range);
  const tableId = useId();
  const top = axisTop(columns);
  const taken = Math.max(0, ...columns.map(({ amounts }) => -amounts.returned));
  const below = taken === 0 ? 0 : Math.max(0.08, taken / top);
  const highest = Math.max(...columns.map(({ sum }) => sum));
  const now = columns.at(-1);
  const sum = (column: Column | undefined): string => money({ amount: column?.sum ?? 0, currency });
  const best = columns.find((column) => column.sum === highest && highest > 0);
  return (
    <>
      <div
        role="img"
        aria-label={t(best ? 'chart.name' : 'chart.nameEmpty', {
          range: t(`range.${range}`),
          best: best ? nameOf.long(best.period) : '',
          bestSum: sum(best),
          now: nameOf.long(now?.period ?? ''),
          nowSum: sum(now),
        })}
        aria-describedby={tableId}
        className="relative mt-6 pl-13"
      >
        <div className="relative h-52">
          {[1, 0.5, 0].map((share) => (
            <span
              key={share}
              className="num absolute right-0 -left-13 border-b border-line text-14 text-ink-2"
              style={{ bottom: `${share * 100}%` }}
            >
              {number((top * share) / 100)}
            </span>
          ))}
          <div className="relative flex h-full items-end gap-1 sm:gap-2">
            {columns.map((column, n) => {
              const isNow = n === columns.length - 1;
              const isLabelled = column.sum > 0 && (isNow || column === best);
              return (
                <div
                  key={column.period}
                  className={clsx(
                    'relative h-full min-w-0 grow basis-0 flex-col justify-end',
                    n < columns.length - ON_PHONE[range] ? 'hidden md:flex' : 'flex',
                  )}
                >
                  {isLabelled ? (
                    <b
                      className={clsx(
                        'num pb-1 text-14 whitespace-nowrap',
                        isNow ? 'self-end text-right' : 'self-center text-center',
                      )}
                    >
                      {number(Math.round(column.sum / 100))}
                    </b>
                  ) : null}
                  <Bar column={column} top={top} isNow={isNow} />
                </div>
              );
            })}
          </div>
        </div>
        {below > 0 ? (
          <div className="flex items-start gap-1 sm:gap-2" style={{ height: `${below * 13}rem` }}>
            {columns.map((column, n) => (
              <i
                key={column.period}
                className={clsx(
                  'min-w-0 grow basis-0',
                  n < columns.length - ON_PHONE[range] ? 'hidden md:block' : 'block',
                )}
                style={{
                  height: `${taken === 0 ? 0 : (-column.amounts.returned / taken) * 100}%`,
                  background: INK.returned,
                }}
              />
            ))}
          </div>
        ) : null}
        <div className="mt-2 flex gap-1 text-14 text-ink-2 sm:gap-2">
          {columns.map((column, n) => {
            const fromEnd = columns.length - 1 - n;
            return (
              <span
                key={column.period}
                className={clsx(
                  'min-w-0 grow basis-0 text-center whitespace-nowrap',
                  fromEnd === 0 && 'font-[640] text-ink',
                  n < columns.length - ON_PHONE[range] ? 'hidden md:block' : 'block',
                )}
              >
                {range === 'months' || fromEnd % 7 === 0 ? (
                  <span className={range === 'days' ? 'float-right' : ''}>{nameOf.short(column.period)}</span>
                ) : null}
              </span>
            );
          })}
        </div>
      </div>
      <details className="mt-5">
        <summary className="text-14 text-ink-2 underline decoration-line-strong underline-offset-4">
          {t('chart.asTable')}
        </summary>
        <div className="mt-3 overflow-x-auto" id={tableId}>
          <table className="num w-full text-14 [&_td]:border-b [&_td]:border-line [&_td]:py-1.5 [&_td]:pl-4 [&_td]:text-right [&_th]:py-1.5 [&_th]:pl-4 [&_th]:font-[560]">
            <caption className="sr-only">{t(`range.${range}`)}</caption>
            <thead>
              <tr className="text-ink-3 [&>th]:border-b [&>th]:border-line [&>th]:text-right">
                <th scope="col" className="pl-0! text-left!">
                  {t(range === 'days' ? 'chart.day' : 'chart.month')}
                </th>
                {STACK.map((source) => (
                  <th key={source} scope="col">
                    {t(`source.${source}`)}
                  </th>
                ))}
                <th scope="col">{t('source.returned')}</th>
                <th scope="col">{t('chart.sum')}</th>
              </tr>
            </thead>
            <tbody>
              {columns.toReversed().map(({ amounts, period, sum: total }) => (
                <tr key={period}>
                  <th scope="row" className="border-b border-line pl-0! text-left font-normal! text-ink-2">
                    {nameOf.long(period)}
                  </th>
                  {[...STACK, 'returned' as const].map((source) => (
                    <td key={source}>{amounts[source] === 0 ? '' : money({ amount: amounts[source], currency })}</td>
                  ))}
                  <td className="font-[620]">{total === 0 ? '' : money({ amount: total, currency })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
