/** Stills for previews: key frames only, at most one every two seconds, decoded and made into small WebP. */
import type { CodecContext } from 'node-av/lib';
import type { OutputInfo, Sharp } from 'sharp';
import { type Av, must } from '../av/load-av.ts';
import { avcConfiguration } from './mp4/sample-entries.ts';
import type { VideoTrack } from './mp4/tracks.ts';

const everyMs = 1_800;
const kept = 6;
const widthPixels = 320;
const quality = 60;

export class Stills {
  readonly #av: Av | null;
  readonly #now: () => number;
  readonly #images: Buffer[] = [];
  #decoder: { track: VideoTrack; context: CodecContext } | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #busy: Promise<void> | null = null;

  constructor(av: Av | null, now: () => number) {
    this.#av = av;
    this.#now = now;
  }

  /** Oldest first. */
  get images(): readonly Buffer[] {
    return this.#images;
  }

  /** A key frame as stored in MP4. Skipped while the last one is still in work. */
  keyFrame(track: VideoTrack, data: Buffer): void {
    if (this.#av === null || this.#busy !== null || this.#now() - this.#lastMs < everyMs) return;
    this.#lastMs = this.#now();
    this.#busy = this.#make(this.#av, track, data)
      .catch(() => {
        // A picture that the decoder cannot read is no preview; the stream itself does not need it.
      })
      .finally(() => {
        this.#busy = null;
      });
  }

  async free(): Promise<void> {
    await this.#busy;
    this.#decoder?.context.freeContext();
    this.#decoder = null;
  }

  async #make(av: Av, track: VideoTrack, data: Buffer): Promise<void> {
    const picture = await this.#decode(av, track, data);
    if (picture === null) return;
    const { default: sharp } = await import('sharp');
    sharp.cache(false);
    sharp.concurrency(1);
    const raw: Sharp = sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } });
    const made: { data: Buffer; info: OutputInfo } = await raw.webp({ quality }).toBuffer({ resolveWithObject: true });
    this.#images.push(made.data);
    if (this.#images.length > kept) this.#images.shift();
  }

  async #decode(
    av: Av,
    track: VideoTrack,
    data: Buffer,
  ): Promise<{ rgb: Buffer; width: number; height: number } | null> {
    const { lib, constants } = av;
    const context = this.#decoderFor(av, track);
    const packet = new lib.Packet();
    const frame = new lib.Frame();
    packet.alloc();
    frame.alloc();
    try {
      packet.data = data;
      must(await context.sendPacket(packet), 'decoding a still');
      // End of stream makes the decoder give out the one picture; the flush makes it ready for the next.
      must(await context.sendPacket(null), 'finishing a still');
      if ((await context.receiveFrame(frame)) < 0) return null;
      const width = Math.min(widthPixels, frame.width);
      const height = Math.max(2, Math.round((frame.height * width) / frame.width));
      const scaler = new lib.SoftwareScaleContext();
      const { format } = frame as { format: typeof constants.AV_PIX_FMT_YUV420P };
      scaler.getContext(
        frame.width,
        frame.height,
        format,
        width,
        height,
        constants.AV_PIX_FMT_RGB24,
        constants.SWS_AREA,
      );
      const rgb = Buffer.alloc(width * height * 3 + 64);
      const planes = frame.data ?? [];
      must(await scaler.scale(planes, frame.linesize, 0, frame.height, [rgb], [width * 3]), 'scaling a still');
      scaler.freeContext();
      return { rgb: rgb.subarray(0, width * height * 3), width, height };
    } finally {
      context.flushBuffers();
      packet.free();
      frame.free();
    }
  }

  #decoderFor(av: Av, track: VideoTrack): CodecContext {
    if (this.#decoder?.track.sps.equals(track.sps) && this.#decoder.track.pps.equals(track.pps)) {
      return this.#decoder.context;
    }
    this.#decoder?.context.freeContext();
    const { lib, constants } = av;
    const codec = lib.Codec.findDecoder(constants.AV_CODEC_ID_H264);
    const context = new lib.CodecContext();
    context.allocContext3(codec);
    context.extraData = avcConfiguration(track.sps, track.pps);
    context.threadCount = 1;
    must(context.open2Sync(codec, null), 'opening the H.264 decoder');
    this.#decoder = { track, context };
    return context;
  }
}
