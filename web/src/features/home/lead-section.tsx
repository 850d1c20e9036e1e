import { Link } from '@tanstack/react-router';
import type { LivestreamSummary } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { StreamStill } from '../../ui/stream-still.tsx';
import { StreamTile } from '../../ui/stream-tile.tsx';
import { useNow } from '../../ui/use-now.ts';

function Lead({ stream }: { stream: LivestreamSummary }): ReactNode {
  const { t } = useTranslation('home');
  const { number, duration } = useFormat();
  const now = useNow(30_000);
  const seconds = (now - Date.parse(stream.startedAt)) / 1000;
  return (
    <article className="relative -mx-4 min-w-0 sm:mx-0">
      <div className="border-t-[3px] border-tone">
        <StreamStill stream={stream} active square />
      </div>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 px-4 pt-5 sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:px-0">
        <Avatar person={stream.creator} size="l" />
        <div className="min-w-0">
          <h1 className="text-27 tracking-[-0.022em] sm:text-36">
            <Link
              to="/watch/$streamId"
              params={{ streamId: stream.id }}
              className="no-underline after:absolute after:inset-0 hover:underline"
              dir="auto"
            >
              {stream.title}
            </Link>
          </h1>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 text-14">
            <Link
              to="/c/$channelId"
              params={{ channelId: stream.channelId }}
              className="relative z-1 font-[620] no-underline hover:underline"
              dir="auto"
            >
              {stream.creator.displayName}
            </Link>
            <RealmMark realm={stream.danteRealm} />
            {stream.category ? (
              <span className="text-ink-3" dir="auto">
                {stream.category}
              </span>
            ) : null}
          </p>
        </div>
        <p className="col-span-full pt-3 sm:col-auto sm:pt-0 sm:text-right">
          <b className="num mr-1.5 text-21 leading-none font-[500] tracking-[-0.02em] sm:mr-0 sm:block sm:text-36">
            {number(stream.viewers)}
          </b>
          <span className="text-14 text-ink-2">
            {t('watching', { count: stream.viewers, duration: duration(seconds) })}
          </span>
        </p>
      </div>
    </article>
  );
}

/** The most watched stream, large and in its own light, and the next four beside it. */
export function LeadSection({
  lead,
  beside,
}: {
  lead: LivestreamSummary;
  beside: readonly LivestreamSummary[];
}): ReactNode {
  const { t } = useTranslation('home');
  const full = beside.length === 4;
  return (
    <section aria-label={t('lead')} data-realm={lead.danteRealm} className="bg-bg text-ink">
      <div
        className={
          beside.length > 0
            ? 'page grid gap-6 pt-0! pb-6! sm:pt-8! lg:grid-cols-[minmax(0,8fr)_minmax(0,4fr)] lg:gap-10 lg:pb-10!'
            : 'page grid max-w-[78rem] pt-0! pb-6! sm:pt-8!'
        }
      >
        <Lead stream={lead} />
        {beside.length > 0 ? (
          <div className="flex min-w-0 flex-col">
            <h2 className="border-b border-line pb-3 text-18">{t('busy')}</h2>
            <ol className="flex grow flex-col">
              {beside.map((stream) => (
                <li
                  key={stream.id}
                  className={clsx('grid content-center border-b border-line py-3.5', full && 'grow last:border-b-0')}
                >
                  <StreamTile stream={stream} row />
                </li>
              ))}
            </ol>
          </div>
        ) : null}
      </div>
    </section>
  );
}
