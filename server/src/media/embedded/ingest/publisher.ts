/**
 * What one encoder sends, made into RTP: pictures as they are (or transcoded when they hold B-frames), sound from AAC
 * to Opus. All times come from the encoder's one clock, so the sender reports put sound and picture together exactly.
 */
import { randomInt } from 'node:crypto';
import { type AudioDecoder, createAacDecoder, createOpusEncoder, type OpusEncoder } from '../av/audio-codecs.ts';
import type { Av } from '../av/load-av.ts';
import type { FeedConnection, FeedTrack } from '../feed.ts';
import { readAudioTag, readVideoTag, splitLengthPrefixed } from './flv-tags.ts';
import type { RtmpTagSink } from './rtmp-connection.ts';
import { RtpPacketiser } from './rtp-packetiser.ts';
import { Transcoder } from './transcoder.ts';

const videoPt = 102;
const audioPt = 111;
const opusBitRate = 128_000;
const videoClock = 90;
const audioClock = 48;
/** What the Opus encoder looks ahead, in 48 kHz samples. */
const opusDelay = 312;
/** Encoders stamp in milliseconds and some round badly; a larger step is a hole. */
const soundToleranceMs = 100;
const reportEveryMs = 1_000;
/** So many pictures are held back to see whether there are B-frames. */
const lookAt = 4;

/** Two seconds; an encoder that sends no picture by then is heard as soon as it does. */
const maxWaitingSound = 100;

export const bFrameNotice =
  'Your encoder sends B-frames, which live viewers cannot take. They are converted here, which costs quality and ' +
  'delay: set B-frames to 0 (in x264: tune "zerolatency").';
export const bFrameFailure =
  'Your encoder sends B-frames, and converting them is not possible here: viewers get the delayed stream only. Set ' +
  'B-frames to 0 (in x264: tune "zerolatency").';

interface Picture {
  readonly dtsMs: number;
  readonly compositionMs: number;
  readonly isKey: boolean;
  readonly data: Buffer;
}

export class RtmpPublisher implements RtmpTagSink {
  readonly #av: Av;
  readonly #feed: FeedConnection;
  readonly #onProblem: (problem: string) => void;
  readonly #video = new RtpPacketiser(videoPt, randomInt(1, 0xffff_ffff), randomInt(0, 0xffff));
  readonly #audio = new RtpPacketiser(audioPt, randomInt(1, 0xffff_ffff), randomInt(0, 0xffff));
  readonly #base = randomInt(0, 0x7fff_ffff);
  readonly #wallAtZeroMs: { value: number | null } = { value: null };
  #sets: { sps: Buffer; pps: Buffer; lengthBytes: number } | null = null;
  #waiting: Picture[] | null = [];
  #waitingSound: Buffer[] = [];
  #hasBFrames = false;
  #transcoder: Transcoder | null = null;
  #transcodingFailed = false;
  #decoder: AudioDecoder | null = null;
  #encoder: OpusEncoder | null = null;
  #soundMs: number | null = null;
  #soundSamples = 0;
  #nextReportMs = 0;
  #problems = new Set<string>();

  constructor(av: Av, feed: FeedConnection, onProblem: (problem: string) => void) {
    this.#av = av;
    this.#feed = feed;
    this.#onProblem = onProblem;
    feed.onMessage((message) => {
      if (message.kind === 'keyframe-request') this.#transcoder?.wantKeyframe();
    });
  }

  tag(kind: 'audio' | 'video', timestampMs: number, body: Buffer): void {
    if (kind === 'video') this.#takeVideo(timestampMs, body);
    else this.#takeAudio(timestampMs, body);
  }

  gone(): void {
    this.#feed.send({ kind: 'end' });
    this.#feed.close();
    this.#transcoder?.stop();
    this.#decoder?.free();
    this.#encoder?.free();
    this.#decoder = null;
    this.#encoder = null;
  }

