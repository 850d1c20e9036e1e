/**
 * H.264 with B-frames to H.264 without, for WebRTC. Decodes and encodes on FFmpeg's threads, one picture at a time;
 * gives up when it falls behind, for a stream that is later and later helps nobody.
 */
import type { CodecContext, Frame, Packet } from 'node-av/lib';
import { type Av, must, setOptions } from '../av/load-av.ts';
import { avcConfiguration } from '../packager/mp4/sample-entries.ts';

export interface TranscoderSink {
  /** Parameter sets come with each key frame. */
  picture(ptsMs: number, nals: readonly Buffer[]): void;
  failed(): void;
}

export interface TranscoderInput {
  readonly ptsMs: number;
  readonly isKey: boolean;
  /** NAL units behind lengths of four bytes. */
  readonly data: Buffer;
}

/** Some seconds: an encoder that connects again sends what it kept in one go. */
const maxQueued = 150;
const keyEveryFrames = 60;
/** Of 1.0: how the picture looks against how many bits it takes; 23 is what x264 calls good. */
const quality = '23';

export class Transcoder {
  readonly #av: Av;
  readonly #sink: TranscoderSink;
  readonly #decoder: CodecContext;
  readonly #packet: Packet;
  readonly #decoded: Frame;
  readonly #encoded: Packet;
  #encoder: CodecContext | null = null;
  #queue: TranscoderInput[] = [];
  #working = false;
  #stopped = false;
  #keyWanted = true;

  constructor(av: Av, { sps, pps }: { sps: Buffer; pps: Buffer }, sink: TranscoderSink) {
    this.#av = av;
    this.#sink = sink;
    const { lib, constants } = av;
    this.#packet = new lib.Packet();
    this.#packet.alloc();
    this.#encoded = new lib.Packet();
    this.#encoded.alloc();
    this.#decoded = new lib.Frame();
    this.#decoded.alloc();
    const codec = lib.Codec.findDecoder(constants.AV_CODEC_ID_H264);
    this.#decoder = new lib.CodecContext();
    this.#decoder.allocContext3(codec);
    this.#decoder.extraData = avcConfiguration(sps, pps);
    this.#decoder.threadCount = 1;
    must(this.#decoder.open2Sync(codec, null), 'opening the H.264 decoder');
  }

  wantKeyframe(): void {
    this.#keyWanted = true;
  }

  push(input: TranscoderInput): void {
    if (this.#stopped) return;
    this.#queue.push(input);
    if (this.#queue.length > maxQueued) {
      this.stop();
      this.#sink.failed();
      return;
    }
    if (!this.#working) void this.#work();
  }

  /** Frees everything once the picture in work is done. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#queue = [];
    if (!this.#working) this.#free();
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      for (let input = this.#queue.shift(); input !== undefined; input = this.#queue.shift()) await this.#decode(input);
    } catch {
      const told = this.#stopped;
      this.#stopped = true;
      this.#queue = [];
      if (!told) this.#sink.failed();
    } finally {
      this.#working = false;
      if (this.#stopped) this.#free();
    }
  }

  async #decode({ ptsMs, isKey, data }: TranscoderInput): Promise<void> {
    this.#packet.data = data;
    this.#packet.pts = BigInt(Math.round(ptsMs));
    this.#packet.isKeyframe = isKey;
    const sent = await this.#decoder.sendPacket(this.#packet);
    this.#packet.unref();
    // A damaged picture: the decoder goes on with the next.
    if (sent < 0) return;
    while (!this.#stopped && (await this.#decoder.receiveFrame(this.#decoded)) >= 0) {
      await this.#encode(this.#decoded);
      this.#decoded.unref();
    }
  }

  async #encode(frame: Frame): Promise<void> {
    const { constants } = this.#av;
    this.#encoder ??= this.#openEncoder(frame);
    const encoder = this.#encoder;
    frame.pictType = this.#keyWanted ? constants.AV_PICTURE_TYPE_I : constants.AV_PICTURE_TYPE_NONE;
    this.#keyWanted = false;
    must(await encoder.sendFrame(frame), 'encoding a picture');
    while ((await encoder.receivePacket(this.#encoded)) >= 0) {
      const bytes = Buffer.from(this.#encoded.data ?? []);
      const ptsMs = Number(this.#encoded.pts);
      this.#encoded.unref();
      if (!this.#stopped) this.#sink.picture(ptsMs, withoutExtras(bytes));
    }
  }

  #openEncoder(frame: Frame): CodecContext {
    const { lib, constants } = this.#av;
    const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_LIBX264);
    const encoder = new lib.CodecContext();
    encoder.allocContext3(codec);
    encoder.width = frame.width;
    encoder.height = frame.height;
    encoder.pixelFormat = constants.AV_PIX_FMT_YUV420P;
    encoder.timeBase = new lib.Rational(1, 1000);
    encoder.framerate = new lib.Rational(30, 1);
    encoder.gopSize = keyEveryFrames;
    encoder.maxBFrames = 0;
    encoder.threadCount = 2;
    const options = { preset: 'superfast', tune: 'zerolatency', profile: 'baseline', crf: quality, 'forced-idr': '1' };
    setOptions(encoder, { ...options, maxrate: '6000000', bufsize: '3000000' });
    must(encoder.open2Sync(codec, null), 'opening x264');
    return encoder;
  }

  #free(): void {
    this.#decoder.freeContext();
    this.#encoder?.freeContext();
    this.#encoder = null;
    this.#packet.free();
    this.#encoded.free();
    this.#decoded.free();
  }
}

/** Slices and parameter sets of an Annex B stream. */
function withoutExtras(bytes: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  const code = Buffer.of(0, 0, 1);
  let start = bytes.indexOf(code);
  while (start !== -1) {
    const next = bytes.indexOf(code, start + 3);
    let end = next === -1 ? bytes.length : next;
    while (next !== -1 && end > start + 3 && bytes[end - 1] === 0) end -= 1;
    const nal = bytes.subarray(start + 3, end);
    const type = (nal[0] ?? 0) & 0x1f;
    if ((type >= 1 && type <= 5) || type === 7 || type === 8) nals.push(nal);
    start = next;
  }
  return nals;
}
