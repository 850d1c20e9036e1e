import { Link } from '@tanstack/react-router';
import type { chat, livestreams, StreamId } from '@virgil/contract';
import { Flag, Leaf, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FollowButton } from '../../ui/follow-button.tsx';
import { RealmMark } from '../../ui/realm-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { PatronOffer } from '../patronage/patron-offer.tsx';
import { ReactionBar } from './reaction-bar.tsx';

export interface StreamInfoProps {
  readonly stream: livestreams.Livestream;
  readonly onReact: (type: chat.ReactionType) => Promise<void>;
  readonly onReport: () => void;
  readonly canReact: boolean;
}

export function StreamInfo({ stream, onReact, onReport, canReact }: StreamInfoProps): ReactNode {
  const { t } = useTranslation('watch');
  const me = useMe();
  const isMine = stream.me.role === 'owner';
  return (
    <section aria-label={t('about')} className="border-t-(length:--spine) border-tone px-4 pt-4 pb-8 sm:px-6 md:px-10">
      <div className="grid grid-cols-[auto_1fr] items-start gap-x-5 gap-y-3 sm:grid-cols-[auto_1fr_auto]">
        <Link
          to="/c/$channelId"
          params={{ channelId: stream.channelId }}
          className="no-underline"
          aria-label={stream.creator.displayName}
        >
          <Avatar person={stream.creator} size="l" />
        </Link>
        <div className="min-w-0">
          <h1 className="text-21 [overflow-wrap:anywhere] sm:text-27">
            <bdi>{stream.title}</bdi>
          </h1>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-14">
            <Link
              to="/c/$channelId"
              params={{ channelId: stream.channelId }}
              className="font-[640] text-ink no-underline hover:underline"
            >
              <bdi>{stream.creator.displayName}</bdi>
            </Link>
            <RealmMark realm={stream.danteRealm} />
            {stream.patronOnly ? (
              <span className="tag text-tone">
                <Leaf aria-hidden="true" size={16} strokeWidth={1.75} />
                {t('patronOnly')}
              </span>
            ) : null}
            {stream.category ? <span className="text-ink-2">{stream.category}</span> : null}
            <LiveFor since={stream.startedAt} until={stream.endedAt} />
          </p>
        </div>
        <div className="col-span-full flex flex-wrap gap-2 sm:col-span-1">
          {isMine ? (
            <Button asChild>
              <Link to="/studio">
                <Radio aria-hidden="true" size={18} strokeWidth={1.75} />
                {t('toStudio')}
              </Link>
            </Button>
          ) : (
            <>
              <FollowButton
                channel={{ id: stream.channelId, displayName: stream.creator.displayName, me: stream.me }}
              />
              <PatronOffer channelId={stream.channelId} name={stream.creator.displayName} />
              {me ? (
                <IconButton look="line" label={t('reportStream')} onClick={onReport}>
                  <Flag aria-hidden="true" size={18} strokeWidth={1.75} />
                </IconButton>
              ) : null}
            </>
          )}
        </div>
      </div>
      <div className="mt-4 border-t border-line pt-3">
        <ReactionBar
          streamId={stream.id as StreamId}
          totals={stream.reactions}
          onReact={onReact}
          disabled={!canReact}
        />
        {canReact ? null : <p className="mt-1.5 text-14 text-ink-3">{me ? t('reactEnded') : t('reactGuest')}</p>}
      </div>
      {stream.isActive && !stream.delivery.webrtc && stream.delivery.hls ? (
        <p className="mt-4 text-14 text-ink-2">{t('hlsOnly')}</p>
      ) : null}
      {stream.description ? (
        <p className="mt-5 max-w-[66ch] whitespace-pre-line [overflow-wrap:anywhere] text-ink-2">
          <bdi>{stream.description}</bdi>
        </p>
      ) : null}
    </section>
  );
}

/** “live for 49 min”, counted on. */
function LiveFor({ since, until }: { since: string; until: string | null }): ReactNode {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const now = useNow(15_000);
  const seconds = ((until ? Date.parse(until) : now) - Date.parse(since)) / 1000;
  const duration = format.duration(Math.max(0, seconds));
  return <span className="num text-ink-2">{until ? t('lasted', { duration }) : t('liveFor', { duration })}</span>;
}
