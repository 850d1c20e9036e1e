import { Link } from '@tanstack/react-router';
import { CheckCheck, Inbox, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { markAllRead, markRead, useNotifications } from '../../api/notifications.ts';
import { itemsOf } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { NoticeRow } from './notice-row.tsx';

type Show = 'all' | 'unread';

function Notices(): ReactNode {
  const { t } = useTranslation('inbox');
  const problemText = useProblemText();
  const [show, setShow] = useState<Show>('all');
  const { text, setText, q } = useSearchWord();
  const query = useNotifications({ unread: show === 'unread', q });
  const notices = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;

  function attempt(work: Promise<void>): void {
    work.catch((error: unknown) => showToast(problemText(error), { tone: 'bad' }));
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line pb-4">
        <ToggleGroup<Show>
          label={t('show')}
          value={show}
          onChange={setShow}
          choices={[
            { value: 'all', label: t('all') },
            {
              value: 'unread',
              label: (
                <>
                  {t('unread')} <span className="num font-normal text-ink-3">{counts?.unread ?? ''}</span>
                </>
              ),
            },
          ]}
        />
        <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-80" />
        {counts && counts.unread > 0 ? (
          <Button className="sm:ml-auto" onClick={() => attempt(markAllRead())}>
            <CheckCheck aria-hidden="true" size={18} strokeWidth={1.75} />
            {t('readAll')}
          </Button>
        ) : null}
      </div>
      <ListStates
        query={query}
        count={notices.length}
        empty={
          q ? (
            <EmptyState icon={SearchX} title={t('noMatch', { q })} />
          ) : (
            <EmptyState
              icon={Inbox}
              title={t(show === 'unread' ? 'noUnread' : 'none')}
              text={t(show === 'unread' ? 'noUnreadText' : 'noneText')}
            />
          )
        }
      >
        <ul className="rows" aria-label={t('title')}>
          {notices.map((notice) => (
            <li key={notice.id}>
              <NoticeRow notice={notice} onRead={() => attempt(markRead(notice.id))} />
            </li>
          ))}
        </ul>
      </ListStates>
    </>
  );
}

export function InboxPage(): ReactNode {
  const { t } = useTranslation(['inbox', 'common']);
  const me = useMe();
  usePageTitle(t('title'));
  return (
    <div className="page max-w-[64rem]">
      <h1 className="mb-6 text-27 sm:text-36">{t('title')}</h1>
      {me ? <Notices /> : null}
      {me === undefined ? <SkeletonRows /> : null}
      {me === null ? (
        <EmptyState icon={Inbox} title={t('guest')} text={t('guestText')}>
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: '/inbox' }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
    </div>
  );
}
