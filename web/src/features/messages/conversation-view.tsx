import { Link, useNavigate } from '@tanstack/react-router';
import type { messages } from '@virgil/contract';
import { ArrowLeft, Ellipsis, MessageCircle, Trash2 } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import {
  deleteConversation,
  deleteMessage,
  markConversationRead,
  sendMessage,
  useConversation,
} from '../../api/messages.ts';
import { itemsOf } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { LetterComposer } from '../../ui/letter-composer.tsx';
import { MenuItem } from '../../ui/menu.tsx';
import { PersonMenu } from '../../ui/person-menu.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { ReportDialog, type ReportDialogProps } from '../report/report-dialog.tsx';
import { mayStillWrite } from './may-still-write.ts';
import { MessageLine } from './message-line.tsx';

type Page = NonNullable<ReturnType<typeof useConversation>['data']>['pages'][number];

/** One conversation: the newest at the end, where one writes. */
export function ConversationView({ userId }: { userId: string }): ReactNode {
  const { t } = useTranslation('letters');
  const query = useConversation(userId);
  const page = query.data?.pages[0];
  usePageTitle(page?.person.displayName ?? t('messages.title'));
  if (query.isPending) return <SkeletonRows rows={5} />;
  if (page === undefined) {
    return (
      <ErrorState error={query.error} onRetry={() => void query.refetch()}>
        <Button asChild>
          <Link to="/messages">{t('messages.back')}</Link>
        </Button>
      </ErrorState>
    );
  }
  // Newest first, as the server gives them.
  const lines = itemsOf(query.data).toReversed();
  return (
    <section aria-label={t('messages.with', { name: page.person.displayName })} className="flex min-h-0 grow flex-col">
      <Head page={page} />
      <Lines
        page={page}
        lines={lines}
        earlier={query.hasNextPage ? { busy: query.isFetchingNextPage, load: () => query.fetchNextPage() } : null}
      />
      <div className="flex-none border-t border-line px-4 py-3 sm:px-0">
        <Foot page={page} lines={lines} isWhole={!query.hasNextPage} />
      </div>
    </section>
  );
}

function Head({ page: { person } }: { page: Page }): ReactNode {
  const { t } = useTranslation('letters');
  const problemText = useProblemText();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const [reported, setReported] = useState<ReportDialogProps['target']>(null);
  const name = person.displayName;
  return (
    <header className="flex flex-none items-center gap-3 border-b border-line px-4 pb-3 sm:px-0">
      <IconButton asChild label={t('messages.back')} className="-ml-2 md:hidden">
        <Link to="/messages">
          <ArrowLeft aria-hidden="true" size={20} strokeWidth={1.75} />
        </Link>
      </IconButton>
      <Avatar person={person} size="s" />
      <h2 className="min-w-0 grow truncate text-18" dir="auto">
        {name}
      </h2>
      <PersonMenu
        person={person}
        align="end"
        onReport={() => setReported({ subject: { type: 'user', id: person.id }, quote: name })}
        trigger={(opener) => (
          <IconButton label={t('messages.moreOf')} {...opener}>
            <Ellipsis aria-hidden="true" size={20} strokeWidth={1.75} />
          </IconButton>
        )}
      >
        <MenuItem icon={<Trash2 aria-hidden="true" size={18} strokeWidth={1.75} />} onSelect={() => setDeleting(true)}>
          {t('messages.deleteAll')}
        </MenuItem>
      </PersonMenu>
      <ReportDialog target={reported} onClose={() => setReported(null)} />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={t('messages.deleteAllTitle', { name })}
        description={t('messages.deleteAllText', { name })}
        act={t('messages.deleteAll')}
        dangerous
        problem={problemText}
        onConfirm={async () => {
          await deleteConversation(person.id);
          await navigate({ to: '/messages' });
          showToast(t('messages.deletedAll'));
        }}
      />
    </header>
  );
}

