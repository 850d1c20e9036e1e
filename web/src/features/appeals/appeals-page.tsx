/** The Appeals Center: what was decided about oneself, as letters; what one can say to it; how it goes on. */
import '../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { appeals as contract, PenaltyItem } from '@virgil/contract';
import { ChevronRight, Lock, Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppealChanges, useOwnAppeals, useOwnPenalties } from '../../api/appeals.ts';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { FORM_ID } from './appeal-form.tsx';
import { AppealRoad } from './appeal-road.tsx';
import { DecisionArticle } from './decision-article.tsx';
import { bySeverity } from './decision-heading.ts';
import { ActiveDecisions, EarlierDecisions } from './decision-list.tsx';

export function AppealsPage(): ReactNode {
  const { t } = useTranslation(['appeals', 'settings', 'common']);
  const me = useMe();
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[70rem]">
      {me?.isBanned ? null : <Path />}
      <h1 className="mb-5 text-21">{t('title')}</h1>
      {me === undefined ? <SkeletonRows /> : null}
      {me === null ? (
        <EmptyState icon={Lock} title={t('settings:guest')} text={t('text')}>
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: '/settings/account/appeals' }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
      {me ? <Decisions /> : null}
    </div>
  );
}

function Path(): ReactNode {
  const { t } = useTranslation(['appeals', 'settings']);
  return (
    <nav aria-label={t('path')} className="mb-3 flex flex-wrap items-center gap-2 text-14">
      <Link to="/settings/$section" params={{ section: 'profile' }}>
        {t('settings:title')}
      </Link>
      <ChevronRight aria-hidden="true" size={14} strokeWidth={1.75} className="text-ink-3" />
      <Link to="/settings/$section" params={{ section: 'account' }}>
        {t('settings:account.title')}
      </Link>
      <ChevronRight aria-hidden="true" size={14} strokeWidth={1.75} className="text-ink-3" />
      <span aria-current="page">{t('title')}</span>
    </nav>
  );
}

function Decisions(): ReactNode {
  const { t } = useTranslation('appeals');
  const penalties = useOwnPenalties();
  const appeals = useOwnAppeals();
  const [chosen, setChosen] = useState<string | null>(null);
  useAppealChanges();
  if (penalties.isPending || appeals.isPending) return <SkeletonRows />;
  if (penalties.isError) return <ErrorState error={penalties.error} onRetry={() => void penalties.refetch()} />;
  if (appeals.isError) return <ErrorState error={appeals.error} onRetry={() => void appeals.refetch()} />;
  const active = [...penalties.data.active].sort(bySeverity);
  const { historical } = penalties.data;
  const appealOf = ({ appealId }: PenaltyItem): contract.Appeal | undefined =>
    appeals.data.items.find(({ id }) => id === appealId);
  // Who comes to hear how their appeal ended finds it, also when nothing stands any more.
  const answered = historical.find((item) => appealOf(item)?.reviewedAt != null);
  const item = [...active, ...historical].find(({ id }) => id === chosen) ?? active[0] ?? answered;

  function choose(id: string): void {
    setChosen(id);
    requestAnimationFrame(() => document.getElementById('decision')?.scrollIntoView({ block: 'center' }));
  }
  function startAppeal(id: string): void {
    setChosen(id);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${FORM_ID} textarea`)?.focus());
  }

  return (
    <div className="grid gap-12 lg:grid-cols-[minmax(0,44rem)_17.5rem] lg:gap-16">
      <div className="min-w-0">
        {active.length > 0 && (active.length > 1 || item !== active[0]) ? (
          <ActiveDecisions
            items={active}
            chosen={item?.id ?? null}
            appealOf={appealOf}
            onChoose={choose}
            onAppeal={startAppeal}
          />
        ) : null}
        {item === undefined ? (
          <EmptyState icon={Scale} title={t('none')} text={t('noneText')} className="py-2" />
        ) : (
          <>
            {active.length === 0 ? <p className="mb-5 max-w-[60ch] text-ink-2">{t('noneText')}</p> : null}
            <DecisionArticle item={item} appeal={appealOf(item)} onAppeal={() => startAppeal(item.id)} />
          </>
        )}
      </div>
      <aside className="grid content-start gap-10">
        {item === undefined ? null : (
          <AppealRoad item={item} appeal={appealOf(item)} typicalSeconds={appeals.data.typicalSeconds} />
        )}
        {historical.length > 0 ? <EarlierDecisions items={historical} appealOf={appealOf} onChoose={choose} /> : null}
      </aside>
    </div>
  );
}
