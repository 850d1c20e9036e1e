/** LL-HLS: by hls.js where there is Media Source, by the browser itself on iPhones. hls.js loads only when needed. */
import type Hls from 'hls.js';
import { shouldJumpToEdge } from './transport-policy.ts';

export interface HlsSession {
  /** Seconds behind live; null where the browser plays by itself and does not say. */
  latencySeconds(): number | null;
  /** Keeps close to live; called once a second. */
  tend(): void;
  close(): void;
}

export interface HlsEvents {
  /** The playlist is refused: the media token ran out or the stream ended. */
  onRefused(status: number): void;
  /** Playback broke for good; a new session may work. */
  onFailed(): void;
}

const JUMP_PAUSE_MS = 5000;

export async function openHls(video: HTMLVideoElement, url: string, events: HlsEvents): Promise<HlsSession> {
  const { default: HlsPlayer } = await import('hls.js');
  if (!HlsPlayer.isSupported()) return openNativeHls(video, url, events);
  const hls: Hls = new HlsPlayer({
    lowLatencyMode: true,
    maxLiveSyncPlaybackRate: 1.1,
    backBufferLength: 30,
    enableWorker: true,
  });
  hls.on(HlsPlayer.Events.ERROR, (_event, data) => {
    const status = data.response?.code;
    if (status === 401 || status === 403 || status === 404 || status === 410) events.onRefused(status);
    else if (!data.fatal) return;
    else if (data.type === HlsPlayer.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else events.onFailed();
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  let jumpedAt = 0;
  return {
    latencySeconds: () => (video.readyState >= 2 ? hls.latency : null),
    tend: () => {
      const edge = hls.liveSyncPosition;
      const now = performance.now();
      // A jump empties the buffer: one that has not borne fruit yet must not be followed by the next.
      if (edge === null || video.readyState < 3 || now - jumpedAt < JUMP_PAUSE_MS) return;
      if (!shouldJumpToEdge(hls.latency, hls.targetLatency ?? 1)) return;
      jumpedAt = now;
      video.currentTime = edge;
    },
    close: () => hls.destroy(),
  };
}

function openNativeHls(video: HTMLVideoElement, url: string, events: HlsEvents): HlsSession {
  const failed = () => events.onFailed();
  video.addEventListener('error', failed);
  video.src = url;
  return {
    latencySeconds: () => null,
    tend: () => {
      const ranges = video.seekable;
      if (ranges.length === 0) return;
      const edge = ranges.end(ranges.length - 1);
      if (shouldJumpToEdge(edge - video.currentTime, 2)) video.currentTime = edge - 1;
    },
    close: () => {
      video.removeEventListener('error', failed);
      video.removeAttribute('src');
      video.load();
    },
  };
}
