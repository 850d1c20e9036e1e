/**
 * The media of one publisher, from its `source` message to its end: RTP in, samples on media time out. Starts at the
 * first key frame for which sound and picture can be placed against each other.
 */
import type { FeedMessage, FeedSource, FeedTrack } from '../feed.ts';
import { type AccessUnit, H264Depacketiser } from './h264-depacketiser.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import { audioClock, type VideoTrack, videoClock } from './mp4/tracks.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import { parseRtp, type RtpPacket } from './rtp-packet.ts';
import type { OpenSample } from './segmenter.ts';
import { parseSps } from './sps.ts';
import { Timeline } from './timeline.ts';

/** About 100–250 ms, in which a retransmission can still come. */
const videoReorderDepth = 48;
const audioReorderDepth = 5;
/** Segments begin at key frames: a browser is asked for one this long after the last. */
const keyframeEveryMs = 1_900;
const keyframeRetryMs = 300;
/** Sound alone is published when no picture came by then. */
const pictureWithinMs = 4_000;
/** At first a player waits for two segments anyway; later viewers look at a frozen picture meanwhile. */
const reportsWithinMs = { first: 4_000, later: 1_500 };
const longestHoleMs = 3_000;

export interface SessionSink {
  /** Called first: the media time that is now. */
  clock(mediaMs: number): void;
  /** The tracks are known, or have changed. `atTicks`: where the picture goes on, null at the start of a session. */
  tracks(video: VideoTrack | null, hasAudio: boolean, atTicks: number | null): void;
  video(sample: OpenSample): void;
  /** An Opus packet, in 48 kHz ticks. */
  audio(time: number, packet: Buffer): void;
  requestKeyframe(): void;
  /** Nothing came for so long that the time is left out: what follows is to be taken by a new session. */
  stalled(): void;
}

interface Unit {
  readonly track: FeedTrack;
  readonly timestamp: number;
  readonly unit: AccessUnit | null;
  readonly packet: Buffer;
}

export class Session {
  readonly source: FeedSource;
  readonly #sink: SessionSink;
  readonly #now: () => number;
  readonly #timeline: Timeline;
  readonly #depacketiser: H264Depacketiser;
  readonly #videoOrder: ReorderBuffer;
  readonly #audioOrder: ReorderBuffer;
  readonly #startMs: number;
  #pending: Unit[] = [];
  #started = false;
  #video: VideoTrack | null = null;
  #hasAudio = false;
  #audioJoins = false;
  #lastVideoTime = Number.NEGATIVE_INFINITY;
  #lastAudioTime = Number.NEGATIVE_INFINITY;
  #firstArrivalMs: number | null = null;
  #lastKeyMs: number;
  #lastRequestMs = Number.NEGATIVE_INFINITY;

