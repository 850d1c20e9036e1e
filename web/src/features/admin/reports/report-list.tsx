/** The queue: what was reported, why, by how many, and when it began. */
import { Link } from '@tanstack/react-router';
import type { reports } from '@virgil/contract';
import clsx from 'clsx';
import { EyeOff, type LucideIcon, Mail, MessageSquare, MessageSquareText, Radio, UserRound, Video } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';

const ICONS: Readonly<Record<reports.AdminReport['subject']['type'], LucideIcon>> = {
  livestream: Radio,
  video: Video,
  message: MessageSquare,
  comment: MessageSquareText,
  direct_message: Mail,
  user: UserRound,
};

export function SubjectIcon({ type }: { type: reports.AdminReport['subject']['type'] }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const Icon = ICONS[type];
  return (
    <span className="flex-none text-ink-2" title={t(`type.${type}`)}>
      <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
      <span className="sr-only">{t(`type.${type}`)}: </span>
    </span>
  );
}

function Title({ report }: { report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  if (report.hidePreview) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <EyeOff aria-hidden="true" size={16} strokeWidth={1.75} />
        {t('hidden')}
      </span>
    );
  }
  return report.title === null ? (
    <span className="text-ink-3">{t('gone')}</span>
  ) : (
    <span className="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
      {report.title}
    </span>
  );
}

function Row({ report, isSelected }: { report: reports.AdminReport; isSelected: boolean }): ReactNode {
  const { t } = useTranslation(['reportsDesk', 'watch']);
  const { moment, dateTime } = useFormat();
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <Link
      ref={row}
      to="/admin/reports/$reportId"
      params={{ reportId: report.id }}
      search={(search) => search}
      resetScroll={false}
      aria-current={isSelected ? 'true' : undefined}
      className={clsx(
        'grid grid-cols-[4rem_auto_minmax(0,1fr)_auto] items-start gap-x-2.5 border-l-[3px] px-3 py-2.5 text-ink no-underline hover:bg-surface-2',
        isSelected ? 'border-l-focus bg-surface-3!' : 'border-l-transparent',
      )}
    >
      <time
        dateTime={report.createdAt}
        title={dateTime(report.createdAt)}
        className="mono pt-px text-13 whitespace-nowrap text-ink-3"
      >
        {moment(report.createdAt)}
      </time>
      <span className="pt-0.5">
        <SubjectIcon type={report.subject.type} />
      </span>
      <span className="min-w-0">
        <span className="block font-[560]">
          <Title report={report} />
        </span>
        <span className="block text-13 text-ink-2">
          {t(`watch:report.reasons.${report.reason}`)}
          {report.owner === null || report.subject.type === 'user' ? null : (
            <>
              {', '}
              <bdi>{report.owner.displayName}</bdi>
            </>
          )}
        </span>
      </span>
      <span className="num pt-px text-13 text-ink-2" title={t('voices', { count: report.voices })}>
        <span aria-hidden="true">×{report.voices}</span>
        <span className="sr-only">{t('voices', { count: report.voices })}</span>
      </span>
    </Link>
  );
}

export function ReportList({
  reports: items,
  selected,
}: {
  reports: readonly reports.AdminReport[];
  selected: string | undefined;
}): ReactNode {
  const { t } = useTranslation('reportsDesk');
  return (
    <ul className="rows" aria-label={t('title')}>
      {items.map((report) => (
        <li key={report.id}>
          <Row report={report} isSelected={report.id === selected} />
        </li>
      ))}
    </ul>
  );
}
