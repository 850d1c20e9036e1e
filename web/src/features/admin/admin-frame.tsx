/** What every admin page stands in: the way to the others, and the refusal for whoever is no admin. */
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

/** In the order of a day's work: what waits for a decision first, what is only read last. */
const ADMIN_PAGES = [
  { to: '/admin/escalations', word: 'pages.escalations' },
  { to: '/admin/reports', word: 'pages.reports' },
  { to: '/admin/dmca', word: 'pages.dmca' },
  { to: '/admin/strikes', word: 'pages.strikes' },
  { to: '/admin/penalties', word: 'pages.penalties' },
  { to: '/admin/appeals', word: 'pages.appeals' },
  { to: '/admin/users', word: 'pages.users' },
  { to: '/admin/finance', word: 'pages.finance' },
  { to: '/admin/policies', word: 'pages.policies' },
  { to: '/admin/classification', word: 'pages.classification' },
  { to: '/admin/audit', word: 'pages.audit' },
  { to: '/admin/transparency', word: 'pages.transparency' },
  { to: '/admin/data', word: 'pages.data' },
] as const satisfies readonly {
  readonly to: LinkProps['to'];
  readonly word: string;
}[];

function AdminNav(): ReactNode {
  const { t } = useTranslation('admin');
  return (
    <nav
      aria-label={t('pages.label')}
      className="flex gap-5 overflow-x-auto border-b border-line px-4 sm:px-6 md:px-10"
    >
      {ADMIN_PAGES.map(({ to, word }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ includeSearch: false }}
          activeProps={{ 'aria-current': 'page', className: 'border-b-ink! text-ink!' }}
          className="flex min-h-11 flex-none items-center border-y-2 border-transparent font-[560] text-14 text-ink-2 no-underline hover:text-ink"
        >
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}

function Refusal({ name }: { name: string | null }): ReactNode {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <div className="page">
      <ErrorState error={new ApiProblem('not_allowed', { status: 403 })}>
        <p className="w-full text-14 text-ink-3">{name === null ? t('onlyAdmins') : t('signedInAs', { name })}</p>
        <Button asChild>
          <Link to="/">{t('common:backHome')}</Link>
        </Button>
      </ErrorState>
    </div>
  );
}

/** `children` are drawn for admins alone; `title` is the page's in the browser's tab. */
export function AdminFrame({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const me = useMe();
  usePageTitle(title);
  if (me === undefined) return <SkeletonRows />;
  if (me?.role !== 'admin') return <Refusal name={me?.displayName ?? null} />;
  return (
    <div data-density="compact">
      <AdminNav />
      {children}
    </div>
  );
}
