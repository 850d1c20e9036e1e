import { Link } from '@tanstack/react-router';
import type { videos } from '@virgil/contract';
import { EyeOff, Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { RealmGlyph, RealmMark } from './realm-mark.tsx';

export function VideoTile({
  video,
  ofChannel,
  heading: Heading = 'h3',
}: {
  video: videos.Video;
  ofChannel?: boolean;
  heading?: 'h2' | 'h3';
}): ReactNode {
  const { t } = useTranslation('common');
  const { clock, moment, duration } = useFormat();
  const [broken, setBroken] = useState(false);
  return (
    <article className="relative min-w-0">
      <span className="relative block overflow-hidden" data-realm={video.danteRealm}>
        {video.thumbnailUrl && !broken ? (
          <img
            src={video.thumbnailUrl}
            alt=""
            loading="lazy"
            decoding="async"
            className="still block"
            onError={() => setBroken(true)}
          />
        ) : (
          <span className="still grid place-items-center bg-tone-soft text-tone-line">
            <RealmGlyph realm={video.danteRealm} className="text-[3.5rem]" />
          </span>
        )}
        {video.mediaUrl === null ? (
          <span className="plate plate-locked">
            <Lock aria-hidden="true" size={18} strokeWidth={1.75} className="flex-none" />
            {t('tile.patronsOf', { name: video.creator.displayName })}
          </span>
        ) : null}
        <span
          aria-hidden="true"
          className="mono absolute right-2 bottom-2 rounded-1 bg-video-scrim px-1.5 text-13 leading-5 text-video-ink"
        >
          {clock(video.durationSeconds)}
        </span>
      </span>
      <div className="grid gap-0.5 pt-3">
        <Heading className="text-18 leading-snug">
          <Link
            to="/videos/$videoId"
            params={{ videoId: video.id }}
            className="no-underline after:absolute after:inset-0 hover:underline"
            dir="auto"
          >
            {video.title}
            <span className="sr-only">, {t('tile.video', { duration: duration(video.durationSeconds) })}</span>
          </Link>
        </Heading>
        {ofChannel ? null : (
          <p className="truncate font-[560] text-ink-2" dir="auto">
            {video.creator.displayName}
          </p>
        )}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-14">
          <RealmMark realm={video.danteRealm} />
          {video.isPublic || video.patronOnly ? null : (
            <span className="inline-flex items-center gap-1.5 text-ink-2">
              <EyeOff aria-hidden="true" size={16} strokeWidth={1.75} />
              {t('tile.private')}
            </span>
          )}
          <time dateTime={video.createdAt} className="ml-auto text-ink-3">
            {moment(video.createdAt)}
          </time>
        </p>
      </div>
    </article>
  );
}
