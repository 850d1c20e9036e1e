/** Plays encoded media into a feed as a browser's RTP would arrive: in real time, or as fast as asked. */
import type { FeedMessage } from '../../src/media/embedded/feed.ts';
import { RtpPacketiser } from '../../src/media/embedded/ingest/rtp-packetiser.ts';
import type { EncodedMedia } from './encoded-media.ts';

export interface RtpPlayerOptions {
  readonly media: EncodedMedia;
  readonly send: (message: FeedMessage) => void;
  readonly source?: 'whip' | 'rtmp';
  readonly videoPt?: number | null;
  readonly audioPt?: number | null;
  /** Wall clock of the sender; its reports speak of it. */
  readonly senderStartMs?: number;
  /** Sound that is captured at the same time is stamped this much later. */
  readonly audioDelayMs?: number;
  readonly reports?: boolean;
}

export class RtpPlayer {
  readonly #options: RtpPlayerOptions;
  readonly #video: RtpPacketiser;
  readonly #audio: RtpPacketiser;
  readonly #videoBase: number;
  readonly #audioBase: number;
  readonly #startMs: number;
  #frame = 0;
  #packet = 0;
  #reports = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Media sent, in milliseconds. */
  positionMs = 0;

  constructor(options: RtpPlayerOptions) {
    this.#options = options;
    const random = (): number => Math.floor(Math.random() * 0xffff_0000) + 1;
    this.#video = new RtpPacketiser(102, random(), random());
    this.#audio = new RtpPacketiser(111, random(), random());
    // Close to the wrap-around, which comes while the test runs.
    this.#videoBase = 0xffff_ffff - 90_000;
    this.#audioBase = 0xffff_ffff - 48_000;
    this.#startMs = options.senderStartMs ?? Date.now();
    const { videoPt = 102, audioPt = 111 } = options;
    const source = options.source ?? 'whip';
    options.send({ kind: 'source', source, videoPt, audioPt, webrtcPlayable: true, notice: null });
  }

  /** Sends everything up to this media time. */
  advance(toMs: number): void {
    const { media } = this.#options;
    const frameMs = 1000 / media.framesPerSecond;
    while (this.positionMs < toMs) {
      const nextVideo = this.#frame * frameMs;
      const nextAudio = this.#packet * 20;
      this.positionMs = Math.min(nextVideo, nextAudio, toMs);
      if (this.positionMs >= toMs) return;
      if (this.positionMs >= this.#reports * 1000) this.#report();
      if (nextVideo <= nextAudio) this.#sendFrame(nextVideo);
      else this.#sendSound(nextAudio);
    }
  }

  /** In real time, until `stop`. */
  play(): void {
    const startedAt = performance.now() - this.positionMs;
    this.#timer = setInterval(() => this.advance(performance.now() - startedAt), 5);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #sendFrame(_atMs: number): void {
    const { media, send, videoPt } = this.#options;
    const round = Math.floor(this.#frame / media.frames.length);
    const frame = media.frames[this.#frame % media.frames.length];
    this.#frame += 1;
    if (frame === undefined || videoPt === null) return;
    const ticks = 90_000 / media.framesPerSecond;
    const pts = this.#videoBase + (frame.pts + round * media.frames.length) * ticks;
    for (const packet of this.#video.picture(pts, frame.nals, (frame.pts - frame.dts) * ticks)) {
      send({ kind: 'rtp', track: 'video', packet });
    }
  }

  #sendSound(atMs: number): void {
    const { media, send, audioPt, audioDelayMs = 0 } = this.#options;
    const packet = media.opus[this.#packet % media.opus.length];
    this.#packet += 1;
    if (packet === undefined || audioPt === null) return;
    const timestamp = this.#audioBase + (atMs + audioDelayMs) * 48;
    send({ kind: 'rtp', track: 'audio', packet: this.#audio.opus(timestamp, packet) });
  }

  #report(): void {
    this.#reports += 1;
    const { send, reports = true, audioDelayMs = 0, videoPt, audioPt } = this.#options;
    if (!reports) return;
    const at = this.positionMs;
    const ntpMs = this.#startMs + at;
    const video = (this.#videoBase + Math.round(at * 90)) % 0x1_0000_0000;
    const audio = (this.#audioBase + Math.round((at + audioDelayMs) * 48)) % 0x1_0000_0000;
    if (videoPt !== null) send({ kind: 'sr', track: 'video', ntpMs, rtpTimestamp: video });
    if (audioPt !== null) send({ kind: 'sr', track: 'audio', ntpMs, rtpTimestamp: audio });
  }
}
