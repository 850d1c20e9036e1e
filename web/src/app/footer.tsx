import { Link, type LinkProps, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const FOOTER_LINKS = [
  { to: '/policies', word: 'footer' },
  { to: '/dmca', word: 'footerNotice' },
  { to: '/transparency', word: 'footerFigures' },
] as const satisfies readonly { readonly to: LinkProps['to']; readonly word: string }[];

/** Pages that fill the window keep it: there the account menu leads to the rules. */
const FULL_HEIGHT = ['/watch/', '/studio', '/admin'];

export function Footer(): ReactNode {
  const { t } = useTranslation('policies');
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (FULL_HEIGHT.some((start) => path.startsWith(start))) return null;
  return (
    <footer className="border-t border-line px-4 py-4 text-14 sm:px-6 md:px-10">
      <nav aria-label={t('footerLabel')} className="flex flex-wrap gap-x-6 gap-y-2">
        {FOOTER_LINKS.map(({ to, word }) => (
          <Link key={to} to={to} className="text-ink-2 hover:text-ink">
            {t(word)}
          </Link>
        ))}
      </nav>
    </footer>
  );
}
