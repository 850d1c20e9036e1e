import { Link } from '@tanstack/react-router';
import { letters, type notifications } from '@virgil/contract';
import clsx from 'clsx';
import { Check, Mail } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { receiptFile } from '../../api/audit.ts';
import { useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/button.tsx';

function Goal({
  goal,
  onFollow,
  children,
}: {
  goal: letters.NoticeGoal;
  onFollow: () => void;
  children: ReactNode;
}): ReactNode {
  switch (goal.to) {
    case 'channel':
      return (
        <Link to="/c/$channelId" params={{ channelId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'stream':
      return (
        <Link to="/watch/$streamId" params={{ streamId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'video':
      return (
        <Link to="/videos/$videoId" params={{ videoId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'conversation':
      return (
        <Link to="/messages/$userId" params={{ userId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'dossier':
      return (
        <Link to="/admin/users/$userId" params={{ userId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'answer':
    case 'notice':
      return (
        <Link to="/dmca/$noticeId" params={{ noticeId: goal.id }} search={{}} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'noticeDesk':
      return (
        <Link to="/admin/dmca/$noticeId" params={{ noticeId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'agent':
      return (
        <Link to="/admin/dmca/settings" onClick={onFollow}>
          {children}
        </Link>
      );
    case 'payment':
      return (
        <Link to="/payments/$paymentId" params={{ paymentId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'statement':
      return (
        <Link to="/statements/$statementId" params={{ statementId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'appealDesk':
      return (
        <Link to="/admin/appeals/$appealId" params={{ appealId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'escalation':
      return (
        <Link to="/admin/escalations/$escalationId" params={{ escalationId: goal.id }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'appeals':
      return (
        <Link to="/settings/account/appeals" onClick={onFollow}>
          {children}
        </Link>
      );
    case 'data':
      return (
        <Link to="/settings/$section" params={{ section: 'data' }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'subscriptions':
      return (
        <Link to="/settings/$section" params={{ section: 'subscriptions' }} onClick={onFollow}>
          {children}
        </Link>
      );
    case 'earnings':
      return (
        <Link to="/earnings" onClick={onFollow}>
          {children}
        </Link>
      );
    case 'books':
      return (
        <Link to="/admin/finance" onClick={onFollow}>
          {children}
        </Link>
      );
    case 'security':
      return (
        <Link to="/settings/$section" params={{ section: 'account' }} onClick={onFollow}>
          {children}
        </Link>
      );
  }
}

/** When on the left, what on the right; unread ones carry a bar and the word. */
export function NoticeRow({
  notice,
  onRead,
  onUnread,
}: {
  notice: notifications.Notification;
  onRead: () => void;
  onUnread: () => void;
}): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { moment, dateTime } = useFormat();
  const goal = letters.noticeGoal(notice);
  const german = i18n.language === 'de' ? letters.germanLetter(notice) : null;
  const unread = notice.readAt === null;
  const until = notice.data.statementId ? notice.data.until : undefined;
  return (
    <article
      className={clsx(
        'grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-start gap-x-4 border-l-[3px] py-4 pl-3 sm:grid-cols-[7rem_minmax(0,1fr)_auto] sm:pl-4',
        unread ? 'border-l-tone' : 'border-l-transparent',
      )}
    >
      <time dateTime={notice.createdAt} title={dateTime(notice.createdAt)} className="mono pt-0.5 text-14 text-ink-3">
        {moment(notice.createdAt)}
      </time>
      <div className="min-w-0">
        {unread ? <span className="sr-only">{t('new')}: </span> : null}
        <p
          className={clsx('max-w-[66ch] whitespace-pre-line', unread ? 'font-[560]' : 'text-ink-2')}
          dir="auto"
          lang={german ? 'de' : 'en'}
        >
          {german ?? notice.text}
        </p>
        {notice.data.quote ? (
          <p className="mt-1 max-w-[66ch] truncate border-l-2 border-line-strong pl-2 text-14 text-ink-2" dir="auto">
            <span className="sr-only">{t('quote')}: </span>
            {notice.data.quote}
          </p>
        ) : null}
        {until ? (
          <p className="mt-1 text-14 text-ink-3">
            <time dateTime={until}>{t('until', { when: dateTime(until) })}</time>
          </p>
        ) : null}
        {goal ? (
          <p className="mt-1 text-14">
            <Goal goal={goal} onFollow={() => unread && onRead()}>
              {t(`goal.${goal.to}`)}
            </Goal>
          </p>
        ) : null}
        {notice.data.receipt ? (
          <p className="mt-1 text-14">
            <a href={receiptFile(notice.data.receipt)} download>
              {t('receipt')}
            </a>
          </p>
        ) : null}
      </div>
      {unread ? (
        <IconButton small label={t('read')} onClick={onRead}>
          <Check aria-hidden="true" size={18} strokeWidth={1.75} />
        </IconButton>
      ) : (
        <IconButton small label={t('markUnread')} onClick={onUnread}>
          <Mail aria-hidden="true" size={18} strokeWidth={1.75} />
        </IconButton>
      )}
    </article>
  );
}
