import { Link } from '@tanstack/react-router';
import { CheckCheck, Inbox, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { markAllRead, markRead, markUnread, useNotifications } from '../../api/notifications.ts';
import { itemsOf } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates, SkeletonRows } from '../../ui/states.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ToggleGroup } from '../../ui/toggle-group.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSearchWord } from '../../ui/use-search-word.ts';
import { NoticeRow } from './notice-row.tsx';

const TOPICS = ['decisions', 'money', 'social'] as const;
type Topic = (typeof TOPICS)[number] | 'all';

function Notices(): ReactNode {
  const { t } = useTranslation('inbox');
  const problemText = useProblemText();
  const [topic, setTopic] = useState<Topic>('all');
  const [onlyNew, setOnlyNew] = useState(false);
  const { text, setText, q } = useSearchWord();
  const query = useNotifications({ unread: onlyNew, topic: topic === 'all' ? undefined : topic, q });
  const notices = itemsOf(query.data);
  const unread = query.data?.pages[0]?.counts.unread ?? 0;

  function attempt(work: Promise<void>): void {
    work.catch((error: unknown) => showToast(problemText(error), { tone: 'bad' }));
  }

  async function readAll(): Promise<void> {
    const { read, undo } = await markAllRead();
    showToast(t('readAllDone', { count: read }), { undo: () => attempt(undo()) });
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line pb-4">
        <ToggleGroup<Topic>
          label={t('topic.label')}
          value={topic}
          onChange={setTopic}
          choices={[
            { value: 'all', label: t('all') },
            ...TOPICS.map((each) => ({ value: each, label: t(`topic.${each}`) })),
          ]}
        />
        <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-80" />
        <div className="flex grow flex-wrap items-center justify-between gap-3">
          <TickBox checked={onlyNew} onChange={setOnlyNew} className="py-1.5">
            {t('unread')} {unread > 0 ? <span className="num text-ink-3">{unread}</span> : null}
          </TickBox>
          {unread > 0 ? (
            <Button small onClick={() => attempt(readAll())}>
              <CheckCheck aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('readAll')}
            </Button>
          ) : null}
        </div>
      </div>
      <ListStates query={query} count={notices.length} empty={<Empty q={q} onlyNew={onlyNew} topic={topic} />}>
        <ul className="rows" aria-label={t('title')}>
          {notices.map((notice) => (
            <li key={notice.id}>
              <NoticeRow
                notice={notice}
                onRead={() => attempt(markRead(notice.id))}
                onUnread={() => attempt(markUnread(notice.id))}
              />
            </li>
          ))}
        </ul>
      </ListStates>
    </>
  );
}

function Empty({ onlyNew, q, topic }: { onlyNew: boolean; q: string | undefined; topic: Topic }): ReactNode {
  const { t } = useTranslation('inbox');
  if (q) return <EmptyState icon={SearchX} title={t('noMatch', { q })} />;
  if (onlyNew) return <EmptyState icon={Inbox} title={t('noUnread')} text={t('noUnreadText')} />;
  if (topic !== 'all') return <EmptyState icon={Inbox} title={t('noneAbout')} text={t('noneAboutText')} />;
  return <EmptyState icon={Inbox} title={t('none')} text={t('noneText')} />;
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
