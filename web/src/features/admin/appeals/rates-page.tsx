/** How often decisions were overturned on appeal: counts beside every share, and how sure it is. */
import { Link } from '@tanstack/react-router';
import type { appealDesk } from '@virgil/contract';
import { ArrowLeft, ChartColumn, Download } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { overturnRatesFile, useOverturnRates } from '../../../api/appeal-desk.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { useRuleWords } from '../../../ui/rule-words.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { AdminFrame } from '../admin-frame.tsx';

type Rate = appealDesk.OverturnRate;
const PERIODS = ['30', '90', '365', 'all'] as const;
type Period = (typeof PERIODS)[number];
const DAY_MS = 86_400_000;

/** To the hour, so that the same question is one cache entry. */
function startOf(period: Period): string | undefined {
  if (period === '90') return undefined;
  if (period === 'all') return '2020-01-01T00:00:00.000Z';
  const hour = 3_600_000;
  return new Date(Math.floor((Date.now() - Number(period) * DAY_MS) / hour) * hour).toISOString();
}

export function OverturnRatesPage(): ReactNode {
  const { t } = useTranslation('appealDesk');
  const [period, setPeriod] = useState<Period>('90');
  const from = startOf(period);
  const query = useOverturnRates(from);
  return (
    <AdminFrame title={t('rates.title')}>
      <div className="page">
        <p className="mb-2 text-14">
          <Link to="/admin/appeals">
            <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} className="mr-1 inline" />
            {t('title')}
          </Link>
        </p>
        <header className="flex flex-wrap items-end gap-x-8 gap-y-3 border-b-2 border-ink pb-4">
          <div className="grow">
            <h1 className="flex items-center gap-3 text-27">
              <ChartColumn aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
              {t('rates.title')}
            </h1>
            <p className="mt-2 max-w-[66ch] text-ink-2">{t('rates.text')}</p>
          </div>
          <ToggleGroup<Period>
            label={t('rates.period')}
            value={period}
            onChange={setPeriod}
            choices={PERIODS.map((value) => ({ value, label: t(`rates.periods.${value}`) }))}
          />
          <Button asChild>
            <a href={overturnRatesFile(from)} download>
              <Download aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('rates.csv')}
            </a>
          </Button>
        </header>
        {query.isPending ? <SkeletonRows rows={5} /> : null}
        {query.isError && !query.data ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data ? <Figures rates={query.data} /> : null}
      </div>
    </AdminFrame>
  );
}

function Figures({ rates }: { rates: appealDesk.OverturnRates }): ReactNode {
  const { t, i18n } = useTranslation(['appealDesk', 'standing']);
  const ruleWords = useRuleWords();
  const { number, percent } = useFormat();
  const { all } = rates;
  const categoryOf = (key: string) =>
    i18n.exists(`standing:category.${key}`) ? t(`standing:category.${key as 'other'}`) : key;
  if (all.decisions === 0 && all.heard === 0) {
    return <EmptyState icon={ChartColumn} title={t('rates.none')} text={t('rates.noneText')} />;
  }
  return (
    <>
      <p className="mt-6 max-w-[66ch] text-18">
        {all.rate === null || all.low === null || all.high === null
          ? t('rates.nobodyAppealed', { decisions: number(all.decisions) })
          : t('rates.sentence', {
              count: all.heard,
              heard: number(all.heard),
              overturned: number(all.overturned),
              decisions: number(all.decisions),
              rate: percent(all.rate),
              low: percent(all.low),
              high: percent(all.high),
            })}
      </p>
      <RateTable
        title={t('rates.byKind')}
        head={t('rates.kind')}
        rates={rates.byKind}
        nameOf={({ key }) => t(`rates.kinds.${key as 'person'}`)}
      />
      <RateTable
        title={t('rates.byCategory')}
        head={t('rates.category')}
        rates={rates.byCategory}
        nameOf={({ key }) => categoryOf(key)}
      />
      <RateTable
        title={t('rates.byModerator')}
        head={t('rates.moderator')}
        rates={rates.byModerator}
        nameOf={({ person }) => person?.displayName ?? t('by.gone')}
      />
      <RateTable
        title={t('rates.byRule')}
        head={t('rates.rule')}
        rates={rates.byRule}
        nameOf={({ key }) => (key === 'three_strikes' ? t('rates.threeStrikes') : ruleWords(key))}
      />
    </>
  );
}

function RateTable({
  title,
  head,
  rates,
  nameOf,
}: {
  title: string;
  head: string;
  rates: readonly Rate[];
  nameOf: (rate: Rate) => string;
}): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { number, percent } = useFormat();
  const id = useId();
  if (rates.length === 0) return null;
  return (
    <section className="mt-10" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
      </div>
      <div className="overflow-x-auto">
        <table className="w-full text-left text-14">
          <thead className="text-ink-3">
            <tr>
              <th scope="col" className="py-2 pr-4 font-normal">
                {head}
              </th>
              <th scope="col" className="py-2 pr-4 font-normal max-sm:hidden">
                {t('rates.share')}
              </th>
              <th scope="col" className="py-2 pr-4 text-right font-normal">
                {t('rates.rate')}
              </th>
              <th scope="col" className="py-2 text-right font-normal sm:pr-4">
                {t('rates.overturned')}
              </th>
              <th scope="col" className="py-2 text-right font-normal max-sm:hidden">
                {t('rates.decisions')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rates.map((rate) => (
              <tr key={rate.key} className="border-t border-line">
                <th scope="row" className="py-2 pr-4 font-[560]">
                  <bdi>{nameOf(rate)}</bdi>
                </th>
                <td className="w-1/3 min-w-40 py-2 pr-4 max-sm:hidden">
                  <IntervalBar rate={rate} />
                </td>
                <td className="num py-2 pr-4 text-right">
                  {rate.rate === null || rate.low === null || rate.high === null ? (
                    <span className="text-ink-3">{t('rates.noAppeal')}</span>
                  ) : (
                    <>
                      {percent(rate.rate)}
                      <span className="block text-13 whitespace-nowrap text-ink-3">
                        {t('rates.between', { low: percent(rate.low), high: percent(rate.high) })}
                      </span>
                    </>
                  )}
                </td>
                <td className="num py-2 text-right sm:pr-4">
                  {t('rates.of', { overturned: number(rate.overturned), heard: number(rate.heard) })}
                  <span className="block text-13 text-ink-3 sm:hidden">
                    {t('rates.made', { decisions: number(rate.decisions) })}
                  </span>
                </td>
                <td className="num py-2 text-right max-sm:hidden">{number(rate.decisions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The share as a mark, how sure it is as a line around it; the numbers stand beside it. */
function IntervalBar({ rate: { high, low, rate } }: { rate: Rate }): ReactNode {
  if (rate === null || low === null || high === null)
    return <span aria-hidden="true" className="block h-2 bg-surface-2" />;
  return (
    <span aria-hidden="true" className="relative block h-3">
      <span className="absolute inset-x-0 top-1 h-1 bg-surface-2" />
      <span
        className="absolute top-1 h-1 bg-(--data-rest)"
        style={{ left: `${low * 100}%`, width: `${Math.max(0.5, (high - low) * 100)}%` }}
      />
      <span className="absolute top-0 h-3 w-1 -translate-x-1/2 bg-(--data-1)" style={{ left: `${rate * 100}%` }} />
    </span>
  );
}
