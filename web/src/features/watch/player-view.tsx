import { chat, type livestreams, type MediaState, type StreamId } from '@virgil/contract';
import { LoaderCircle, VolumeX } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBroadcast } from '../../api/socket.ts';
import { Button } from '../../ui/button.tsx';
import { FloatingReactions, type FloatingReactionsHandle } from './floating-reactions.tsx';
import { PlayerControls } from './player-controls.tsx';
import { useLivePlayer } from './use-live-player.ts';

export interface PlayerViewProps {
  readonly stream: livestreams.Livestream;
  readonly mediaState: MediaState;
  /** Grows each time the engine lost the media and clients must open it again. */
  readonly mediaEpoch: number;
}

export function PlayerView({ stream, mediaState, mediaEpoch }: PlayerViewProps): ReactNode {
  const { t } = useTranslation('watch');
  const frame = useRef<HTMLDivElement>(null);
  const floating = useRef<FloatingReactionsHandle>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const player = useLivePlayer(stream.id as StreamId, mediaState, mediaEpoch);
  const { state, attach } = player;

  useBroadcast(
    chat.reactionsCounted,
    useCallback(
      (payload) => {
        if (payload.streamId === stream.id) floating.current?.rise(payload.counts);
      },
      [stream.id],
    ),
  );

  const bind = useCallback(
    (element: HTMLVideoElement | null) => {
      setVideo(element);
      attach(element);
    },
    [attach],
  );
  return (
    <div
      ref={frame}
      className="group/player relative aspect-video max-h-[calc(100dvh-13rem)] w-full overflow-hidden bg-video-ground [color-scheme:dark]"
    >
      {/* biome-ignore lint/a11y/useMediaCaption: captions of live speech are not made */}
      <video
        ref={bind}
        playsInline
        autoPlay
        className="size-full object-contain"
        aria-label={t('videoOf', { name: stream.creator.displayName, title: stream.title })}
        data-phase={state?.phase}
        data-transport={state?.transport}
      />
      <FloatingReactions ref={floating} />
      <PlayerMessage
        mediaState={mediaState}
        phase={state?.phase ?? 'connecting'}
        creatorName={stream.creator.displayName}
        onRetry={player.reopen}
      />
      {state?.needsTapForSound ? (
        <Button className="absolute top-3 left-3 bg-video-scrim text-video-ink" onClick={player.unmute}>
          <VolumeX aria-hidden="true" size={18} strokeWidth={1.75} />
          {t('tapForSound')}
        </Button>
      ) : null}
      {video ? (
        <PlayerControls
          video={video}
          frame={frame}
          state={state}
          isLive={mediaState === 'live'}
          preference={player.preference}
          onPreference={player.setPreference}
        />
      ) : null}
    </div>
  );
}

/** What stands over the picture when there is none, or a still one. */
function PlayerMessage({
  mediaState,
  phase,
  creatorName,
  onRetry,
}: {
  mediaState: MediaState;
  phase: 'connecting' | 'playing' | 'stalled' | 'refused' | 'unavailable';
  creatorName: string;
  onRetry: () => void;
}): ReactNode {
  const { t } = useTranslation('watch');
  if (mediaState === 'waiting') return <Plate title={t('waiting')} text={t('waitingText', { name: creatorName })} />;
  if (mediaState === 'interrupted') return <Plate title={t('interrupted')} text={t('interruptedText')} />;
  if (phase === 'unavailable')
    return (
      <Plate title={t('unavailable')} text={t('unavailableText')}>
        <Button onClick={onRetry}>{t('retry')}</Button>
      </Plate>
    );
  if (phase === 'refused')
    return (
      <Plate title={t('refused')} text={t('refusedText')}>
        <Button onClick={onRetry}>{t('retry')}</Button>
      </Plate>
    );
  if (phase === 'connecting' || phase === 'stalled')
    return (
      <div role="status" className="absolute inset-0 grid place-items-center text-video-ink">
        <LoaderCircle aria-hidden="true" size={32} strokeWidth={1.5} className="motion-safe:animate-spin" />
        <span className="sr-only">{phase === 'stalled' ? t('stalled') : t('connecting')}</span>
      </div>
    );
  return null;
}

function Plate({ title, text, children }: { title: string; text: string; children?: ReactNode }): ReactNode {
  return (
    <div role="status" className="absolute inset-0 grid place-content-center bg-video-ground/85 px-6 text-video-ink">
      <div className="max-w-[34rem]">
        <p className="text-21 font-[640] sm:text-27">{title}</p>
        <p className="mt-1.5 text-16 opacity-85">{text}</p>
        {children ? <div className="mt-4">{children}</div> : null}
      </div>
    </div>
  );
}
