/**
 * Plays one livestream on a video element: opens WebRTC, falls back to HLS, comes back by itself after a cut, and
 * tells what it is doing. Knows nothing of React; the component renders `PlayerState`.
 */
import { type HlsSession, openHls } from './hls-session.ts';
import {
  ATTEMPTS_BEFORE_HLS,
  chooseTransport,
  type Preference,
  retryDelay,
  type Transport,
} from './transport-policy.ts';
import { measureWebRtc } from './webrtc-measure.ts';
import { openWhep, WhepRefused, type WhepSession } from './whep-session.ts';

export interface PlayerState {
  /** `refused`: the way in is closed (patron lapsed, banned, ended); the page decides what to say. */
  readonly phase: 'connecting' | 'playing' | 'stalled' | 'refused' | 'unavailable';
  readonly transport: Transport | null;
  readonly delaySeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** The browser allowed the picture but not the sound: the viewer must tap once. */
  readonly needsTapForSound: boolean;
}

export interface WaysToWatch {
  readonly whepUrl: string;
  readonly hlsUrl: string;
  readonly offered: { readonly webrtc: boolean; readonly hls: boolean };
}

export interface LivePlayerOptions {
  readonly video: HTMLVideoElement;
  readonly preference: Preference;
  /** Fresh addresses (and for patron-only streams a fresh token); null when the stream cannot be watched now. */
  getPlayback(): Promise<WaysToWatch | null>;
  onState(state: PlayerState): void;
}

/** No first frame by then and the attempt counts as failed; HLS holds its first answer until two segments exist. */
const FIRST_FRAME_MS = { webrtc: 6000, hls: 20_000 } as const;
/** A picture that stands still this long is shown as stalled, and after the second limit opened anew. */
const STALLED_MS = 2500;
const REOPEN_MS = 9000;

const initial: PlayerState = {
  phase: 'connecting',
  transport: null,
  delaySeconds: null,
  width: null,
  height: null,
  needsTapForSound: false,
};

export class LivePlayer {
  readonly #options: LivePlayerOptions;
  #state: PlayerState = initial;
  #preference: Preference;
  #whep: WhepSession | null = null;
  #hls: HlsSession | null = null;
  #opening: AbortController | null = null;
  #attempt = 0;
  #failedWebRtc = 0;
  #timer: number | undefined;
  #ticker: number | undefined;
  #lastProgress = 0;
  #lastFrames = 0;
  #lastTime = 0;
  #sourceIsLive = true;
  #disposed = false;