  #takeVideo(dtsMs: number, body: Buffer): void {
    const tag = readVideoTag(body);
    switch (tag.kind) {
      case 'configuration':
        this.#sets = tag;
        return;
      case 'unsupported':
        this.#problem(`The encoder sends ${tag.codec}; set it to H.264.`);
        return;
      case 'picture':
        this.#picture({ dtsMs, compositionMs: tag.compositionMs, isKey: tag.isKey, data: tag.data });
        return;
      case 'other':
        return;
    }
  }

  #picture(picture: Picture): void {
    const found = picture.compositionMs !== 0 && !this.#hasBFrames;
    this.#hasBFrames ||= found;
    if (this.#waiting === null) {
      if (found) this.#describe();
      this.#sendPicture(picture);
      return;
    }
    this.#waiting.push(picture);
    if (this.#waiting.length < lookAt && !found) return;
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#describe();
    for (const held of waiting) this.#sendPicture(held);
    for (const packet of this.#waitingSound) this.#send('audio', packet);
    this.#waitingSound = [];
  }

  /** Tells the SFU what comes, now or from here on. */
  #describe(): void {
    if (this.#hasBFrames && this.#transcoder === null && !this.#transcodingFailed) this.#startTranscoder();
    const broken = this.#hasBFrames && this.#transcoder === null;
    const notice = broken ? bFrameFailure : this.#hasBFrames ? bFrameNotice : null;
    this.#feed.send({ kind: 'source', source: 'rtmp', videoPt, audioPt, webrtcPlayable: !broken, notice });
  }

  #startTranscoder(): void {
    const sets = this.#sets;
    if (sets === null) return;
    this.#transcoder = new Transcoder(this.#av, sets, {
      picture: (ptsMs, nals) => this.#sendNals(ptsMs, nals, 0),
      failed: () => {
        this.#transcoder = null;
        this.#transcodingFailed = true;
        this.#describe();
      },
    });
  }

  #sendPicture({ dtsMs, compositionMs, isKey, data }: Picture): void {
    const sets = this.#sets;
    if (sets === null) return;
    this.#clock(dtsMs);
    if (this.#transcoder !== null) {
      this.#transcoder.push({ ptsMs: dtsMs + compositionMs, isKey, data });
      return;
    }
    const nals = splitLengthPrefixed(data, sets.lengthBytes).filter((nal) => isSliceOrSet(nal));
    if (nals.length === 0) return;
    const first = isKey ? [sets.sps, sets.pps, ...nals.filter((nal) => !isSet(nal))] : nals;
    this.#sendNals(dtsMs + compositionMs, first, compositionMs * videoClock);
  }

  #sendNals(ptsMs: number, nals: readonly Buffer[], compositionTicks: number): void {
    const timestamp = this.#base + Math.round(ptsMs * videoClock);
    for (const packet of this.#video.picture(timestamp, nals, compositionTicks)) this.#send('video', packet);
  }

  #takeAudio(timestampMs: number, body: Buffer): void {
    const tag = readAudioTag(body);
    switch (tag.kind) {
      case 'configuration':
        this.#decoder?.free();
        this.#decoder = createAacDecoder(this.#av, tag.config);
        this.#soundMs = null;
        return;
      case 'frame':
        this.#sound(timestampMs, tag.data);
        return;
      case 'unsupported':
        this.#problem(`The encoder sends sound as ${tag.codec}; set it to AAC.`);
        return;
      case 'other':
        return;
    }
  }

  #sound(timestampMs: number, frame: Buffer): void {
    if (this.#decoder === null) return;
    const pcm = this.#decoder.decode(frame);
    if (pcm.length === 0) return;
    const expectedMs =
      this.#soundMs === null ? Number.NEGATIVE_INFINITY : this.#soundMs + this.#soundSamples / audioClock;
    if (Math.abs(timestampMs - expectedMs) > soundToleranceMs) {
      this.#soundMs = timestampMs;
      this.#soundSamples = 0;
      // What is left in the encoder belongs to the time before the hole.
      this.#encoder?.free();
      this.#encoder = createOpusEncoder(this.#av, opusBitRate);
    }
    this.#clock(timestampMs);
    const before = this.#soundSamples - (this.#soundSamples % 960);
    this.#soundSamples += pcm.length / 2;
    const startMs = this.#soundMs as number;
    this.#encoder?.encode(pcm).forEach((packet, index) => {
      const samples = before + index * 960 - opusDelay;
      const timestamp = this.#base + Math.round(startMs * audioClock) + samples;
      const rtp = this.#audio.opus(timestamp, packet);
      if (this.#waiting === null) this.#send('audio', rtp);
      else if (this.#waitingSound.length < maxWaitingSound) this.#waitingSound.push(rtp);
    });
  }

  /** The encoder's time 0 is the moment at which its first message came; once a second both tracks say so. */
  #clock(mediaMs: number): void {
    this.#wallAtZeroMs.value ??= Date.now() - mediaMs;
    if (mediaMs < this.#nextReportMs || this.#waiting !== null) return;
    this.#nextReportMs = mediaMs + reportEveryMs;
    const ntpMs = this.#wallAtZeroMs.value + mediaMs;
    const at = (clock: number): number => (this.#base + Math.round(mediaMs * clock)) % 0x1_0000_0000;
    this.#feed.send({ kind: 'sr', track: 'video', ntpMs, rtpTimestamp: at(videoClock) });
    this.#feed.send({ kind: 'sr', track: 'audio', ntpMs, rtpTimestamp: at(audioClock) });
  }

  #send(track: FeedTrack, packet: Buffer): void {
    this.#feed.send({ kind: 'rtp', track, packet });
  }

  #problem(problem: string): void {
    if (this.#problems.has(problem) || this.#problems.size > 4) return;
    this.#problems.add(problem);
    this.#onProblem(problem);
  }
}

const sliceTypes = new Set([1, 2, 3, 4, 5]);

function isSet(nal: Buffer): boolean {
  const type = nal.readUInt8(0) & 0x1f;
  return type === 7 || type === 8;
}

function isSliceOrSet(nal: Buffer): boolean {
  return isSet(nal) || sliceTypes.has(nal.readUInt8(0) & 0x1f);
}
