/** What admins see of the figures beyond the public report: the hand-over of statements of reasons to the EU. */
import { Link } from '@tanstack/react-router';
import type { OutputOf, transparency } from '@virgil/contract';
import { ChartColumn, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { statementsFile, useAdminTransparency } from '../../../api/transparency.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { AdminFrame } from '../admin-frame.tsx';

type State = OutputOf<typeof transparency.getAdminTransparency>['statementExport'];

function Export({ state }: { state: State }): ReactNode {
  const { t } = useTranslation('transparency');
  const { dateTime, number } = useFormat();
  return (
    <section className="mt-8 max-w-[56rem]">
      <div className="head items-center">
        <h2 className="grow">{t('admin.exportTitle')}</h2>
        <Button small asChild>
          <a href={statementsFile()} download>
            <Download aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('admin.csv')}
          </a>
        </Button>
      </div>
      <p className="mt-3 max-w-[66ch] text-ink-2">{t(state.enabled ? 'admin.on' : 'admin.off')}</p>
      <Facts
        className="mt-4"
        facts={[
          { name: t('admin.waiting'), value: number(state.waiting) },
          { name: t('admin.sent'), value: number(state.sent) },
          { name: t('admin.refused'), value: number(state.refused) },
          {
            name: t('admin.last'),
            value:
              state.lastTriedAt === null ? (
                t('admin.never')
              ) : (
                <time dateTime={state.lastTriedAt}>{dateTime(state.lastTriedAt)}</time>
              ),
          },
        ]}
      />
      <p className="mono mt-3 text-13 text-ink-3 [overflow-wrap:anywhere]">
        {t('admin.json', { path: '/api/admin/transparency/statements' })}
      </p>
      <Problems problems={state.problems} />
    </section>
  );
}

function Problems({ problems }: { problems: State['problems'] }): ReactNode {
  const { t } = useTranslation('transparency');
  const { dateTime } = useFormat();
  return (
    <section className="mt-8">
      <div className="head">
        <h3>{t('admin.problems')}</h3>
      </div>
      {problems.length === 0 ? <p className="py-3 text-ink-2">{t('admin.noProblems')}</p> : null}
      <ul>
        {problems.map(({ at, problem, puid }) => (
          <li key={puid} className="grid gap-x-4 border-b border-line py-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <time dateTime={at} className="mono pt-px text-13 text-ink-3">
              {dateTime(at)}
            </time>
            <div className="min-w-0">
              <Link to="/statements/$statementId" params={{ statementId: puid }}>
                {t('admin.statement')} <span className="mono text-13">{puid.slice(0, 8)}</span>
              </Link>
              <p className="mono text-13 text-ink-2 [overflow-wrap:anywhere]" lang="en">
                {problem}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures(): ReactNode {
  const query = useAdminTransparency();
  if (query.isPending) return <SkeletonRows rows={5} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Export state={query.data.statementExport} /> : null;
}

export function AdminTransparencyPage(): ReactNode {
  const { t } = useTranslation('transparency');
  return (
    <AdminFrame title={t('admin.title')}>
      <div className="page">
        <h1 className="flex items-center gap-3 text-27">
          <ChartColumn aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('admin.title')}
        </h1>
        <p className="mt-2 max-w-[66ch] text-ink-2">{t('admin.lead')}</p>
        <p className="mt-3">
          <Button asChild>
            <Link to="/transparency">{t('admin.open')}</Link>
          </Button>
        </p>
        <Figures />
      </div>
    </AdminFrame>
  );
}
