/** The transparency report, for everybody: charts with their tables, and lists of the running period. */
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type By, transparencyFile, useTransparency } from '../../api/transparency.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ColumnChart } from '../../ui/column-chart.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { type Counted, type Period, ranked } from './figures.ts';
import { usePeriodName } from './use-period-name.ts';

export function TransparencyPage(): ReactNode {
  const { t } = useTranslation('transparency');
  const [by, setBy] = useState<By>('month');
  const query = useTransparency(by);
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[82rem]">
      <header className="flex flex-wrap items-end gap-x-8 gap-y-4 border-b-2 border-ink pb-5">
        <div className="grow">
          <h1 className="text-27 sm:text-36">{t('title')}</h1>
          <p className="mt-2 max-w-[66ch] text-ink-2">{t('lead')}</p>
        </div>
        <ToggleGroup<By>
          label={t('by.label')}
          value={by}
          onChange={setBy}
          choices={[
            { value: 'month', label: t('by.month') },
            { value: 'half', label: t('by.half') },
          ]}
        />
        <Button asChild>
          <a href={transparencyFile(by)} download>
            <Download aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('csv')}
          </a>
        </Button>
      </header>
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError && !query.data ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Report periods={query.data.periods} /> : null}
    </div>
  );
}

function Report({ periods }: { periods: readonly Period[] }): ReactNode {
  const { t } = useTranslation('transparency');
  const now = periods[0];
  if (now === undefined) return null;
  return (
    <>
      <Chart
        what="reports"
        series={[
          { key: 'approved', label: t('reports.approved') },
          { key: 'rejected', label: t('reports.rejected') },
        ]}
        periods={periods}
        countOf={({ reports }, key) => (key === 'approved' ? reports.approved : reports.rejected)}
      >
        {t('reports.figures', {
          received: now.reports.received,
          voices: now.reports.voices,
          abusive: now.reports.abusive,
          muted: now.reports.mutedReporters,
        })}
      </Chart>
      <Chart
        what="restrictions"
        series={[
          { key: 'none', label: t('restrictions.none') },
          { key: 'partly', label: t('restrictions.partly') },
          { key: 'fully', label: t('restrictions.fully') },
        ]}
        periods={periods}
        countOf={({ restrictions }, key) => restrictions.automated[key]}
      >
        {t('restrictions.reversed', {
          all: now.restrictions.reversed,
          automated: now.restrictions.reversedAutomated,
        })}
      </Chart>
      <Breakdown period={now} />
      <Chart
        what="appeals"
        series={[
          { key: 'accepted', label: t('appeals.accepted') },
          { key: 'denied', label: t('appeals.denied') },
        ]}
        periods={periods}
        countOf={({ appeals }, key) => (key === 'accepted' ? appeals.accepted : appeals.denied)}
      />
      <Chart
        what="dmca"
        series={[
          { key: 'approved', label: t('dmca.approved') },
          { key: 'rejected', label: t('dmca.rejected') },
        ]}
        periods={periods}
        countOf={({ dmca }, key) => (key === 'approved' ? dmca.approved : dmca.rejected)}
      >
        {t('dmca.figures', {
          received: now.dmca.received,
          counter: now.dmca.counterNoticed,
          restored: now.dmca.restored,
        })}
      </Chart>
    </>
  );
}

type What = 'reports' | 'restrictions' | 'appeals' | 'dmca';

