import { Link } from '@tanstack/react-router';
import type { messages } from '@virgil/contract';
import clsx from 'clsx';
import { MessageCircle, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConversations } from '../../api/messages.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../ui/states.tsx';
import { useSearchWord } from '../../ui/use-search-word.ts';

/** The latest first, each with its newest message and how many are unread. */
export function ConversationList({ openId }: { openId: string | null }): ReactNode {
  const { t } = useTranslation('letters');
  const { text, setText, q } = useSearchWord();
  const query = useConversations(q);
  const items = itemsOf(query.data);
  return (
    <nav aria-label={t('messages.list')} className="min-w-0">
      <SearchField label={t('messages.search')} value={text} onChange={setText} />
      <ListStates
        query={query}
        count={items.length}
        empty={
          <EmptyState
            icon={q ? SearchX : MessageCircle}
            title={q ? t('messages.noMatch', { q }) : t('messages.none')}
            text={q ? undefined : t('messages.noneText')}
            className="py-6"
          />
        }
      >
        <ul className="rows mt-3">
          {items.map((conversation) => (
            <li key={conversation.person.id}>
              <Row conversation={conversation} isOpen={conversation.person.id === openId} />
            </li>
          ))}
        </ul>
      </ListStates>
    </nav>
  );
}

function Row({ conversation, isOpen }: { conversation: messages.Conversation; isOpen: boolean }): ReactNode {
  const { t } = useTranslation('letters');
  const { moment } = useFormat();
  const { at, last, person, towards, unread } = conversation;
  const mark = towards.blocked ? t('messages.blocked') : towards.muted ? t('messages.muted') : null;
  const counts = unread > 0 && mark === null;
  return (
    <Link
      to="/messages/$userId"
      params={{ userId: person.id }}
      aria-current={isOpen ? 'page' : undefined}
      className={clsx(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-l-[3px] py-3 pr-2 pl-3 text-ink no-underline hover:bg-surface-2',
        isOpen ? 'border-l-focus bg-surface-3' : counts ? 'border-l-tone' : 'border-l-transparent',
      )}
    >
      <Avatar person={person} size="s" />
      <div className="min-w-0">
        <p className={clsx('truncate', counts ? 'font-[640]' : 'font-[560]')} dir="auto">
          {person.displayName}
          {mark ? <span className="ml-2 text-13 font-normal text-ink-3">{mark}</span> : null}
        </p>
        <p className="truncate text-14 text-ink-2">
          {last === null ? null : (
            <bdi dir="auto">{last.mine ? t('messages.you', { text: last.message }) : last.message}</bdi>
          )}
        </p>
      </div>
      <div className="grid justify-items-end gap-1">
        <time dateTime={at} className="mono text-13 text-ink-3">
          {moment(at)}
        </time>
        {counts ? <span className="count">{unread > 99 ? '99+' : unread}</span> : null}
      </div>
    </Link>
  );
}
