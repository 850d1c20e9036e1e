/**
 * Keeps one's own stream on the air: opens WHIP, comes back by itself after a cut (viewers keep their connections for
 * 30 s), swaps tracks while live. Knows nothing of React.
 */
import { openWhip, WhipRefused, type WhipSession } from './whip-session.ts';

export interface PublisherState {
  readonly phase: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'refused';
  readonly sentKbps: number;
  readonly framesPerSecond: number;
  /** 0–1, as the server reports it. */
  readonly packetLoss: number;
  /** What holds the picture back, as the browser says. */
  readonly limitedBy: 'cpu' | 'bandwidth' | null;
}

export const idle: PublisherState = {
  phase: 'idle',
  sentKbps: 0,
  framesPerSecond: 0,
  packetLoss: 0,
  limitedBy: null,
};

export interface Tracks {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | null;
}

const MAX_VIDEO_BITRATE = 2_500_000;

export class Publisher {
  readonly #onState: (state: PublisherState) => void;
  #state: PublisherState = idle;
  #session: WhipSession | null = null;
  #opening: AbortController | null = null;
  #timer: number | undefined;
  #ticker: number | undefined;
  #attempt = 0;
  #url: string | null = null;
  #tracks: Tracks | null = null;
  #bytes = 0;
  #at = 0;

  constructor(onState: (state: PublisherState) => void) {
    this.#onState = onState;
  }

  start(url: string, tracks: Tracks): void {
    this.#url = url;
    this.#tracks = tracks;
    this.#attempt = 0;
    window.clearInterval(this.#ticker);
    this.#ticker = window.setInterval(() => void this.#measure(), 1000);
    this.#publish({ ...idle, phase: 'connecting' });
    void this.#open();
  }

  /** Opens again at once: the engine restarted or the network came back. */
  reopen(): void {
    if (!this.#url) return;
    this.#attempt = 0;
    this.#reconnect();
  }

  async swap(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    await this.#session?.replaceVideo(tracks.video);
    await this.#session?.replaceAudio(tracks.audio);
  }

  async stop(): Promise<void> {
    this.#url = null;
    window.clearTimeout(this.#timer);
    window.clearInterval(this.#ticker);
    this.#opening?.abort();
    const session = this.#session;
    this.#session = null;
    this.#publish(idle);
    await session?.close();
  }

  #publish(change: Partial<PublisherState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onState(this.#state);
  }

  #reconnect(): void {
    const session = this.#session;
    this.#session = null;
    void session?.close();
    this.#publish({ phase: 'reconnecting', sentKbps: 0, framesPerSecond: 0 });
    window.clearTimeout(this.#timer);
    const delay = this.#attempt === 0 ? 0 : Math.min(5000, 300 * 2 ** (this.#attempt - 1));
    this.#attempt += 1;
    this.#timer = window.setTimeout(() => void this.#open(), delay);
  }

  async #open(): Promise<void> {
    if (!this.#url || !this.#tracks) return;
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    try {
      const session = await openWhip({
        url: this.#url,
        video: this.#tracks.video,
        audio: this.#tracks.audio,
        maxVideoBitrate: MAX_VIDEO_BITRATE,
        signal: opening.signal,
      });
      if (opening.signal.aborted) return void session.close();
      this.#session = session;
      session.connection.addEventListener('connectionstatechange', () => {
        if (this.#session !== session) return;
        const { connectionState } = session.connection;
        if (connectionState === 'connected') {
          this.#attempt = 0;
          this.#publish({ phase: 'live' });
        } else if (connectionState === 'failed') this.#reconnect();
      });
    } catch (error) {
      if (opening.signal.aborted) return;
      // The stream ended or the key was reset: no attempt will change that.
      const refused = error instanceof WhipRefused && error.status >= 400 && error.status < 500 && error.status !== 429;
      if (refused) this.#publish({ phase: 'refused' });
      else this.#reconnect();
    }
  }

  async #measure(): Promise<void> {
    const session = this.#session;
    if (session?.connection.connectionState !== 'connected') return;
    const report = await session.connection.getStats();
    if (this.#session !== session) return;
    let bytes = 0;
    let framesPerSecond = 0;
    let packetLoss = 0;
    let limitedBy: PublisherState['limitedBy'] = null;
    for (const entry of report.values()) {
      if (entry.type === 'outbound-rtp') bytes += entry.bytesSent ?? 0;
      if (entry.type === 'outbound-rtp' && entry.kind === 'video') {
        framesPerSecond = entry.framesPerSecond ?? 0;
        const reason = entry.qualityLimitationReason;
        limitedBy = reason === 'cpu' || reason === 'bandwidth' ? reason : null;
      }
      if (entry.type === 'remote-inbound-rtp' && entry.kind === 'video') packetLoss = entry.fractionLost ?? 0;
    }
    const now = performance.now();
    const seconds = (now - this.#at) / 1000;
    const sentKbps = this.#at > 0 && bytes >= this.#bytes ? ((bytes - this.#bytes) * 8) / 1000 / seconds : 0;
    this.#bytes = bytes;
    this.#at = now;
    this.#publish({ sentKbps, framesPerSecond, packetLoss, limitedBy });
  }
}