function Chart<Key extends string>({
  what,
  series,
  periods,
  countOf,
  children,
}: {
  what: What;
  series: readonly { readonly key: Key; readonly label: string }[];
  /** Newest first. */
  periods: readonly Period[];
  countOf: (period: Period, key: Key) => number;
  children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation('transparency');
  const nameOf = usePeriodName();
  const columns = periods.toReversed().map((period) => ({
    key: period.name,
    short: nameOf.short(period.name),
    long: period.isRunning ? t('soFar', { name: nameOf.long(period.name) }) : nameOf.long(period.name),
    values: Object.fromEntries(series.map(({ key }) => [key, countOf(period, key)])),
  }));
  const now = periods[0];
  const count = now === undefined ? 0 : series.reduce((sum, { key }) => sum + countOf(now, key), 0);
  return (
    <section className="mt-12">
      <div className="head mb-5">
        <h2>{t(`${what}.title`)}</h2>
        <p className="text-14 text-ink-2">{t(`${what}.text`)}</p>
      </div>
      <ColumnChart
        sentence={t('sentence', { what: t(`${what}.title`), name: nameOf.long(now?.name ?? ''), count })}
        periodLabel={t('period')}
        empty={t('nothing')}
        series={series}
        columns={columns}
      />
      {children ? <p className="mt-3 text-ink-2">{children}</p> : null}
    </section>
  );
}

function Breakdown({ period }: { period: Period }): ReactNode {
  const { t } = useTranslation(['transparency', 'reportsDesk']);
  const { number, duration } = useFormat();
  const { penalties, restrictions, strikes } = period;
  const minutes = (value: number | null): string => {
    if (value === null) return t('median.none');
    return value < 1 ? t('median.under') : duration(value * 60);
  };
  return (
    <div className="mt-12 grid gap-x-12 gap-y-10 md:grid-cols-2">
      <Ranking
        title={t('kinds.title')}
        empty={t('kinds.none')}
        rows={ranked(restrictions.byKind)}
        label={(key) => t(`reportsDesk:restriction.${key}`)}
      />
      <Ranking
        title={t('rules.title')}
        empty={t('rules.none')}
        rows={ranked(restrictions.byCategory)}
        label={(key) => t(`reportsDesk:category.${key}`)}
      />
      <Ranking
        title={t('sources.title')}
        empty={t('kinds.none')}
        rows={ranked(restrictions.bySource)}
        label={(key) => t(`sources.${key}`)}
      />
      <section>
        <div className="head">
          <h3>{t('accounts.title')}</h3>
        </div>
        <Facts
          className="border-t-0!"
          facts={[
            { name: t('accounts.strikes'), value: number(strikes.issued) },
            { name: t('accounts.lifted'), value: number(strikes.lifted) },
            { name: t('accounts.temporary'), value: number(penalties.temporary) },
            { name: t('accounts.permanent'), value: number(penalties.permanent) },
            { name: t('accounts.ended'), value: number(penalties.ended) },
          ]}
        />
      </section>
      <section className="md:col-span-2">
        <div className="head">
          <h3>{t('median.title')}</h3>
          <p className="text-14 text-ink-2">{t('median.text')}</p>
        </div>
        <Facts
          className="border-t-0!"
          facts={[
            { name: t('medianOf.reports'), value: minutes(period.reports.medianMinutes) },
            { name: t('medianOf.appeals'), value: minutes(period.appeals.medianMinutes) },
            { name: t('medianOf.dmca'), value: minutes(period.dmca.medianMinutes) },
          ]}
        />
      </section>
    </div>
  );
}

function Ranking<Key extends string>({
  title,
  empty,
  rows,
  label,
}: {
  title: string;
  empty: string;
  rows: readonly Counted<Key>[];
  label: (key: Key) => string;
}): ReactNode {
  const { number } = useFormat();
  const most = rows[0]?.count ?? 1;
  return (
    <section>
      <div className="head">
        <h3>{title}</h3>
      </div>
      {rows.length === 0 ? <p className="py-3 text-ink-2">{empty}</p> : null}
      <ul>
        {rows.map(({ count, key }) => (
          <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-2">
            <span>{label(key)}</span>
            <span className="num font-[620]">{number(count)}</span>
            <span
              aria-hidden="true"
              className="col-span-2 mt-1 h-1.5 bg-(--data-2)"
              style={{ width: `${(count / most) * 100}%` }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
