import { Link, useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { MessageCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';

/** The list beside the conversation; on a phone one of the two. */
export function MessagesPage(): ReactNode {
  const { t } = useTranslation(['letters', 'common']);
  const me = useMe();
  const { userId = null } = useParams({ strict: false }) as { userId?: string };
  usePageTitle(t('messages.title'));
  if (!me) {
    return (
      <div className="page max-w-[64rem]">
        <h1 className="mb-6 text-27 sm:text-36">{t('messages.title')}</h1>
        {me === undefined ? (
          <SkeletonRows />
        ) : (
          <EmptyState icon={MessageCircle} title={t('messages.guest')} text={t('messages.guestText')}>
            <Button look="main" asChild>
              <Link to="/sign-in" search={{ to: '/messages' }}>
                {t('common:signIn')}
              </Link>
            </Button>
          </EmptyState>
        )}
      </div>
    );
  }
  return (
    <div
      className={clsx(
        'page flex max-w-[80rem] flex-col pb-6!',
        // A conversation fills the window: what one writes stays at its foot.
        userId !== null && 'h-[calc(100dvh-3.5rem)] px-0! pt-4! sm:h-[calc(100dvh-4rem)] sm:px-6! md:px-10! md:pt-8!',
        userId === null && 'md:h-[calc(100dvh-4rem)]',
      )}
    >
      <h1 className={clsx('mb-5 flex-none text-27 sm:text-36', userId !== null && 'sr-only md:not-sr-only md:mb-5')}>
        {t('messages.title')}
      </h1>
      <div className="grid min-h-0 grow gap-10 md:grid-cols-[20rem_minmax(0,1fr)]">
        <div className={clsx('min-h-0 md:block md:overflow-y-auto md:pr-1', userId !== null && 'hidden')}>
          <ConversationList openId={userId} />
        </div>
        {userId === null ? (
          <EmptyState icon={MessageCircle} title={t('messages.pick')} className="hidden content-start pt-2! md:grid" />
        ) : (
          <div className="flex min-h-0 min-w-0 flex-col md:border-l md:border-line md:pl-10">
            <ConversationView key={userId} userId={userId} />
          </div>
        )}
      </div>
    </div>
  );
}
