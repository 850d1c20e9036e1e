/** The Appeals Center: what was decided about oneself, as letters; what one can say to it; how it goes on. */
import '../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { appeals as contract, PenaltyItem } from '@virgil/contract';
import { ChevronRight, Lock, Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwnAppeals, useOwnPenalties } from '../../api/appeals.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { AppealRoad } from './appeal-road.tsx';
import { DecisionArticle } from './decision-article.tsx';
import { bySeverity, headingOf } from './decision-heading.ts';

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
  if (penalties.isPending || appeals.isPending) return <SkeletonRows />;
  if (penalties.isError) return <ErrorState error={penalties.error} onRetry={() => void penalties.refetch()} />;
  if (appeals.isError) return <ErrorState error={appeals.error} onRetry={() => void appeals.refetch()} />;
  const active = [...penalties.data.active].sort(bySeverity);
  const { historical } = penalties.data;
  const item = [...active, ...historical].find(({ id }) => id === chosen) ?? active[0];
  const appealOf = ({ appealId }: PenaltyItem): contract.Appeal | undefined =>
    appeals.data.items.find(({ id }) => id === appealId);
  return (
    <div className="grid gap-12 lg:grid-cols-[minmax(0,44rem)_17.5rem] lg:gap-16">
      <div className="min-w-0">
        {active.length > 1 ? <DecisionList items={active} chosen={item?.id ?? null} onChoose={setChosen} /> : null}
        {item === undefined ? (
          <EmptyState icon={Scale} title={t('none')} text={t('noneText')} className="py-2" />
        ) : (
          <DecisionArticle item={item} appeal={appealOf(item)} />
        )}
      </div>
      <aside className="grid content-start gap-10">
        {item === undefined ? null : <AppealRoad item={item} appeal={appealOf(item)} />}
        {historical.length > 0 ? <Earlier items={historical} onChoose={setChosen} /> : null}
      </aside>
    </div>
  );
}

/** Several decisions stand at once: which one the page speaks of. */
function DecisionList({
  items,
  chosen,
  onChoose,
}: {
  items: readonly PenaltyItem[];
  chosen: string | null;
  onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('appeals');
  const { date, dateTime, moment } = useFormat();
  return (
    <section className="mb-8">
      <div className="head">
        <h2>{t('list')}</h2>
      </div>
      <ul>
        {items.map((item) => (
          <li key={item.id} className="border-b border-line">
            <button
              type="button"
              aria-pressed={item.id === chosen}
              onClick={() => onChoose(item.id)}
              className="grid min-h-11 w-full grid-cols-[4.5rem_minmax(0,1fr)] items-baseline sm:grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 border-l-[3px] border-transparent py-2 pl-3 text-left hover:bg-surface-2 aria-pressed:border-focus aria-pressed:bg-surface-3"
            >
              <time dateTime={item.issuedAt} className="mono text-14 text-ink-3">
                <span className="sm:hidden">{moment(item.issuedAt)}</span>
                <span className="hidden sm:inline">{dateTime(item.issuedAt)}</span>
              </time>
              <span className="min-w-0">
                {t(`heading.${headingOf(item)}`, {
                  date: item.expiresAt === undefined ? '' : date(item.expiresAt),
                })}
                <span className="block truncate text-14 text-ink-2" dir="auto">
                  {item.automatic ? t('letter.strikes') : item.reason}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Earlier({ items, onChoose }: { items: readonly PenaltyItem[]; onChoose: (id: string) => void }): ReactNode {
  const { t } = useTranslation('appeals');
  const { date } = useFormat();
  return (
    <section>
      <div className="head">
        <h2>{t('earlier')}</h2>
      </div>
      <ul>
        {items.map((item) => {
          const end = item.endedAt ?? item.expiresAt;
          const how = item.endedAt === undefined || item.endedAt === item.expiresAt ? 'ended' : 'lifted';
          return (
            <li key={item.id} className="border-b border-line py-2.5">
              <button
                type="button"
                className="text-left font-[620] underline decoration-line-strong underline-offset-4 hover:decoration-ink"
                onClick={() => onChoose(item.id)}
              >
                {t(`earlierKind.${item.kind}`)}
              </button>
              <p className="text-14 text-ink-2">{date(item.issuedAt)}</p>
              {end === undefined ? null : (
                <p className="text-14 text-ink-3">{t(`earlierEnd.${how}`, { date: date(end) })}</p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
