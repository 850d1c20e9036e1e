import { Link } from '@tanstack/react-router';
import type { EarningsBalance, ledger, OutputOf } from '@virgil/contract';
import { Coins, Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { earningsFile, useEarnings } from '../../api/earnings.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Block, EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { type Currency, columnsOf, currenciesOf, type Range } from './chart-data.ts';
import { EarningsChart } from './earnings-chart.tsx';
import { EntriesTable } from './entries-table.tsx';
import { MonthSources } from './month-sources.tsx';
import { PayoutPart } from './payout-part.tsx';
import { StreamEarnings } from './stream-earnings.tsx';
import '../../ui/voice.css';

type Earnings = OutputOf<typeof ledger.getEarnings>;

function Loading(): ReactNode {
  return (
    <Skeleton>
      <Block className="h-5 w-64" />
      <Block className="mt-3 h-14 w-80" />
      <Block className="mt-12 h-60 w-full" />
    </Skeleton>
  );
}

/** What waits or is held, in a sentence each. */
function Waiting({ balances }: { balances: readonly EarningsBalance[] }): ReactNode {
  const { t } = useTranslation('earnings');
  const { list, money } = useFormat();
  const of = (purpose: 'pending' | 'held') =>
    balances.map((balance) => balance[purpose]).filter(({ amount }) => amount > 0);
  const debts = balances.map(({ available }) => available).filter(({ amount }) => amount < 0);
  const [pending, held] = [of('pending'), of('held')];
  return (
    <div className="mt-2 grid max-w-[60ch] gap-1 text-ink-2">
      {pending.length > 0 ? <p>{t('waiting', { amounts: list(pending.map(money)) })}</p> : null}
      {held.length > 0 ? <p>{t('held', { amounts: list(held.map(money)) })}</p> : null}
      {debts.length > 0 ? <p>{t('debt', { amounts: list(debts.map(money)) })}</p> : null}
    </div>
  );
}

function Head({ name, earnings }: { name: string; earnings: Earnings }): ReactNode {
  const { t } = useTranslation('earnings');
  const { list, money } = useFormat();
  const available = earnings.balances.map((balance) => balance.available);
  const [first = { amount: 0, currency: 'USD' } as const, ...others] = available.toSorted(
    (one, other) => Number(other.amount !== 0) - Number(one.amount !== 0) || other.amount - one.amount,
  );
  const also = others.filter(({ amount }) => amount !== 0);
  return (
    <div className="grid items-end gap-x-8 gap-y-5 border-b-[length:var(--spine)] border-ink pb-6 md:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <h1 className="text-18 font-[560] tracking-normal text-ink-2">{t('head', { name })}</h1>
        <p className="num mt-1 text-48 font-[560] tracking-[-0.035em] md:text-[4rem] md:leading-[1.05]">
          {money(first)}
          {also.length > 0 ? (
            <small className="ml-3 text-21 font-normal tracking-normal text-ink-2 md:text-27">
              {t('and', { amounts: list(also.map(money)) })}
            </small>
          ) : null}
        </p>
        <Waiting balances={earnings.balances} />
      </div>
      <div className="flex flex-wrap items-start gap-3">
        <Button asChild className="grow">
          <a href={earningsFile()} download>
            <Download aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('statement')}
          </a>
        </Button>
      </div>
    </div>
  );
}

function Periods({ earnings }: { earnings: Earnings }): ReactNode {
  const { t } = useTranslation('earnings');
  const { days, months, today } = earnings;
  const [range, setRange] = useState<Range>('months');
  const known = currenciesOf(months);
  const [chosen, setChosen] = useState<Currency | null>(null);
  const currency = chosen ?? known[0] ?? 'USD';
  const columns = columnsOf(range === 'days' ? days : months, { currency, range, today });
  return (
    <div className="mt-8 grid gap-x-18 gap-y-10 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <section>
        <div className="head items-center">
          <h2>{t(`range.${range}`)}</h2>
          <span className="text-14 text-ink-2">{t('chart.note', { currency: t(`currency.${currency}`) })}</span>
          <div className="ml-auto flex flex-wrap gap-3 py-1">
            {known.length > 1 ? (
              <ToggleGroup
                label={t('chart.currency')}
                value={currency}
                onChange={setChosen}
                choices={known.map((each) => ({ value: each, label: each }))}
              />
            ) : null}
            <ToggleGroup<Range>
              label={t('chart.range')}
              value={range}
              onChange={setRange}
              choices={[
                { value: 'days', label: t('chart.byDay') },
                { value: 'months', label: t('chart.byMonth') },
              ]}
            />
          </div>
        </div>
        <EarningsChart columns={columns} currency={currency} range={range} />
      </section>
      <MonthSources months={months} month={today.slice(0, 7)} currency={currency} />
    </div>
  );
}

function Own({ name }: { name: string }): ReactNode {
  const { t } = useTranslation('earnings');
  const query = useEarnings();
  if (query.isPending) return <Loading />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} heading="h1" />;
  const earnings = query.data;
  if (earnings.balances.length === 0) {
    return (
      <EmptyState icon={Coins} title={t('none.title')} text={t('none.text')} heading="h1">
        <Button asChild>
          <Link to="/studio">{t('none.act')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <Head name={name} earnings={earnings} />
      <PayoutPart balances={earnings.balances} />
      <Periods earnings={earnings} />
      <StreamEarnings />
      <EntriesTable />
    </>
  );
}

export function EarningsPage(): ReactNode {
  const { t } = useTranslation(['earnings', 'common']);
  const me = useMe();
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[82rem]">
      {me === undefined ? <Loading /> : null}
      {me === null ? (
        <EmptyState icon={Coins} title={t('signedOut')} text={t('signedOutText')} heading="h1">
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: '/earnings' }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
      {me ? <Own name={me.displayName} /> : null}
    </div>
  );
}
