import type { EarningsOfPeriod, EarningsSource } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { type Currency, STACK } from './chart-data.ts';
import { INK } from './earnings-chart.tsx';
import { usePeriodName } from './period-name.ts';

/** Ten cents a full minute. */
const MINUTE_CENTS = 10;

/** This month by source, each with what it is made of. */
export function MonthSources({
  months,
  month,
  currency,
}: {
  months: readonly EarningsOfPeriod[];
  month: string;
  currency: Currency;
}): ReactNode {
  const { t } = useTranslation('earnings');
  const { money, number } = useFormat();
  const nameOf = usePeriodName('months');
  const rows = months.filter(({ earned, period }) => period === month && earned.currency === currency);
  const rowOf = (source: EarningsSource) => rows.find((row) => row.source === source);
  const sum = rows.reduce((total, { earned }) => total + earned.amount, 0);

  function note(source: EarningsSource, row: EarningsOfPeriod): string {
    if (source === 'bonus') {
      const minutes = Math.round(row.earned.amount / MINUTE_CENTS);
      return t('note.bonus', { count: minutes, minutes: number(minutes) });
    }
    return t(`note.${source}`, { count: row.count, payments: number(row.count) });
  }

  const shown: readonly EarningsSource[] = [...STACK.toReversed(), 'returned'];
  return (
    <section>
      <div className="head">
        <h2>{t('monthSoFar', { month: nameOf.long(month).replace(/ \d{4}$/, '') })}</h2>
        <span className="num ml-auto font-[620]">{money({ amount: sum, currency })}</span>
      </div>
      {rows.length === 0 ? <p className="py-3 text-ink-2">{t('monthNothing')}</p> : null}
      <ul>
        {shown.map((source) => {
          const row = rowOf(source);
          return row === undefined ? null : (
            <li key={source} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 border-b border-line py-2.5">
              <b className="flex items-center gap-2">
                <span aria-hidden="true" className="size-3" style={{ background: INK[source] }} />
                {t(`source.${source}`)}
              </b>
              <span className="num font-[620]">{money(row.earned)}</span>
              <small className="col-span-2 text-14 text-ink-2">{note(source, row)}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
