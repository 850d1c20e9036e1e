/** One appeal in the queue: how long it waits, whose it is, against what, and whether somebody answered. */
import { Link } from '@tanstack/react-router';
import type { appealDesk } from '@virgil/contract';
import clsx from 'clsx';
import { Check, Lock, MessageSquare, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { useNow } from '../../../ui/use-now.ts';

export function AppealRow({ appeal, isSelected }: { appeal: appealDesk.AdminAppeal; isSelected: boolean }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const { dateTime, moment } = useFormat();
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const isOpen = appeal.status === 'pending';
  const words = appeal.reason === '' ? t('byLetter') : appeal.reason;
  return (
    <Link
      ref={row}
      to="/admin/appeals/$appealId"
      params={{ appealId: appeal.id }}
      search={(search) => search}
      resetScroll={false}
      aria-current={isSelected ? 'true' : undefined}
      className={clsx(
        'grid grid-cols-[4.25rem_minmax(0,1fr)_auto] items-start gap-x-2.5 border-l-[3px] px-3 py-2.5 text-ink no-underline hover:bg-surface-2',
        isSelected ? 'border-l-focus bg-surface-3!' : 'border-l-transparent',
      )}
    >
      <time
        dateTime={appeal.createdAt}
        title={dateTime(appeal.createdAt)}
        className="mono pt-px text-13 whitespace-nowrap text-ink-3"
      >
        {isOpen ? <Age since={appeal.createdAt} /> : moment(appeal.reviewedAt ?? appeal.createdAt)}
      </time>
      <span className="min-w-0">
        <span className="block truncate font-[620]" dir="auto">
          {appeal.user.displayName}
        </span>
        <span className="block text-14 text-ink-2">{t(`against.${appeal.subject.type}`)}</span>
        <span className="line-clamp-2 text-14 text-ink-2 [overflow-wrap:anywhere]" dir="auto">
          {words}
        </span>
      </span>
      <span className="flex flex-col items-end gap-1 pt-0.5 text-13 text-ink-2">
        {appeal.unread > 0 ? (
          <span className="flex items-center gap-1 font-[600]">
            <MessageSquare aria-hidden="true" size={14} strokeWidth={1.75} />
            {t('unread', { count: appeal.unread })}
          </span>
        ) : null}
        {appeal.refusal === null ? null : (
          <span className="flex items-center gap-1" title={t(`refusal.${appeal.refusal}`)}>
            <Lock aria-hidden="true" size={14} strokeWidth={1.75} />
            <span className="sr-only">{t(`refusal.${appeal.refusal}`)}</span>
          </span>
        )}
        {appeal.status === 'approved' ? <Check role="img" aria-label={t('status.approved')} size={14} /> : null}
        {appeal.status === 'denied' ? <X role="img" aria-label={t('status.denied')} size={14} /> : null}
      </span>
    </Link>
  );
}

/** How long somebody waits, in the largest unit that fits. */
export function Age({ since }: { since: string }): ReactNode {
  const { t } = useTranslation('appealDesk');
  const minutes = Math.max(0, Math.floor((useNow(30_000) - Date.parse(since)) / 60_000));
  if (minutes < 60) return t('age.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('age.hours', { count: hours }) : t('age.days', { count: Math.floor(hours / 24) });
}
