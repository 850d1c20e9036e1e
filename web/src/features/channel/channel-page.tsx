import '../../ui/voice.css';
import { Link, useParams } from '@tanstack/react-router';
import type { channels } from '@virgil/contract';
import { Clapperboard, Ellipsis, MessageCircle, Settings } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../api/channels.ts';
import { itemsOf } from '../../api/queries.ts';
import { useVideos } from '../../api/videos.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FollowButton } from '../../ui/follow-button.tsx';
import { PersonMenu } from '../../ui/person-menu.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { Block, EmptyState, ErrorState, ListStates, Skeleton } from '../../ui/states.tsx';
import { TileGrid, TileGridSkeleton } from '../../ui/tile-grid.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useRealm } from '../../ui/use-realm.ts';
import { VideoTile } from '../../ui/video-tile.tsx';
import { PatronOffer } from '../patronage/patron-offer.tsx';
import { ReportDialog, type ReportDialogProps } from '../report/report-dialog.tsx';
import { LiveNow } from './live-now.tsx';
import { PastStreams } from './past-streams.tsx';
import { Team } from './team.tsx';

function ChannelHead({ channel }: { channel: channels.Channel }): ReactNode {
  const { t } = useTranslation(['channel', 'common']);
  return (
    <header className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-4 border-b-[3px] border-tone pb-6 sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:gap-x-8">
      <Avatar person={channel} size="xl" />
      <div className="min-w-0">
        <h1 className="text-27 tracking-[-0.022em] sm:text-48" dir="auto">
          {channel.displayName}
        </h1>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
          <RealmMark realm={channel.defaultRealm} />
          <span>{t('common:followers', { count: channel.followers })}</span>
          {channel.me.role === 'guest' || channel.me.role === 'viewer' || channel.me.role === 'follower' ? null : (
            <span className="tag tag-box text-tone">{t(`role.${channel.me.role}`)}</span>
          )}
        </p>
      </div>
      <div className="col-span-full flex flex-wrap gap-3 sm:col-span-1">
        <FollowButton channel={channel} />
        <PatronOffer channelId={channel.id} name={channel.displayName} withPrice />
        {channel.me.role === 'owner' || channel.me.role === 'guest' ? null : <Approach channel={channel} />}
        {channel.me.role === 'owner' ? (
          <Button asChild>
            <Link to="/settings/$section" params={{ section: 'channel' }}>
              <Settings aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('edit')}
            </Link>
          </Button>
        ) : null}
      </div>
    </header>
  );
}

/** Writing to the person, and everything else one can do about them. */
function Approach({ channel }: { channel: channels.Channel }): ReactNode {
  const { t } = useTranslation(['channel', 'letters']);
  const [target, setTarget] = useState<ReportDialogProps['target']>(null);
  return (
    <>
      <Button asChild>
        <Link to="/messages/$userId" params={{ userId: channel.id }}>
          <MessageCircle aria-hidden="true" size={18} strokeWidth={1.75} />
          {t('letters:menu.messageShort')}
        </Link>
      </Button>
      <PersonMenu
        person={channel}
        align="end"
        onReport={() => setTarget({ subject: { type: 'user', id: channel.id }, quote: channel.displayName })}
        reportWord={t('report')}
        trigger={(opener) => (
          <IconButton label={t('letters:menu.of', { name: channel.displayName })} {...opener}>
            <Ellipsis aria-hidden="true" size={20} strokeWidth={1.75} />
          </IconButton>
        )}
      />
      <ReportDialog target={target} onClose={() => setTarget(null)} />
    </>
  );
}

function Videos({ channelId, name }: { channelId: string; name: string }): ReactNode {
  const { t } = useTranslation('channel');
  const query = useVideos({ creatorId: channelId });
  const videos = itemsOf(query.data);
  return (
    <section className="mt-12">
      <div className="head mb-6">
        <h2>{t('videos')}</h2>
      </div>
      <ListStates
        query={query}
        count={videos.length}
        skeleton={<TileGridSkeleton />}
        empty={
          <EmptyState icon={Clapperboard} title={t('noVideos')} text={t('noVideosText', { name })} className="py-2" />
        }
      >
        <TileGrid>
          {videos.map((video) => (
            <li key={video.id} className="min-w-0">
              <VideoTile video={video} ofChannel />
            </li>
          ))}
        </TileGrid>
      </ListStates>
    </section>
  );
}

/** A creator's permanent place: what is on now, who it is, what stayed. */
export function ChannelPage(): ReactNode {
  const { t } = useTranslation('channel');
  const { channelId } = useParams({ from: '/c/$channelId' });
  const query = useChannel(channelId);
  const channel = query.data;
  usePageTitle(channel?.displayName);
  useRealm(channel ? (channel.live?.danteRealm ?? channel.defaultRealm) : undefined);

  if (query.isPending) {
    return (
      <div className="page">
        <Skeleton>
          <div className="flex items-center gap-8 pb-8">
            <Block className="face-xl rounded-person" />
            <Block className="h-10 w-72" />
          </div>
        </Skeleton>
        <TileGridSkeleton />
      </div>
    );
  }
  if (!channel) {
    return (
      <div className="page">
        <ErrorState heading="h1" error={query.error} onRetry={() => void query.refetch()}>
          <Button asChild>
            <Link to="/">{t('home')}</Link>
          </Button>
        </ErrorState>
      </div>
    );
  }
  const seesTeam = channel.me.role === 'owner' || channel.me.role === 'moderator';
  return (
    <div className="page">
      <ChannelHead channel={channel} />
      <div className="mt-8 grid gap-10 md:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <LiveNow channel={channel} />
        <div className="grid content-start gap-8">
          <section>
            <div className="head">
              <h2>{t('about')}</h2>
            </div>
            {channel.description ? (
              <p className="voice mt-3 max-w-[66ch] text-18 leading-relaxed whitespace-pre-line" dir="auto">
                {channel.description}
              </p>
            ) : (
              <p className="mt-3 text-ink-2">{t('aboutEmpty', { name: channel.displayName })}</p>
            )}
          </section>
          {seesTeam ? <Team channelId={channel.id} owner={channel.me.role === 'owner'} /> : null}
        </div>
      </div>
      <Videos channelId={channel.id} name={channel.displayName} />
      <PastStreams channelId={channel.id} />
    </div>
  );
}
