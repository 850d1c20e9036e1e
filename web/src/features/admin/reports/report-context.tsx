/** What was reported, in the place where it stands: a picture and the way to the player, lines around a line, a person. */
import { Link } from '@tanstack/react-router';
import type { reports } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Veil } from '../../../ui/veil.tsx';

type Context = reports.ReportContext;
type Of<T extends Context['type']> = Extract<Context, { type: T }>;

export function ReportContextPart({ context, report }: { context: Context; report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  switch (context.type) {
    case 'livestream':
      return <StreamContext context={context} report={report} />;
    case 'video':
      return <VideoContext context={context} report={report} />;
    case 'message':
      return <Lines lines={context.lines} report={report} place={<StreamPlace context={context} />} />;
    case 'comment':
      return <Lines lines={context.lines} report={report} place={<VideoPlace context={context} />} />;
    case 'direct_message':
      return <Lines lines={[context.line]} report={report} place={t('context.private')} />;
    case 'user':
      return <PersonContext context={context} report={report} />;
    case 'gone':
      return <p className="py-3 text-ink-2">{t('gone')}</p>;
  }
}

function Still({ url, report }: { url: string | null; report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  if (url === null) return <p className="text-ink-3">{t('context.noStill')}</p>;
  return (
    <Veil why={t(report.hidePreview ? 'harshMinors' : 'harsh')}>
      <img src={url} alt={t('context.still', { title: report.title ?? '' })} className="still max-w-[30rem]" />
    </Veil>
  );
}

function StreamContext({ context, report }: { context: Of<'livestream'>; report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { dateTime } = useFormat();
  return (
    <div
      className={clsx(
        'grid gap-4 py-4',
        context.thumbnailUrl !== null && 'sm:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]',
      )}
    >
      <Still url={context.thumbnailUrl} report={report} />
      <div className="grid content-start gap-2">
        <p>
          {context.isActive
            ? t('context.running')
            : t('context.ended', { when: context.endedAt === null ? '' : dateTime(context.endedAt) })}{' '}
          {context.patronOnly ? t('context.patrons') : null}
        </p>
        {context.description ? (
          <p className="max-w-[60ch] whitespace-pre-line text-ink-2" dir="auto">
            {context.description}
          </p>
        ) : null}
        <p className="mt-1 flex flex-wrap gap-2">
          <Button small asChild>
            <Link to="/watch/$streamId" params={{ streamId: context.streamId }}>
              {t('context.openStream')}
            </Link>
          </Button>
          {context.videoId === null ? null : (
            <Button small asChild>
              <Link to="/videos/$videoId" params={{ videoId: context.videoId }}>
                {t('context.openRecording')}
              </Link>
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

function VideoContext({ context, report }: { context: Of<'video'>; report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { duration } = useFormat();
  const isHidden = !context.isPublic && !context.patronOnly && !context.isRemoved;
  return (
    <div
      className={clsx(
        'grid gap-4 py-4',
        context.thumbnailUrl !== null && 'sm:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]',
      )}
    >
      <Still url={context.thumbnailUrl} report={report} />
      <div className="grid content-start gap-2">
        <p>
          {t('context.length', { duration: duration(context.durationSeconds) })}.{' '}
          {context.isRemoved ? t('context.removed') : null}
          {context.patronOnly ? t('context.patrons') : null}
          {isHidden ? t('context.hiddenByOwner') : null}
        </p>
        <p className="mt-1 flex flex-wrap gap-2">
          <Button small asChild>
            <Link to="/videos/$videoId" params={{ videoId: context.videoId }}>
              {t('context.openVideo')}
            </Link>
          </Button>
          {context.streamId === null ? null : (
            <Button small asChild>
              <Link to="/watch/$streamId" params={{ streamId: context.streamId }}>
                {t('context.openStream')}
              </Link>
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

function StreamPlace({ context }: { context: Of<'message'> }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  return (
    <Link to="/watch/$streamId" params={{ streamId: context.streamId }} dir="auto">
      {t('context.in', { title: context.streamTitle })}
    </Link>
  );
}

function VideoPlace({ context }: { context: Of<'comment'> }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  return (
    <Link to="/videos/$videoId" params={{ videoId: context.videoId }} dir="auto">
      {t('context.under', { title: context.videoTitle })}
    </Link>
  );
}

interface LinesProps {
  readonly lines: Of<'message'>['lines'];
  readonly report: reports.AdminReport;
  /** Where they stand. */
  readonly place: ReactNode;
}

function Lines({ lines, place, report }: LinesProps): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { time, dateTime } = useFormat();
  const words = (
    <>
      <p className="py-2 text-ink-2">{place}</p>
      <ol>
        {lines.map((line) => (
          <li
            key={line.id}
            aria-current={line.isSubject ? 'true' : undefined}
            className={clsx(
              'grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 border-l-[3px] py-1 pl-3',
              line.isSubject ? 'border-l-(--risk-2-fill) bg-(--risk-2-soft)' : 'border-l-transparent',
            )}
          >
            <time dateTime={line.at} title={dateTime(line.at)} className="mono text-13 text-ink-3">
              {time(line.at)}
            </time>
            <p className="min-w-0 [overflow-wrap:anywhere]">
              <Link
                to="/c/$channelId"
                params={{ channelId: line.author.id }}
                className="font-[620] text-ink no-underline hover:underline"
              >
                <bdi>{line.author.displayName}</bdi>
              </Link>{' '}
              <bdi dir="auto" className={clsx(line.status !== 'published' && 'text-ink-3')}>
                {line.text}
              </bdi>
              {line.status === 'published' ? null : (
                <span className="ml-2 text-13 text-ink-3">({t(`context.lineStatus.${line.status}`)})</span>
              )}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
  return report.hidePreview ? <Veil why={t('harshMinors')}>{words}</Veil> : words;
}

function PersonContext({ context, report }: { context: Of<'user'>; report: reports.AdminReport }): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const { date } = useFormat();
  const words = (
    <p className="max-w-[60ch] whitespace-pre-line" dir="auto">
      {context.bio}
    </p>
  );
  return (
    <div className="grid gap-2 py-3">
      <p className="text-ink-2">{t('context.memberSince', { date: date(context.memberSince) })}</p>
      {context.bio === '' ? <p className="text-ink-3">{t('context.noBio')}</p> : null}
      {context.bio !== '' && report.hidePreview ? <Veil why={t('harshMinors')}>{words}</Veil> : null}
      {context.bio !== '' && !report.hidePreview ? words : null}
      <p className="mt-1">
        <Button small asChild>
          <Link to="/c/$channelId" params={{ channelId: context.userId }}>
            {t('context.openChannel')}
          </Link>
        </Button>
      </p>
    </div>
  );
}
