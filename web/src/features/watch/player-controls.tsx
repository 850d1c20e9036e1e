import { Maximize, Minimize, Pause, PictureInPicture2, Play, Settings2, Volume1, Volume2, VolumeX } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/button.tsx';
import { useKey } from '../../ui/keys.ts';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { PlayerState } from '../player/live-player.ts';
import type { Preference } from '../player/transport-policy.ts';

export interface PlayerControlsProps {
  readonly video: HTMLVideoElement;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly state: PlayerState | null;
  readonly isLive: boolean;
  readonly preference: Preference;
  readonly onPreference: (preference: Preference) => void;
}

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** On the video, always dark. Space or K plays, M mutes, F fills the screen, I is picture in picture. */
export function PlayerControls({
  video,
  frame,
  state,
  isLive,
  preference,
  onPreference,
}: PlayerControlsProps): ReactNode {
  const { t, i18n } = useTranslation('watch');
  const { paused, muted, volume } = useVideoFacts(video);
  const fullscreen = useFullscreen();

  const togglePlay = useCallback(
    () => void (video.paused ? video.play().catch(() => undefined) : video.pause()),
    [video],
  );
  const toggleMute = useCallback(() => {
    video.muted = !video.muted;
  }, [video]);
  const toggleFull = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void frame.current?.requestFullscreen?.().catch(() => undefined);
  }, [frame]);
  const toggleFloat = useCallback(() => {
    if (document.pictureInPictureElement) void document.exitPictureInPicture();
    else void video.requestPictureInPicture?.().catch(() => undefined);
  }, [video]);
  useKey('k', togglePlay);
  useKey('m', toggleMute);
  useKey('f', toggleFull);
  useKey('i', toggleFloat);

  const VolumeIcon = muted || volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  const delay =
    state?.delaySeconds == null
      ? null
      : new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
          Math.max(state.delaySeconds, 0.1),
        );
  return (
    <div className="player-controls absolute inset-x-0 bottom-0 px-3 pt-10 pb-1.5 text-video-ink [color-scheme:dark] sm:px-5 sm:pb-3">
      <div className="flex items-center gap-1 sm:gap-2">
        <IconButton label={paused ? t('play') : t('pause')} onClick={togglePlay} className="player-button">
          {paused ? <Play {...ICON} /> : <Pause {...ICON} />}
        </IconButton>
        <Popover
          label={t('volume')}
          side="top"
          align="start"
          trigger={
            <IconButton
              label={t('volumeNow', { percent: Math.round(muted ? 0 : volume * 100) })}
              className="player-button"
            >
              <VolumeIcon {...ICON} />
            </IconButton>
          }
        >
          <div className="flex w-56 items-center gap-3">
            <IconButton small label={muted ? t('unmute') : t('mute')} onClick={toggleMute}>
              <VolumeIcon {...ICON} />
            </IconButton>
            <Slider
              label={t('volume')}
              value={muted ? 0 : volume}
              valueText={`${Math.round(volume * 100)} %`}
              onChange={(next) => {
                video.volume = next;
                video.muted = next === 0;
              }}
            />
          </div>
        </Popover>
        <span className="ml-1 inline-flex items-center gap-2 text-14 font-[560]">
          {isLive ? <span className="live-dot" /> : null}
          {isLive ? t('live') : t('waitingShort')}
        </span>
        {delay && state?.phase === 'playing' ? (
          <span className="mono ml-2 text-14" data-testid="delay" data-transport={state.transport}>
            <span className="sm:hidden">{t('delayShort', { seconds: delay })}</span>
            <span className="max-sm:hidden">{t('delay', { seconds: delay })}</span>
          </span>
        ) : null}
        <span className="grow" />
        {state?.height ? <span className="mono hidden px-1 text-14 sm:inline">{state.height}p</span> : null}
        <Menu
          trigger={
            <IconButton label={t('quality')} className="player-button">
              <Settings2 {...ICON} />
            </IconButton>
          }
        >
          <MenuChoice
            label={t('quality')}
            value={preference}
            onChange={onPreference}
            choices={[
              { value: 'auto', label: t('transport.auto') },
              { value: 'webrtc', label: t('transport.webrtc') },
              { value: 'hls', label: t('transport.hls') },
            ]}
          />
        </Menu>
        {document.pictureInPictureEnabled ? (
          <IconButton label={t('float')} onClick={toggleFloat} className="player-button hidden sm:inline-flex">
            <PictureInPicture2 {...ICON} />
          </IconButton>
        ) : null}
        <IconButton label={fullscreen ? t('leaveFull') : t('full')} onClick={toggleFull} className="player-button">
          {fullscreen ? <Minimize {...ICON} /> : <Maximize {...ICON} />}
        </IconButton>
      </div>
    </div>
  );
}

function useVideoFacts(video: HTMLVideoElement): { paused: boolean; muted: boolean; volume: number } {
  const read = () => ({ paused: video.paused, muted: video.muted, volume: video.volume });
  const [facts, setFacts] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` reads the element this effect listens to
  useEffect(() => {
    const update = () => setFacts(read());
    const events = ['play', 'pause', 'volumechange'] as const;
    for (const name of events) video.addEventListener(name, update);
    update();
    return () => {
      for (const name of events) video.removeEventListener(name, update);
    };
  }, [video]);
  return facts;
}

function useFullscreen(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const update = () => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  return on;
}
