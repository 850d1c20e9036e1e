import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLivestreamsOf } from '../../api/livestreams.ts';
import { useFormat } from '../../i18n/format.ts';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { MoreButton } from '../../ui/states.tsx';

/** A line of time: when on the left, what on the right. */
export function PastStreams({ channelId }: { channelId: string }): ReactNode {
  const { t } = useTranslation('channel');
  const { moment, duration } = useFormat();
  const query = useLivestreamsOf(channelId);
  const past = query.data?.pages.flatMap((page) => page.archived) ?? [];
  if (past.length === 0) return null;
  return (
    <section className="mt-12">
      <div className="head">
        <h2>{t('past')}</h2>
      </div>
      <ol className="rows">
        {past.map((stream) => (
          <li
            key={stream.id}
            className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-5 gap-y-1 py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto_5rem]"
          >
            <time dateTime={stream.startedAt} className="mono text-14 text-ink-3">
              {moment(stream.startedAt)}
            </time>
            <div className="min-w-0">
              <h3 className="text-16" dir="auto">
                {stream.videoId ? (
                  <Link
                    to="/videos/$videoId"
                    params={{ videoId: stream.videoId }}
                    className="inline-flex items-baseline gap-2"
                  >
                    {stream.title}
                    <Play
                      aria-label={t('hasVideo')}
                      size={14}
                      strokeWidth={1.75}
                      className="flex-none self-center text-tone"
                    />
                  </Link>
                ) : (
                  stream.title
                )}
              </h3>
            </div>
            <RealmMark realm={stream.danteRealm} className="col-start-2 sm:col-start-auto" />
            <span className="num hidden text-right text-14 text-ink-2 sm:inline">
              {duration(stream.durationSeconds)}
            </span>
          </li>
        ))}
      </ol>
      <MoreButton query={query} />
    </section>
  );
}
