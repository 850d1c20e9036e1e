/** An encoder that publishes by RTMP, made of node-av: what OBS or ffmpeg would send. */
import type { Av } from '../../src/media/embedded/av/load-av.ts';
import { must } from '../../src/media/embedded/av/load-av.ts';
import { lengthPrefixed } from '../../src/media/embedded/packager/length-prefixed.ts';
import { avcConfiguration } from '../../src/media/embedded/packager/mp4/sample-entries.ts';
import { type EncodedFrame, makeMedia } from './encoded-media.ts';

export interface RtmpEncoderOptions {
  readonly url: string;
  readonly bFrames?: number;
  readonly sampleRate?: number;
  readonly channels?: 1 | 2;
  readonly width?: number;
  readonly height?: number;
}

export interface RtmpEncoder {
  /** Null while it runs; what FFmpeg said when the server cut the connection. */
  readonly failure: Promise<number | null>;
  stop(): Promise<void>;
}

const gopSeconds = 1;
const loopSeconds = 4;

/** Publishes in real time until stopped. Rejects when the server refuses. */
export async function publishRtmp(av: Av, options: RtmpEncoderOptions): Promise<RtmpEncoder> {
  const { lib, constants } = av;
  const { bFrames = 0, sampleRate = 48_000, channels = 2, width = 320, height = 180 } = options;
  const media = makeMedia(av, { seconds: loopSeconds, keyEverySeconds: gopSeconds, bFrames, width, height });
  const aac = encodeAac(av, loopSeconds, sampleRate, channels);

  const format = new lib.FormatContext();
  must(format.allocOutputContext2(null, 'flv', options.url), 'preparing FLV');
  const video = format.newStream(null);
  const sets = parameterSets(media.frames);
  video.codecpar.codecType = constants.AVMEDIA_TYPE_VIDEO;
  video.codecpar.codecId = constants.AV_CODEC_ID_H264;
  video.codecpar.width = width;
  video.codecpar.height = height;
  video.codecpar.extradata = avcConfiguration(sets.sps, sets.pps);
  const audio = format.newStream(null);
  must(aac.describe(audio.codecpar), 'describing AAC');
  must(await format.openOutput(), 'connecting');
  must(await format.writeHeader(null), 'publishing');

  const toMs = new lib.Rational(1, 1000);
  let stopped = false;
  const packet = new lib.Packet();
  packet.alloc();
  const write = async (stream: number, data: Buffer, dtsMs: number, ptsMs: number, isKey: boolean): Promise<void> => {
    packet.data = data;
    packet.streamIndex = stream;
    packet.dts = BigInt(Math.round(dtsMs));
    packet.pts = BigInt(Math.round(ptsMs));
    packet.timeBase = toMs;
    packet.isKeyframe = isKey;
    must(await format.writeFrame(packet), 'sending');
    packet.unref();
  };
  const run = async (): Promise<number | null> => {
    const startedAt = performance.now();
    const frameMs = 1000 / media.framesPerSecond;
    const delayFrames = -Math.min(0, ...media.frames.map((frame) => frame.dts));
    for (let frame = 0, block = 0; !stopped; ) {
      const videoMs = frame * frameMs;
      const audioMs = (block * 1024 * 1000) / sampleRate;
      const due = Math.min(videoMs, audioMs) - (performance.now() - startedAt);
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      if (videoMs <= audioMs) {
        const round = Math.floor(frame / media.frames.length) * media.frames.length;
        const picture = media.frames[frame % media.frames.length] as EncodedFrame;
        const data = lengthPrefixed(picture.nals.filter((nal) => !isSet(nal)));
        const at = (ticks: number): number => (ticks + round + delayFrames) * frameMs;
        await write(0, data, at(picture.dts), at(picture.pts), picture.isKey);
        frame += 1;
      } else {
        await write(1, aac.blocks[block % aac.blocks.length] as Buffer, audioMs, audioMs, true);
        block += 1;
      }
    }
    return null;
  };
  const failure = run().catch(() => -1);
  return {
    failure,
    stop: async () => {
      stopped = true;
      await failure;
      await format.writeTrailer();
      await format.closeOutput();
      packet.free();
    },
  };
}

const isSet = (nal: Buffer): boolean => [6, 7, 8, 9].includes(nal.readUInt8(0) & 0x1f);

function parameterSets(frames: readonly EncodedFrame[]): { sps: Buffer; pps: Buffer } {
  const [first] = frames;
  const sps = first?.nals.find((nal) => (nal.readUInt8(0) & 0x1f) === 7);
  const pps = first?.nals.find((nal) => (nal.readUInt8(0) & 0x1f) === 8);
  if (sps === undefined || pps === undefined) throw new Error('the first picture has no parameter sets');
  return { sps, pps };
}

type Parameters = InstanceType<Av['lib']['CodecParameters']>;

function encodeAac(av: Av, seconds: number, sampleRate: number, channels: 1 | 2) {
  const { lib, constants } = av;
  const layout = channels === 1 ? constants.AV_CHANNEL_LAYOUT_MONO : constants.AV_CHANNEL_LAYOUT_STEREO;
  const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_AAC);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.sampleRate = sampleRate;
  context.channelLayout = layout;
  context.sampleFormat = constants.AV_SAMPLE_FMT_FLTP;
  context.bitRate = 96_000n;
  context.timeBase = new lib.Rational(1, sampleRate);
  context.setFlags(constants.AV_CODEC_FLAG_GLOBAL_HEADER);
  must(context.open2Sync(codec, null), 'opening the AAC encoder');
  const blocks: Buffer[] = [];
  const packet = new lib.Packet();
  packet.alloc();
  for (let block = 0; block < (seconds * sampleRate) / 1024; block += 1) {
    const plane = new Float32Array(1024 * channels);
    for (let i = 0; i < 1024; i += 1) {
      const value = 0.3 * Math.sin((2 * Math.PI * 440 * (block * 1024 + i)) / sampleRate);
      for (let channel = 0; channel < channels; channel += 1) plane[channel * 1024 + i] = value;
    }
    const frame = lib.Frame.fromAudioBuffer(Buffer.from(plane.buffer), {
      nbSamples: 1024,
      format: constants.AV_SAMPLE_FMT_FLTP,
      sampleRate,
      channelLayout: layout,
      pts: BigInt(block * 1024),
    });
    must(context.sendFrameSync(frame), 'encoding AAC');
    frame.free();
    while (context.receivePacketSync(packet) >= 0) {
      blocks.push(Buffer.from(packet.data ?? []));
      packet.unref();
    }
  }
  packet.free();
  return { blocks, describe: (parameters: Parameters) => parameters.fromContext(context) };
}
