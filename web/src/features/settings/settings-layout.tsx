import { Link } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import clsx from 'clsx';
import {
  CalendarSync,
  FileArchive,
  Lock,
  Mail,
  Palette,
  Radio,
  Receipt,
  Scale,
  ShieldCheck,
  UserRound,
  UserRoundX,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';

const SECTIONS = [
  { name: 'profile', icon: UserRound },
  { name: 'account', icon: ShieldCheck },
  { name: 'channel', icon: Radio },
  { name: 'subscriptions', icon: CalendarSync },
  { name: 'payments', icon: Receipt },
  { name: 'mail', icon: Mail },
  { name: 'people', icon: UserRoundX },
  { name: 'data', icon: FileArchive },
  { name: 'appearance', icon: Palette },
] as const;

const item =
  'flex items-center gap-2.5 min-h-11 px-3 rounded-2 no-underline text-ink-2 font-[560] whitespace-nowrap hover:bg-surface-2 ' +
  'aria-[current=page]:bg-surface-3 aria-[current=page]:text-ink';

function SectionLinks({ here }: { here: string }): ReactNode {
  const { t } = useTranslation('settings');
  const nav = useRef<HTMLElement>(null);
  // On a phone the strip scrolls sideways; the open section must not lie outside of it.
  useEffect(() => {
    nav.current?.querySelector(`[data-section="${here}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here]);
  return (
    <nav
      ref={nav}
      aria-label={t('title')}
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 pb-3 sm:mx-0 sm:px-0 md:sticky md:top-24 md:grid md:content-start md:self-start md:border-b-0 md:pb-0"
    >
      {SECTIONS.map(({ name, icon: Icon }) => (
        <Link
          key={name}
          data-section={name}
          to="/settings/$section"
          params={{ section: name }}
          activeOptions={{ exact: true }}
          activeProps={{}}
          aria-current={here === name ? 'page' : undefined}
          className={item}
        >
          <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
          {t(`section.${name}`)}
        </Link>
      ))}
      <Link
        to="/settings/account/appeals"
        data-section="appeals"
        activeProps={{}}
        aria-current={here === 'appeals' ? 'page' : undefined}
        className={item}
      >
        <Scale aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
        {t('section.appeals')}
      </Link>
    </nav>
  );
}

/** Sections beside the one that is open. Whoever is not signed in is asked to. */
export function SettingsLayout({
  here,
  children,
}: {
  here: string;
  children: (me: accounts.Me) => ReactNode;
}): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const me = useMe();
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[76rem]">
      <h1 className="mb-6 text-27 sm:text-36">{t('title')}</h1>
      {me === undefined ? <SkeletonRows /> : null}
      {me === null ? (
        <EmptyState icon={Lock} title={t('guest')} text={t('guestText')}>
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: '/settings/profile' }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
      {me ? (
        <div className={clsx('grid gap-8', !me.isBanned && 'md:grid-cols-[15rem_minmax(0,1fr)] md:gap-14')}>
          {me.isBanned ? null : <SectionLinks here={here} />}
          <div className="grid min-w-0 max-w-[44rem] grid-cols-[minmax(0,1fr)] content-start gap-12">
            {children(me)}
          </div>
        </div>
      ) : null}
    </div>
  );
}
