import { Navigate, Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { accounts, connections } from '@virgil/contract';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../api/instance.ts';
import { useMe } from '../api/me.ts';
import { refresh } from '../api/queries.ts';
import { useBroadcast } from '../api/socket.ts';
import { changeLanguage } from '../i18n/setup.ts';
import { OfflineBar } from '../ui/offline-bar.tsx';
import { Toaster } from '../ui/toast.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { OnDemand } from './on-demand.tsx';
import { isOpenToBanned } from './open-to-banned.ts';
import { useHeaderHeight } from './use-header-height.ts';

const EnrolPage = lazy(() => import('../features/settings/enrol-page.tsx').then((m) => ({ default: m.EnrolPage })));

/** After a navigation the focus goes to the content and the new title is read aloud. */
function useNavigationAnnouncement(): string {
  const router = useRouter();
  const [title, setTitle] = useState('');
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        document.getElementById('main')?.focus({ preventScroll: true });
        // The page sets its title in an effect of its own, a moment later.
        setTimeout(() => setTitle(document.title), 150);
      }),
    [router],
  );
  return title;
}

/** The server ended the connection because the session did, or a penalty began: everything is asked again. */
function useSessionEnd(): void {
  useBroadcast(
    connections.sessionEnded,
    useCallback(({ reason }) => {
      // A changed second factor renews the session too: the answer that brings the new cookie may still be on its way.
      if (reason !== 'rate_limited') setTimeout(() => void refresh(accounts.getMe), reason === 'banned' ? 0 : 1500);
    }, []),
  );
}

function useProfileLanguage(): void {
  const me = useMe();
  const followed = useRef<string | null>(null);
  useEffect(() => {
    if (!me || followed.current === `${me.id} ${me.language}`) return;
    followed.current = `${me.id} ${me.language}`;
    void changeLanguage(me.language);
  }, [me]);
}

function Notices(): ReactNode {
  const { t } = useTranslation('shell');
  const instance = useInstance();
  const { setupNeeded, demo } = instance ?? { setupNeeded: false, demo: false };
  return (
    <section aria-label={t('notices')} hidden={!setupNeeded && !demo}>
      {setupNeeded ? (
        <p className="border-b border-line bg-note-soft px-4 py-2 text-center text-14 text-note">{t('setup')}</p>
      ) : null}
      {demo ? (
        <p className="border-b border-line bg-surface-2 px-4 py-1 text-center text-13 text-ink-2">{t('demo')}</p>
      ) : null}
    </section>
  );
}

/** Whoever is kept out is told so on every page that is open to them; every other one leads to appeals. */
function BannedNotice(): ReactNode {
  const { t } = useTranslation('appeals');
  return (
    <p role="status" className="border-b border-line bg-bad-soft px-4 py-2 text-center text-14 text-bad">
      {t('banned.notice')}
    </p>
  );
}

function Page({ mustEnrol, isBanned }: { mustEnrol: boolean; isBanned: boolean }): ReactNode {
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (mustEnrol) return <EnrolPage />;
  if (isBanned && !isOpenToBanned(path)) return <Navigate to="/settings/account/appeals" replace />;
  return <Outlet />;
}

export function Shell(): ReactNode {
  const { t } = useTranslation('shell');
  const me = useMe();
  const announced = useNavigationAnnouncement();
  useProfileLanguage();
  useSessionEnd();
  const main = useRef<HTMLElement>(null);
  useHeaderHeight(main);
  const mustEnrol = me?.mustEnrolTwoFactor === true;
  const isBanned = me?.isBanned === true;

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only font-[560] focus:not-sr-only focus:absolute focus:rounded-3 focus:border focus:border-line focus:bg-surface-1 focus:shadow-float focus:top-2 focus:left-2 focus:z-(--z-toast) focus:px-4 focus:py-2"
      >
        {t('skip')}
      </a>
      <OfflineBar />
      <Header />
      <Notices />
      {isBanned ? <BannedNotice /> : null}
      <main ref={main} id="main" tabIndex={-1} className="flex grow flex-col">
        <Suspense fallback={null}>
          <Page mustEnrol={mustEnrol} isBanned={isBanned} />
        </Suspense>
      </main>
      <Footer />
      <div className="sr-only" aria-live="polite">
        {announced}
      </div>
      <OnDemand />
      <Toaster />
    </div>
  );
}