  constructor(source: FeedSource, startMs: number, sink: SessionSink, now: () => number) {
    this.source = source;
    this.#sink = sink;
    this.#now = now;
    this.#startMs = startMs;
    this.#lastKeyMs = now();
    const tracks: FeedTrack[] = [];
    if (source.videoPt !== null) tracks.push('video');
    if (source.audioPt !== null) tracks.push('audio');
    this.#timeline = new Timeline(tracks, startMs === 0 ? reportsWithinMs.first : reportsWithinMs.later);
    this.#depacketiser = new H264Depacketiser(
      (unit) => this.#videoUnit(unit),
      () => this.#wantKeyframe(),
    );
    this.#videoOrder = new ReorderBuffer(videoReorderDepth, (packet, gap) => this.#depacketiser.push(packet, gap));
    this.#audioOrder = new ReorderBuffer(audioReorderDepth, (packet) => this.#audioUnit(packet));
  }

  get lostPackets(): number {
    return this.#videoOrder.lost + this.#audioOrder.lost;
  }

  take(message: Extract<FeedMessage, { kind: 'rtp' | 'sr' }>): void {
    if (message.kind === 'sr') {
      this.#timeline.senderReport(message.track, message.ntpMs, message.rtpTimestamp);
      this.#startWhenReady();
      return;
    }
    const packet = parseRtp(message.packet);
    if (packet === null) return;
    const { videoPt, audioPt } = this.source;
    if (message.track === 'video' && packet.payloadType === videoPt) this.#videoOrder.push(packet);
    if (message.track === 'audio' && packet.payloadType === audioPt) this.#audioOrder.push(packet);
  }

  /** To be called several times a second. */
  tick(): void {
    this.#startWhenReady();
    if (this.source.source === 'whip' && this.source.videoPt !== null) {
      if (this.#now() - this.#lastKeyMs >= keyframeEveryMs) this.#wantKeyframe();
    }
  }

  #videoUnit(unit: AccessUnit): void {
    const timestamp = this.#timeline.arrived('video', unit.timestamp, this.#now());
    if (unit.isKey) this.#lastKeyMs = this.#now();
    this.#unit({ track: 'video', timestamp, unit, packet: Buffer.alloc(0) });
  }

  #audioUnit(packet: RtpPacket): void {
    const timestamp = this.#timeline.arrived('audio', packet.timestamp, this.#now());
    this.#unit({ track: 'audio', timestamp, unit: null, packet: packet.payload });
  }

  #unit(unit: Unit): void {
    this.#firstArrivalMs ??= this.#now();
    if (this.#started) {
      this.#emit(unit);
      return;
    }
    this.#pending.push(unit);
    this.#startWhenReady();
  }

  #startWhenReady(): void {
    const first = this.#firstArrivalMs;
    if (this.#started || first === null || !this.#timeline.ready(this.#now())) return;
    const key = this.#pending.find((unit) => unit.unit?.isKey === true);
    if (key === undefined && this.source.videoPt !== null && this.#now() - first < pictureWithinMs) {
      if (this.#now() - first > keyframeRetryMs) this.#wantKeyframe();
      this.#forgetOldSound();
      return;
    }
    const anchor = key ?? this.#pending[0];
    if (anchor === undefined) return;
    const decodedAt = anchor.timestamp - (anchor.unit?.compositionTicks ?? 0);
    this.#timeline.anchor(anchor.track, decodedAt, this.#startMs);
    this.#started = true;
    this.#hasAudio = this.#timeline.has('audio');
    this.#sink.clock(this.#newestMs());
    if (key === undefined) this.#sink.tracks(null, true, null);
    const pending = this.#pending;
    this.#pending = [];
    for (const unit of pending) this.#emit(unit);
  }

  #newestMs(): number {
    const newest = this.#pending.at(-1) as Unit;
    const ticks = this.#timeline.ticks(newest.track, newest.timestamp);
    return ticksToMs(ticks, newest.track === 'video' ? videoClock : audioClock);
  }

  /** While the picture is waited for. */
  #forgetOldSound(): void {
    while (this.#pending.length > 0 && this.#pending[0]?.track === 'audio' && this.#pending.length > 300) {
      this.#pending.shift();
    }
  }

  #emit({ track, timestamp, unit, packet }: Unit): void {
    if (track === 'audio') {
      this.#emitAudio(timestamp, packet);
      return;
    }
    if (unit !== null) this.#emitVideo(timestamp, unit);
  }

  #emitVideo(timestamp: number, unit: AccessUnit): void {
    const presentation = this.#timeline.ticks('video', timestamp);
    const time = presentation - unit.compositionTicks;
    // Decoding time must grow; a sender that steps back a little is held at the last frame.
    if (time <= this.#lastVideoTime) return;
    if (this.#video !== null && this.#isStalled(ticksToMs(time - this.#lastVideoTime, videoClock))) return;
    const fresh = this.#video === null;
    const changed = this.#video !== null && !(this.#video.sps.equals(unit.sps) && this.#video.pps.equals(unit.pps));
    const joins = this.#audioJoins && unit.isKey;
    if (fresh || changed || joins) {
      const info = parseSps(unit.sps);
      if (info === null) return;
      this.#video = { kind: 'video', sps: unit.sps, pps: unit.pps, width: info.width, height: info.height };
      this.#hasAudio ||= joins;
      this.#audioJoins = false;
      this.#sink.tracks(this.#video, this.#hasAudio, fresh ? null : time);
    }
    this.#lastVideoTime = time;
    this.#sink.video({
      time,
      compositionOffset: presentation - time,
      isKey: unit.isKey,
      data: lengthPrefixed(unit.nals),
    });
  }

  #emitAudio(timestamp: number, packet: Buffer): void {
    if (!this.#hasAudio) {
      this.#joinAudio();
      return;
    }
    this.#timeline.workOffDrift();
    const time = this.#timeline.ticks('audio', timestamp);
    if (time < (this.#startMs / 1000) * audioClock) return;
    const last = Math.max(this.#lastAudioTime, (this.#lastVideoTime / videoClock) * audioClock);
    if (Number.isFinite(last) && this.#isStalled(ticksToMs(time - last, audioClock))) return;
    this.#lastAudioTime = time;
    this.#sink.audio(time, packet);
  }

  #isStalled(holeMs: number): boolean {
    const stalled = holeMs > longestHoleMs;
    if (stalled) this.#sink.stalled();
    return stalled;
  }

  /** Sound that came later than the picture begins with the next segment, for it needs a new initialisation. */
  #joinAudio(): void {
    if (this.#audioJoins) return;
    this.#timeline.join('audio');
    this.#audioJoins = true;
    this.#wantKeyframe();
  }

  #wantKeyframe(): void {
    if (this.#now() - this.#lastRequestMs < keyframeRetryMs) return;
    this.#lastRequestMs = this.#now();
    this.#sink.requestKeyframe();
  }
}

export function ticksToMs(ticks: number, clock: typeof videoClock | typeof audioClock): number {
  return (ticks / clock) * 1000;
}
