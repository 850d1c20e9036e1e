import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import clsx from 'clsx';
import { ArrowLeft, Inbox, type LucideIcon, MessageCircle, Radio, Search, Shield } from 'lucide-react';
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../api/desk.ts';
import { useMe } from '../api/me.ts';
import { useUnreadMessages } from '../api/messages.ts';
import { useUnreadCount } from '../api/notifications.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useKey } from '../ui/keys.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { AccountMenu } from './account-menu.tsx';

const NAV = [
  { to: '/', word: 'nav.live' },
  { to: '/following', word: 'nav.following' },
  { to: '/videos', word: 'nav.videos' },
] as const;

const navLink = {
  activeProps: { 'aria-current': 'page', className: 'border-b-ink! text-ink!' },
  className:
    'flex items-center border-y-2 border-transparent font-[540] whitespace-nowrap text-ink-2 no-underline hover:text-ink',
} as const;

function NavLinks(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <nav aria-label={t('nav.label')} className="hidden gap-6 self-stretch sm:flex">
      {NAV.map(({ to, word }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} {...navLink}>
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}

/** The whole way about for whoever is under a penalty. */
function BannedHeader({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['appeals', 'shell']);
  // It also keeps the socket, by which this page hears when the account is open again.
  const unread = useUnreadCount();
  return (
    <>
      <span className="hidden items-center sm:flex">
        <Wordmark />
      </span>
      <nav aria-label={t('banned.nav')} className="flex gap-4 self-stretch overflow-x-auto sm:gap-6">
        <Link to="/settings/account/appeals" {...navLink}>
          {t('banned.appeals')}
        </Link>
        <Link to="/inbox" aria-label={unread > 0 ? t('shell:inboxUnread', { count: unread }) : undefined} {...navLink}>
          {t('banned.inbox')}
          {unread > 0 ? <span className="count ml-1.5">{unread > 99 ? '99+' : unread}</span> : null}
        </Link>
        <Link to="/settings/$section" params={{ section: 'data' }} {...navLink}>
          {t('banned.data')}
        </Link>
      </nav>
      <div className="ml-auto">
        <AccountMenu me={me} />
      </div>
    </>
  );
}

function SearchForm({ onDone, wide }: { onDone?: () => void; wide?: boolean }): ReactNode {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const asked = useRouterState({
    select: (state) => (state.location.pathname === '/' ? ((state.location.search as { q?: string }).q ?? '') : ''),
  });
  const [text, setText] = useState(asked);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(asked), [asked]);
  useKey(
    '/',
    useCallback(() => input.current?.focus(), []),
    !wide,
  );

  function search(event: FormEvent): void {
    event.preventDefault();
    const q = text.trim();
    void navigate({ to: '/', search: q ? { q } : {} });
    onDone?.();
  }

  return (
    <search className={wide ? 'grow' : 'hidden md:block'}>
      <form
        onSubmit={search}
        className={clsx(
          'flex h-10 items-center gap-2 rounded-2 border border-line-strong bg-surface-1 px-3 text-ink-3',
          'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus',
          !wide && 'w-68',
        )}
      >
        <Search aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
        <input
          ref={input}
          type="search"
          name="q"
          value={text}
          maxLength={100}
          // biome-ignore lint/a11y/noAutofocus: it opened because the person asked for it
          autoFocus={wide}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.currentTarget.blur();
            onDone?.();
          }}
          className="w-full min-w-0 bg-transparent text-ink outline-none! [&::-webkit-search-cancel-button]:hidden"
        />
        {wide ? null : <KeyHint>/</KeyHint>}
      </form>
    </search>
  );
}

interface CountedLinkProps {
  readonly to: '/inbox' | '/messages' | '/moderation/queue';
  readonly icon: LucideIcon;
  readonly title: string;
  readonly label: string;
  readonly count: number;
}

/** An icon with how many wait behind it; `label` says the number to those who do not see it. */
function CountedLink(props: CountedLinkProps): ReactNode {
  const { count, icon: Icon, label, title, to } = props;
  return (
    <Link to={to} className="btn btn-quiet btn-square relative" aria-label={label} title={title}>
      <Icon aria-hidden="true" size={20} strokeWidth={1.75} />
      {count > 0 ? (
        <span aria-hidden="true" className="count absolute -top-0.5 -right-1">
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  );
}

function InboxLink(): ReactNode {
  const { t } = useTranslation('shell');
  const count = useUnreadCount();
  const label = count > 0 ? t('inboxUnread', { count }) : t('inbox');
  return <CountedLink to="/inbox" icon={Inbox} title={t('inbox')} label={label} count={count} />;
}

/** For whoever moderates a channel beside their own, or belongs to the staff; and for owners while something waits. */
function QueueLink(): ReactNode {
  const { t } = useTranslation('shell');
  const { data } = useDesk();
  if (data === undefined || (!data.isModerator && data.pending === 0)) return null;
  const count = data.pending;
  const label = count > 0 ? t('queueWaiting', { count }) : t('queue');
  return <CountedLink to="/moderation/queue" icon={Shield} title={t('queue')} label={label} count={count} />;
}

function MessagesLink(): ReactNode {
  const { t } = useTranslation('letters');
  const count = useUnreadMessages();
  const label = count > 0 ? t('messages.unread', { count }) : t('messages.title');
  return <CountedLink to="/messages" icon={MessageCircle} title={t('messages.title')} label={label} count={count} />;
}

/** Wordmark, where one can go, search, go live, inbox, account. */
export function Header(): ReactNode {
  const { t } = useTranslation(['shell', 'common']);
  const me = useMe();
  const [searching, setSearching] = useState(false);
  const here = useRouterState({ select: (state) => state.location.href });

  return (
    <header className="sticky top-0 z-(--z-bar) flex h-14 items-center gap-3 border-b border-line bg-bg px-4 sm:h-16 sm:gap-5 sm:px-6 md:gap-6 md:px-10">
      {me?.isBanned ? (
        <BannedHeader me={me} />
      ) : searching ? (
        <>
          <IconButton label={t('keys.back')} onClick={() => setSearching(false)} className="-ml-2">
            <ArrowLeft aria-hidden="true" size={20} strokeWidth={1.75} />
          </IconButton>
          <SearchForm wide onDone={() => setSearching(false)} />
        </>
      ) : (
        <>
          <Link to="/" aria-label={t('nav.home')} className="flex items-center no-underline">
            <Wordmark />
          </Link>
          <NavLinks />
          <div className="ml-auto flex items-center gap-1 sm:gap-3">
            <SearchForm />
            <IconButton label={t('search.open')} onClick={() => setSearching(true)} className="md:hidden">
              <Search aria-hidden="true" size={20} strokeWidth={1.75} />
            </IconButton>
            {me ? (
              <>
                <Button asChild className="ml-2 hidden sm:inline-flex">
                  <Link to="/studio">
                    <Radio aria-hidden="true" size={18} strokeWidth={1.75} />
                    {t('goLive')}
                  </Link>
                </Button>
                <QueueLink />
                <MessagesLink />
                <InboxLink />
              </>
            ) : null}
            {me === null ? (
              <Button asChild className="sm:ml-2">
                <Link to="/sign-in" search={here === '/' || here.startsWith('/sign-') ? {} : { to: here }}>
                  {t('common:signIn')}
                </Link>
              </Button>
            ) : null}
            <AccountMenu me={me} />
          </div>
        </>
      )}
    </header>
  );
}
