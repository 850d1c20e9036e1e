import { Link, useParams } from '@tanstack/react-router';
import type { videos } from '@virgil/contract';
import { EyeOff, Flag, Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../api/channels.ts';
import { useMe } from '../../api/me.ts';
import { useVideo } from '../../api/videos.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { FollowButton } from '../../ui/follow-button.tsx';
import { NoticeLink } from '../../ui/notice-link.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { Block, EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useRealm } from '../../ui/use-realm.ts';
import { CommentsSection } from '../comments/comments-section.tsx';
import { ReportDialog, type ReportDialogProps } from '../report/report-dialog.tsx';
import { VideoSettings } from './video-settings.tsx';

function Picture({ video }: { video: videos.Video }): ReactNode {
  const { t } = useTranslation(['videos', 'common']);
  const [failed, setFailed] = useState<string | null>(null);
  if (video.mediaUrl === null && video.removal !== null) {
    return (
      <p className="grid aspect-video place-items-center bg-video-ground text-center text-white">
        <span className="inline-flex items-center gap-2 px-6">
          <EyeOff aria-hidden="true" size={20} strokeWidth={1.75} className="flex-none" />
          {t('withheld')}
        </span>
      </p>
    );
  }
  if (video.mediaUrl === null) {
    return (
      <div className="relative aspect-video bg-video-ground">
        {video.thumbnailUrl ? (
          <img src={video.thumbnailUrl} alt="" className="size-full object-cover opacity-40" />
        ) : null}
        <p className="plate plate-locked rounded-none">
          <Lock aria-hidden="true" size={20} strokeWidth={1.75} className="flex-none" />
          {t('common:tile.patronsOf', { name: video.creator.displayName })}
        </p>
      </div>
    );
  }
  if (failed === video.mediaUrl) {
    return (
      <div className="grid aspect-video place-items-center bg-surface-2 p-6">
        <EmptyState role="alert" title={t('broken')} text={t('brokenText')}>
          <Button onClick={() => setFailed(null)}>{t('common:tryAgain')}</Button>
        </EmptyState>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: recordings of live streams carry no captions
    <video
      key={video.mediaUrl}
      src={video.mediaUrl}
      poster={video.thumbnailUrl ?? undefined}
      controls
      playsInline
      preload="metadata"
      aria-label={video.title}
      onError={() => setFailed(video.mediaUrl)}
      className="aspect-video max-h-[calc(100dvh-13rem)] w-full bg-video-ground [color-scheme:dark]"
    />
  );
}

/** A decision took it away: its creator and admins see that, and why. */
function Removal({ video }: { video: videos.Video }): ReactNode {
  const { t } = useTranslation('videos');
  const { date } = useFormat();
  const me = useMe();
  const { removal } = video;
  if (removal === null) return null;
  return (
    <div role="status" className="mt-4 mb-5 border-l-[3px] border-bad bg-bad-soft px-4 py-3">
      <p className="font-[640]">{t('removed', { date: date(removal.removedAt) })}</p>
      {removal.reason === null ? null : <p dir="auto">{t('removedBecause', { reason: removal.reason })}</p>}
      {removal.statementId === null ? null : (
        <Link to="/statements/$statementId" params={{ statementId: removal.statementId }}>
          {t('removedReasons')}
        </Link>
      )}
      {me?.id === video.creator.id ? (
        <p className="empty:hidden">
          <NoticeLink
            about={[
              { type: 'video', id: video.id },
              ...(video.streamId === null ? [] : [{ type: 'livestream' as const, id: video.streamId }]),
            ]}
          />
        </p>
      ) : null}
    </div>
  );
}

function Report({ video }: { video: videos.Video }): ReactNode {
  const { t } = useTranslation('videos');
  const [target, setTarget] = useState<ReportDialogProps['target']>(null);
  return (
    <>
      <Button look="quiet" onClick={() => setTarget({ subject: { type: 'video', id: video.id }, quote: video.title })}>
        <Flag aria-hidden="true" size={18} strokeWidth={1.75} />
        {t('report')}
      </Button>
      <ReportDialog target={target} onClose={() => setTarget(null)} />
    </>
  );
}

function Creator({ video }: { video: videos.Video }): ReactNode {
  const channel = useChannel(video.channelId).data;
  return channel ? <FollowButton channel={channel} className="ml-auto" /> : null;
}

export function VideoPage(): ReactNode {
  const { t } = useTranslation(['videos', 'common']);
  const { videoId } = useParams({ from: '/videos/$videoId' });
  const query = useVideo(videoId);
  const video = query.data;
  const me = useMe();
  const [reported, setReported] = useState<ReportDialogProps['target']>(null);
  const { date, duration, bytes } = useFormat();
  usePageTitle(video?.title);
  useRealm(video?.danteRealm);

  if (query.isPending) {
    return (
      <Skeleton>
        <div className="mx-auto w-full max-w-[80rem]">
          <Block className="aspect-video" />
          <Block className="mx-4 mt-6 h-7 w-3/5" />
        </div>
      </Skeleton>
    );
  }
  if (!video) {
    return (
      <div className="page">
        <ErrorState heading="h1" error={query.error} onRetry={() => void query.refetch()}>
          <Button asChild>
            <Link to="/videos">{t('toVideos')}</Link>
          </Button>
        </ErrorState>
      </div>
    );
  }
  return (
    <article className="mx-auto w-full max-w-[88rem] pb-16 md:px-10 md:pt-6">
      <Picture video={video} />
      <div className="border-t-[3px] border-tone px-4 pt-5 sm:px-6 md:px-0">
        <Removal video={video} />
        <h1 className="text-27 sm:text-36" dir="auto">
          {video.title}
        </h1>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-14 text-ink-2">
          <RealmMark realm={video.danteRealm} />
          <time dateTime={video.createdAt}>{date(video.createdAt)}</time>
          <span>{duration(video.durationSeconds)}</span>
          <span>{bytes(video.sizeBytes)}</span>
        </p>
        <div className="mt-5 flex flex-wrap items-center gap-3 border-y border-line py-4">
          <Avatar person={video.creator} />
          <Link
            to="/c/$channelId"
            params={{ channelId: video.channelId }}
            className="font-[640] no-underline hover:underline"
            dir="auto"
          >
            {video.creator.displayName}
          </Link>
          <Creator video={video} />
          {me && me.id !== video.creator.id ? <Report video={video} /> : null}
        </div>
        {me?.id === video.creator.id ? <VideoSettings video={video} /> : null}
        <CommentsSection
          video={video}
          onReport={({ author, id, message }) =>
            setReported({ subject: { type: 'comment', id }, quote: `${author.displayName}: ${message}` })
          }
        />
        <ReportDialog target={reported} onClose={() => setReported(null)} />
      </div>
    </article>
  );
}
