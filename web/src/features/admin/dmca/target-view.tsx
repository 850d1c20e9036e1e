/** What a notice is about, to be looked at before the decision. Sound is off: somebody else's work may be loud. */
import { Link } from '@tanstack/react-router';
import type { DmcaDossier, DmcaTarget } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLivestream } from '../../../api/livestreams.ts';
import { useVideo } from '../../../api/videos.ts';

function VideoView({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { data, isError } = useVideo(id);
  if (isError) return <p className="text-ink-2">{t('dossier.targetGone')}</p>;
  if (!data?.mediaUrl) return null;
  return (
    <video
      src={data.mediaUrl}
      poster={data.thumbnailUrl ?? undefined}
      controls
      muted
      playsInline
      preload="metadata"
      aria-label={data.title}
      className="aspect-video w-full rounded-2 bg-video-ground [color-scheme:dark]"
    />
  );
}

function LivestreamView({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { data, isError } = useLivestream(id);
  if (isError) return <p className="text-ink-2">{t('dossier.targetGone')}</p>;
  if (!data) return null;
  return data.videoId ? <VideoView id={data.videoId} /> : null;
}

function PageLink({ target, children }: { target: DmcaTarget; children: ReactNode }): ReactNode {
  return target.type === 'video' ? (
    <Link to="/videos/$videoId" params={{ videoId: target.id }}>
      {children}
    </Link>
  ) : (
    <Link to="/watch/$streamId" params={{ streamId: target.id }}>
      {children}
    </Link>
  );
}

export function TargetView({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const { creator, target } = dossier;
  return (
    <section aria-label={t('dossier.target')} className="grid gap-2">
      <h2 className="text-18">{t('dossier.target')}</h2>
      {target === null ? (
        <p className="text-ink-2">{t('noTarget')}</p>
      ) : (
        <>
          {target.type === 'video' ? <VideoView id={target.id} /> : <LivestreamView id={target.id} />}
          <p className="flex flex-wrap gap-x-3">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <bdi className="font-[620]">{target.title}</bdi>{' '}
              <span className="text-ink-2">{t('by', { name: creator?.displayName ?? t('gone') })}</span>
            </span>
            <PageLink target={target}>{t('dossier.openPage')}</PageLink>
          </p>
        </>
      )}
    </section>
  );
}
