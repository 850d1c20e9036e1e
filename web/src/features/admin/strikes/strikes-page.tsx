/** People with strikes in force, and the appeals that come against them. */
import '../../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { AdminStrike, strikes as contract } from '@virgil/contract';
import { Scale, SearchX, ShieldAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../../api/queries.ts';
import { type StrikeFilter, useStrikes } from '../../../api/standing.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { StrikePips } from '../../../ui/strike-pips.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { DecideStrikeDialog } from './decide-strike-dialog.tsx';

type Step = NonNullable<StrikeFilter['step']> | 'all';

export function StrikesPage(): ReactNode {
  const { t } = useTranslation('standing');
  return (
    <AdminFrame title={t('strikes.title')}>
      <div className="page">
        <h1 className="flex items-center gap-3 text-27">
          <ShieldAlert aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('strikes.title')}
        </h1>
        <p className="mt-1 mb-6 text-ink-2">{t('strikes.text')}</p>
        <Groups />
      </div>
    </AdminFrame>
  );
}

function Groups(): ReactNode {
  const { t } = useTranslation('standing');
  const { number } = useFormat();
  const { text, setText, q } = useSearchWord();
  const [step, setStep] = useState<Step>('all');
  const [asked, setAsked] = useState<AdminStrike | null>(null);
  const query = useStrikes({ q, step: step === 'all' ? undefined : step });
  const groups = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  const choice = (value: Step, count: number | undefined) => ({
    value,
    label: (
      <>
        {t(`strikes.${value}`)}
        {count === undefined ? null : <span className="num font-normal text-ink-3">{number(count)}</span>}
      </>
    ),
  });
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <SearchField label={t('strikes.search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-80" />
        <ToggleGroup<Step>
          label={t('strikes.filter')}
          value={step}
          onChange={setStep}
          className="overflow-x-auto"
          choices={[
            choice('all', counts?.people),
            choice('warned', counts?.warned),
            choice('escalated', counts?.escalated),
            choice('banned', counts?.banned),
          ]}
        />
        {counts ? (
          <p className="num text-14 text-ink-3 md:ml-auto">
            {t('strikes.counts', { people: number(counts.people), strikes: number(counts.strikes) })}
          </p>
        ) : null}
      </div>
      <ListStates
        query={query}
        count={groups.length}
        empty={
          q || step !== 'all' ? (
            <EmptyState icon={SearchX} title={t('strikes.noMatch')} text={t('strikes.noMatchText')} />
          ) : (
            <EmptyState icon={ShieldAlert} title={t('strikes.empty')} text={t('strikes.emptyText')} />
          )
        }
      >
        <ul className="border-t border-line">
          {groups.map((group) => (
            <Group key={group.user.id} group={group} onDecide={setAsked} />
          ))}
        </ul>
      </ListStates>
      <DecideStrikeDialog strike={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function Group({
  group,
  onDecide,
}: {
  group: contract.StrikeGroup;
  onDecide: (strike: AdminStrike) => void;
}): ReactNode {
  const { t } = useTranslation('standing');
  const { active, step, strikes, user } = group;
  return (
    <li className="border-b border-line py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Avatar person={user} size="s" />
        <Link
          to="/admin/users/$userId"
          params={{ userId: user.id }}
          className="text-16 font-[620] no-underline hover:underline"
          dir="auto"
        >
          {user.displayName}
        </Link>
        <StrikePips active={active} />
        <span className={step === 'warned' ? 'text-ink-2' : 'font-[600] text-bad'}>{t(`strikes.step.${step}`)}</span>
      </div>
      <ol className="mt-2">
        {strikes.map((strike) => (
          <StrikeLine key={strike.id} strike={strike} onDecide={onDecide} />
        ))}
      </ol>
    </li>
  );
}

function StrikeLine({ strike, onDecide }: { strike: AdminStrike; onDecide: (strike: AdminStrike) => void }): ReactNode {
  const { t } = useTranslation('standing');
  const { date, dateTime } = useFormat();
  const { appeal, issuedBy } = strike;
  return (
    <li className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[8rem_minmax(0,1fr)_auto] sm:items-start">
      <time dateTime={strike.issuedAt} className="mono text-13 text-ink-3 sm:text-right">
        {dateTime(strike.issuedAt)}
      </time>
      <div className="min-w-0">
        <p className="voice max-w-[66ch] text-18 [overflow-wrap:anywhere]" dir="auto">
          {strike.reason}
        </p>
        <p className="text-ink-2">
          {t('strikes.from', { source: t(`source.${strike.source.kind}`), date: date(strike.expiresAt) })},{' '}
          {t('strikes.by', { name: issuedBy?.displayName ?? t('by.gone') })}
        </p>
        {appeal === null ? null : (
          <p className="flex items-center gap-1.5 text-ink-2">
            <Scale aria-hidden="true" size={14} strokeWidth={1.75} />
            {t(`strikes.appeal.${appeal.status}`)}
          </p>
        )}
      </div>
      {appeal === null || appeal.status === 'pending' ? (
        <Button look="quiet" className="justify-self-start" onClick={() => onDecide(strike)}>
          {t('strikes.decide')}
        </Button>
      ) : null}
    </li>
  );
}
