/** Ctrl K: any page, channel or live stream by a few letters. A combobox with a list, by the ARIA pattern. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { channels, livestreams } from '@virgil/contract';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { queryOf } from '../api/queries.ts';
import { useDebounced } from '../ui/use-debounced.ts';

interface Goal {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly go: () => void;
}

function usePages(): Goal[] {
  const { t } = useTranslation(['shell', 'common', 'letters']);
  const me = useMe();
  const navigate = useNavigate();
  const page = (id: string, label: string, go: () => unknown): Goal => ({
    id,
    label,
    note: t('palette.pages'),
    go: () => void go(),
  });
  const everyone = [
    page('live', t('nav.live'), () => navigate({ to: '/' })),
    page('following', t('nav.following'), () => navigate({ to: '/following' })),
    page('videos', t('nav.videos'), () => navigate({ to: '/videos' })),
  ];
  if (!me) return [...everyone, page('sign-in', t('common:signIn'), () => navigate({ to: '/sign-in' }))];
  return [
    ...everyone,
    page('studio', t('studio'), () => navigate({ to: '/studio' })),
    page('messages', t('letters:messages.title'), () => navigate({ to: '/messages' })),
    page('inbox', t('inbox'), () => navigate({ to: '/inbox' })),
    page('queue', t('queue'), () => navigate({ to: '/moderation/queue' })),
    page('channel', t('account.channel'), () => navigate({ to: '/c/$channelId', params: { channelId: me.id } })),
    page('earnings', t('account.earnings'), () => navigate({ to: '/earnings' })),
    page('settings', t('account.settings'), () =>
      navigate({ to: '/settings/$section', params: { section: 'profile' } }),
    ),
    ...(me.role === 'admin' ? [page('users', t('account.users'), () => navigate({ to: '/admin/users' }))] : []),
  ];
}

function useGoals(text: string, open: boolean): Goal[] {
  const { t } = useTranslation(['shell', 'home']);
  const navigate = useNavigate();
  const pages = usePages();
  const q = useDebounced(text.trim());
  const live = useQuery({
    ...queryOf(livestreams.listActive, { query: { limit: 6, ...(q ? { q } : {}) } }),
    enabled: open,
  });
  const found = useQuery({
    ...queryOf(channels.listChannels, { query: { limit: 6, q } }),
    enabled: open && q !== '',
  });
  const needle = text.trim().toLocaleLowerCase();
  return [
    ...pages.filter((page) => page.label.toLocaleLowerCase().includes(needle)),
    ...(live.data?.items ?? []).map((stream) => ({
      id: `stream-${stream.id}`,
      label: stream.title,
      note: `${stream.creator.displayName}, ${t('palette.live')}`,
      go: () => void navigate({ to: '/watch/$streamId', params: { streamId: stream.id } }),
    })),
    ...(q === '' ? [] : (found.data?.items ?? [])).map((channel) => ({
      id: `channel-${channel.id}`,
      label: channel.displayName,
      note: t('home:channels'),
      go: () => void navigate({ to: '/c/$channelId', params: { channelId: channel.id } }),
    })),
  ];
}

export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }): ReactNode {
  const { t } = useTranslation('shell');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const went = useRef(false);
  const goals = useGoals(text, open);
  const chosen = goals[Math.min(at, goals.length - 1)];

  function close(): void {
    onOpenChange(false);
    setText('');
    setAt(0);
  }

  function follow(goal: Goal): void {
    went.current = true;
    close();
    goal.go();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && goals.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, goals.length - 1) + step + goals.length) % goals.length);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      follow(chosen);
    }
  }

  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className="overlay enter-fade" />
        <Radix.Content
          aria-describedby={undefined}
          // The new page has the focus, or is about to take it.
          onCloseAutoFocus={(event) => {
            if (went.current) event.preventDefault();
            went.current = false;
          }}
          className="float fixed top-[12dvh] left-1/2 z-(--z-dialog) w-[min(38rem,94vw)] -translate-x-1/2 overflow-hidden"
        >
          <Radix.Title className="sr-only">{t('palette.title')}</Radix.Title>
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}list`}
            aria-activedescendant={chosen ? `${id}${chosen.id}` : undefined}
            aria-label={t('palette.placeholder')}
            placeholder={t('palette.placeholder')}
            value={text}
            maxLength={100}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            className="h-14 w-full border-b border-line bg-transparent px-5 text-18 outline-none!"
          />
          <div
            id={`${id}list`}
            role="listbox"
            aria-label={t('palette.title')}
            className="max-h-[56dvh] overflow-y-auto p-1.5"
          >
            {goals.map((goal) => (
              <div
                key={goal.id}
                id={`${id}${goal.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={goal === chosen}
                className="menu-item justify-between"
                onPointerMove={() => setAt(goals.indexOf(goal))}
                onClick={() => {
                  follow(goal);
                }}
                onKeyDown={onKeyDown}
              >
                <span className="truncate" dir="auto">
                  {goal.label}
                </span>
                <span className="flex-none truncate text-14 text-ink-3">{goal.note}</span>
              </div>
            ))}
          </div>
          <p role="status" className={goals.length > 0 ? 'sr-only' : 'px-5 pb-5 text-ink-2'}>
            {goals.length > 0 ? t('palette.results', { count: goals.length }) : t('palette.none')}
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
