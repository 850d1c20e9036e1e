/** Binds a `LivePlayer` to a video element for as long as the page shows it. */
import { livestreams, type MediaState, type StreamId } from '@virgil/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { useOutage } from '../../api/online.ts';
import { onOwnOrigin } from '../../api/own-origin.ts';
import { asProblem } from '../../api/problem.ts';
import { refresh } from '../../api/queries.ts';
import { LivePlayer, type PlayerState } from '../player/live-player.ts';
import type { Preference } from '../player/transport-policy.ts';

export interface PlayerHandle {
  readonly state: PlayerState | null;
  readonly preference: Preference;
  attach(video: HTMLVideoElement | null): void;
  setPreference(preference: Preference): void;
  reopen(): void;
  unmute(): void;
}

const KEY = 'virgil.transport';

function remembered(): Preference {
  const value = localStorage.getItem(KEY);
  return value === 'webrtc' || value === 'hls' ? value : 'auto';
}

export function useLivePlayer(streamId: StreamId, mediaState: MediaState, mediaEpoch: number): PlayerHandle {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [state, setState] = useState<PlayerState | null>(null);
  const [preference, setPreferenceState] = useState<Preference>(remembered);
  const player = useRef<LivePlayer | null>(null);
  const outage = useOutage();
  const first = useRef(preference);

  useEffect(() => {
    if (!video) return;
    const made = new LivePlayer({
      video,
      preference: first.current,
      getPlayback: async () => {
        try {
          const stream = await call(livestreams.getLivestream, { params: { id: streamId } });
          if (!stream.playback) return null;
          const { whepUrl, hlsUrl } = stream.playback;
          return { whepUrl: onOwnOrigin(whepUrl), hlsUrl: onOwnOrigin(hlsUrl), offered: stream.delivery };
        } catch (error) {
          const { status } = asProblem(error);
          // The page shows what it is to whoever may no longer watch.
          if (status === 403) void refresh(livestreams.getLivestream);
          if (status === 403 || status === 404) return null;
          throw error;
        }
      },
      onState: setState,
    });
    player.current = made;
    return () => {
      made.dispose();
      player.current = null;
    };
  }, [video, streamId]);

  useEffect(() => player.current?.setSourceLive(mediaState === 'live'), [mediaState]);
  useEffect(() => {
    if (outage === 'none') player.current?.wake();
  }, [outage]);
  useEffect(() => {
    if (mediaEpoch > 0) player.current?.reopen();
  }, [mediaEpoch]);

  return {
    state,
    preference,
    attach: setVideo,
    setPreference: useCallback((next: Preference) => {
      localStorage.setItem(KEY, next);
      first.current = next;
      setPreferenceState(next);
      player.current?.setPreference(next);
    }, []),
    reopen: useCallback(() => player.current?.reopen(), []),
    unmute: useCallback(() => void player.current?.unmute(), []),
  };
}