  constructor(options: LivePlayerOptions) {
    this.#options = options;
    this.#preference = options.preference;
    this.#ticker = window.setInterval(() => void this.#tick(), 1000);
    document.addEventListener('visibilitychange', this.#onVisible);
    void this.#open();
  }

  setPreference(preference: Preference): void {
    this.#preference = preference;
    this.#failedWebRtc = 0;
    this.reopen();
  }

  /** Without video from the publisher a still picture is no fault: nothing is reopened until it is back. */
  setSourceLive(isLive: boolean): void {
    const cameBack = isLive && !this.#sourceIsLive;
    this.#sourceIsLive = isLive;
    this.#lastProgress = performance.now();
    if (cameBack && this.#state.phase !== 'playing' && !this.#whep) this.reopen();
  }

  /** Start again now: the engine restarted, the network is back, the viewer asked. */
  reopen(): void {
    this.#attempt = 0;
    this.#schedule(0);
  }

  /** The network is back: start again unless the picture runs anyway. */
  wake(): void {
    if (this.#state.phase !== 'playing') this.reopen();
  }

  dispose(): void {
    this.#disposed = true;
    window.clearInterval(this.#ticker);
    window.clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#closeSession();
  }

  #onVisible = () => {
    if (document.visibilityState === 'visible' && this.#options.video.paused && this.#state.phase === 'playing')
      void this.#play();
  };

  #publish(change: Partial<PlayerState>): void {
    if (this.#disposed) return;
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
  }

  #closeSession(): void {
    this.#opening?.abort();
    this.#opening = null;
    this.#whep?.close();
    this.#hls?.close();
    this.#whep = null;
    this.#hls = null;
  }

  #schedule(delayMs: number): void {
    window.clearTimeout(this.#timer);
    if (!this.#disposed) this.#timer = window.setTimeout(() => void this.#open(), delayMs);
  }

  #retry(): void {
    this.#closeSession();
    this.#attempt += 1;
    this.#publish({ phase: 'connecting', delaySeconds: null });
    this.#schedule(retryDelay(this.#attempt, Math.random()));
  }

  async #open(): Promise<void> {
    this.#closeSession();
    const opening = new AbortController();
    this.#opening = opening;
    try {
      const way = await this.#options.getPlayback();
      if (opening.signal.aborted) return;
      if (!way) return this.#publish({ phase: 'refused', transport: null, delaySeconds: null });
      const transport = chooseTransport({
        preference: this.#preference,
        offered: way.offered,
        browserHasWebRtc: 'RTCPeerConnection' in window,
        failedAttempts: this.#failedWebRtc,
      });
      this.#publish({ transport, phase: transport ? 'connecting' : 'unavailable', delaySeconds: null });
      this.#lastProgress = performance.now();
      this.#lastFrames = 0;
      this.#lastTime = this.#options.video.currentTime;
      if (transport === 'webrtc') await this.#openWebRtc(way.whepUrl, opening.signal);
      else if (transport === 'hls') await this.#openHls(way.hlsUrl, opening.signal);
    } catch (error) {
      if (opening.signal.aborted || this.#disposed) return;
      const status = error instanceof WhepRefused ? error.status : 0;
      if (status === 404 || status === 403 || status === 401) {
        this.#publish({ phase: 'refused', delaySeconds: null });
        return;
      }
      if (this.#state.transport === 'webrtc') this.#failedWebRtc += 1;
      this.#retry();
    }
  }

  async #openWebRtc(url: string, signal: AbortSignal): Promise<void> {
    const session = await openWhep(url, signal);
    if (signal.aborted) return session.close();
    this.#whep = session;
    this.#options.video.removeAttribute('src');
    this.#options.video.srcObject = session.media;
    session.connection.addEventListener('connectionstatechange', () => {
      if (this.#whep !== session || session.connection.connectionState !== 'failed') return;
      this.#failedWebRtc += 1;
      this.#retry();
    });
    await this.#play();
  }

  async #openHls(url: string, signal: AbortSignal): Promise<void> {
    this.#options.video.srcObject = null;
    const session = await openHls(this.#options.video, url, {
      // A token may have run out: one attempt with fresh addresses tells whether the way is really closed.
      onRefused: () => this.#retry(),
      onFailed: () => this.#retry(),
    });
    if (signal.aborted) return session.close();
    this.#hls = session;
    await this.#play();
  }

  async #play(): Promise<void> {
    const { video } = this.#options;
    try {
      await video.play();
      if (!video.muted) this.#publish({ needsTapForSound: false });
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      video.muted = true;
      this.#publish({ needsTapForSound: true });
      await video.play().catch(() => undefined);
    }
  }

  /** The viewer tapped: sound may start now. */
  async unmute(): Promise<void> {
    this.#options.video.muted = false;
    await this.#play();
  }

  async #tick(): Promise<void> {
    if (this.#disposed) return;
    const progressed = this.#whep ? await this.#measureWebRtc(this.#whep) : this.#measureHls();
    const now = performance.now();
    if (progressed) {
      this.#lastProgress = now;
      this.#attempt = 0;
      if (this.#state.transport === 'webrtc') this.#failedWebRtc = 0;
      if (this.#state.phase !== 'playing') this.#publish({ phase: 'playing' });
      return;
    }
    // A paused video is the viewer's wish, an unlit source the creator's.
    if (!this.#sourceIsLive || this.#options.video.paused || (!this.#whep && !this.#hls)) return;
    const stillFor = now - this.#lastProgress;
    if (this.#state.phase === 'playing' && stillFor > STALLED_MS) this.#publish({ phase: 'stalled' });
    const never = this.#state.phase === 'connecting';
    if (stillFor > (never ? FIRST_FRAME_MS[this.#state.transport ?? 'webrtc'] : REOPEN_MS)) {
      if (this.#state.transport === 'webrtc' && never && this.#failedWebRtc < ATTEMPTS_BEFORE_HLS)
        this.#failedWebRtc += 1;
      this.#retry();
    }
  }

  async #measureWebRtc(session: WhepSession): Promise<boolean> {
    if (session.connection.connectionState === 'closed') return false;
    const measure = await measureWebRtc(session.connection);
    const progressed = measure.framesDecoded > this.#lastFrames;
    this.#lastFrames = measure.framesDecoded;
    if (progressed && this.#whep === session)
      this.#publish({ delaySeconds: measure.delaySeconds, width: measure.width, height: measure.height });
    return progressed;
  }

  #measureHls(): boolean {
    const session = this.#hls;
    if (!session) return false;
    session.tend();
    const { video } = this.#options;
    const progressed = video.currentTime > this.#lastTime + 0.05;
    this.#lastTime = video.currentTime;
    if (progressed)
      this.#publish({
        delaySeconds: session.latencySeconds(),
        width: video.videoWidth || null,
        height: video.videoHeight || null,
      });
    return progressed;
  }
}