interface LinesProps {
  readonly page: Page;
  readonly lines: readonly messages.DirectMessage[];
  readonly earlier: { readonly busy: boolean; readonly load: () => unknown } | null;
}

function Lines({ page: { person, towards, unread }, lines, earlier }: LinesProps): ReactNode {
  const { t } = useTranslation('letters');
  const { date } = useFormat();
  const problemText = useProblemText();
  const scroller = useRef<HTMLDivElement>(null);
  const [reported, setReported] = useState<ReportDialogProps['target']>(null);
  const newest = lines.at(-1)?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what moves the page to the end
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [newest]);

  // Read is what somebody has before their eyes, not what a page in the background shows.
  useEffect(() => {
    if (unread === 0) return;
    const read = () => {
      if (document.visibilityState === 'visible') void markConversationRead(person.id).catch(() => undefined);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [unread, person.id]);

  function remove(message: messages.DirectMessage): void {
    deleteMessage(person.id, message.id).then(
      () => showToast(t('messages.deleted')),
      (error: unknown) => showToast(problemText(error), { tone: 'bad' }),
    );
  }

  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={t('messages.with', { name: person.displayName })}
      className="min-h-0 grow overflow-y-auto overscroll-contain pb-4"
    >
      {earlier ? (
        <div className="flex justify-center pt-3">
          <Button small look="quiet" busy={earlier.busy} onClick={() => void earlier.load()}>
            {t('messages.earlier')}
          </Button>
        </div>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState
          icon={MessageCircle}
          title={t('messages.empty')}
          text={towards.blocked ? undefined : t('messages.emptyText', { name: person.displayName })}
          className="px-4 sm:px-0"
        />
      ) : null}
      <ol>
        {lines.map((message, index) => {
          const before = lines[index - 1];
          const isNewDay = before === undefined || date(before.createdAt) !== date(message.createdAt);
          return (
            <Fragment key={message.id}>
              {isNewDay ? (
                <li className="mt-5 border-t border-line px-4 pt-2 text-13 text-ink-3 first:mt-0 first:border-t-0 sm:px-0">
                  {date(message.createdAt)}
                </li>
              ) : null}
              <MessageLine
                message={message}
                from={person.displayName}
                isFirstOfTurn={isNewDay || before?.mine !== message.mine}
                onReport={
                  message.mine
                    ? null
                    : () =>
                        setReported({
                          subject: { type: 'direct_message', id: message.id },
                          quote: `${person.displayName}: ${message.message}`,
                        })
                }
                onDelete={() => remove(message)}
              />
            </Fragment>
          );
        })}
      </ol>
      <ReportDialog target={reported} onClose={() => setReported(null)} />
    </div>
  );
}

interface FootProps {
  readonly page: Page;
  readonly lines: readonly messages.DirectMessage[];
  /** All messages are there, so that what is missing is known. */
  readonly isWhole: boolean;
}

function Foot({ page: { person, reachable, towards }, lines, isWhole }: FootProps): ReactNode {
  const { t } = useTranslation('letters');
  const me = useMe();
  const name = person.displayName;
  if (!reachable) return <p className="text-ink-2">{t('messages.gone')}</p>;
  if (towards.blocked) return <p className="text-ink-2">{t('messages.blockedNote', { name })}</p>;
  const isStaff = me != null && me.role !== 'user';
  if (isWhole && !isStaff && !mayStillWrite(lines))
    return <p className="text-ink-2">{t('messages.waiting', { name })}</p>;
  return (
    <>
      {towards.muted ? <p className="mb-2 text-14 text-ink-2">{t('messages.mutedNote', { name })}</p> : null}
      <LetterComposer
        key={person.id}
        label={t('messages.write', { name })}
        draft={`message ${me?.id} ${person.id}`}
        act={t('messages.send')}
        refusal={t('messages.cannot')}
        enterSends
        onSend={async (text, clientId) => {
          const { status } = await sendMessage(person.id, text, clientId);
          if (status === 'blocked') showToast(t('blocked'), { tone: 'bad' });
        }}
      />
    </>
  );
}
