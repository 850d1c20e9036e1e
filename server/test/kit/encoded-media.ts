/** H.264 and Opus to feed media tests with: a tiny fixture for everywhere, or made by node-av where it is installed. */
import { createOpusEncoder, opusFrame } from '../../src/media/embedded/av/audio-codecs.ts';
import { type Av, must, setOptions } from '../../src/media/embedded/av/load-av.ts';
import { parseSps } from '../../src/media/embedded/packager/sps.ts';
import { syntheticFrames, syntheticOpus } from './synthetic-media.ts';

export interface EncodedFrame {
  /** Without start codes; parameter sets first where the encoder wrote them. */
  readonly nals: readonly Buffer[];
  readonly isKey: boolean;
  /** In frames, from the start. */
  readonly dts: number;
  readonly pts: number;
}

export interface EncodedMedia {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly frames: readonly EncodedFrame[];
  /** 20 ms each. */
  readonly opus: readonly Buffer[];
}

/** The loop that every test has: a second of picture and sound, begins with a key frame. */
export function fixtureMedia(): EncodedMedia {
  const sps = syntheticFrames[0]?.find((nal) => (nal.readUInt8(0) & 0x1f) === 7);
  const info = sps === undefined ? null : parseSps(sps);
  if (info === null) throw new Error('the synthetic media has no parameter set');
  const frames = syntheticFrames.map((nals, index) => ({ nals, isKey: index === 0, dts: index, pts: index }));
  return { width: info.width, height: info.height, framesPerSecond: 30, frames, opus: syntheticOpus };
}

export interface MediaWish {
  readonly seconds: number;
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  readonly keyEverySeconds?: number;
  readonly bFrames?: number;
  readonly bitRate?: number;
  readonly audioBitRate?: number;
  /** A picture that needs its bits, for benchmarks. */
  readonly noise?: boolean;
}

export function makeMedia(av: Av, wish: MediaWish): EncodedMedia {
  const { seconds, width = 320, height = 180, framesPerSecond = 30, keyEverySeconds = 2, bFrames = 0 } = wish;
  const { lib, constants } = av;
  const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_LIBX264);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = constants.AV_PIX_FMT_YUV420P;
  context.timeBase = new lib.Rational(1, framesPerSecond);
  context.framerate = new lib.Rational(framesPerSecond, 1);
  context.gopSize = Math.round(framesPerSecond * keyEverySeconds);
  context.maxBFrames = bFrames;
  context.bitRate = BigInt(wish.bitRate ?? 200_000);
  context.threadCount = 1;
  const quick = bFrames === 0 ? { tune: 'zerolatency', profile: 'baseline' } : { profile: 'main' };
  const steady = { 'x264-params': `scenecut=0:keyint_min=${context.gopSize}:bframes=${bFrames}:b-adapt=0:annexb=1` };
  setOptions(context, { preset: bFrames === 0 ? 'ultrafast' : 'veryfast', ...quick, ...steady });
  must(context.open2Sync(codec, null), 'opening x264');
  const packet = new lib.Packet();
  packet.alloc();
  const frames: EncodedFrame[] = [];
  const drain = (): void => {
    while (context.receivePacketSync(packet) >= 0) {
      const nals = splitAnnexB(Buffer.from(packet.data ?? []));
      frames.push({ nals, isKey: packet.isKeyframe, dts: Number(packet.dts), pts: Number(packet.pts) });
      packet.unref();
    }
  };
  for (let i = 0; i < seconds * framesPerSecond; i += 1) {
    const frame = lib.Frame.fromVideoBuffer(movingSquare(width, height, i, wish.noise === true), {
      width,
      height,
      format: constants.AV_PIX_FMT_YUV420P,
      pts: BigInt(i),
    });
    must(context.sendFrameSync(frame), 'encoding a picture');
    frame.free();
    drain();
  }
  must(context.sendFrameSync(null), 'finishing the picture');
  drain();
  packet.free();
  context.freeContext();
  return { width, height, framesPerSecond, frames, opus: makeSound(av, wish) };
}

function makeSound(av: Av, { seconds, audioBitRate = 64_000, noise = false }: MediaWish): Buffer[] {
  const encoder = createOpusEncoder(av, audioBitRate);
  const packets: Buffer[] = [];
  for (let block = 0; block < seconds * 50; block += 1) {
    const pcm = noise ? chord(block * opusFrame, opusFrame) : tone(block * opusFrame, opusFrame);
    packets.push(...encoder.encode(pcm));
  }
  encoder.free();
  return packets;
}

/** Costs an encoder what speech and music do; a pure tone costs FFmpeg's AAC three times as much. */
function chord(firstSample: number, samples: number): Float32Array {
  const pcm = new Float32Array(samples * 2);
  for (let i = 0; i < samples; i += 1) {
    const angle = (2 * Math.PI * (firstSample + i)) / 48_000;
    const hiss = 0.05 * (Math.random() - 0.5);
    const value = 0.2 * Math.sin(440 * angle) + 0.1 * Math.sin(1234 * angle) + 0.1 * Math.sin(97 * angle) + hiss;
    pcm[i * 2] = value;
    pcm[i * 2 + 1] = value * 0.9;
  }
  return pcm;
}

/** Interleaved stereo at 48 kHz. */
export function tone(firstSample: number, samples: number, hertz = 440): Float32Array {
  const pcm = new Float32Array(samples * 2);
  for (let i = 0; i < samples; i += 1) {
    const value = 0.3 * Math.sin((2 * Math.PI * hertz * (firstSample + i)) / 48_000);
    pcm[i * 2] = value;
    pcm[i * 2 + 1] = value;
  }
  return pcm;
}

function movingSquare(width: number, height: number, index: number, noise: boolean): Buffer {
  const luma = width * height;
  const bytes = Buffer.alloc((luma * 3) / 2, 128);
  bytes.fill(40, 0, luma);
  if (noise) for (let at = 0; at < luma; at += 7) bytes[at] = (at * 31 + index * 97) % 256;
  const side = Math.floor(height / 4);
  const left = (index * 3) % (width - side);
  for (let y = side; y < side * 2; y += 1) bytes.fill(210, y * width + left, y * width + left + side);
  return bytes;
}

export function splitAnnexB(bytes: Buffer): Buffer[] {
  const starts: { code: number; nal: number }[] = [];
  for (let i = 0; i + 2 < bytes.length; i += 1) {
    if (bytes[i] !== 0 || bytes[i + 1] !== 0 || bytes[i + 2] !== 1) continue;
    starts.push({ code: i > 0 && bytes[i - 1] === 0 ? i - 1 : i, nal: i + 3 });
  }
  return starts.map(({ nal }, index) => bytes.subarray(nal, starts[index + 1]?.code ?? bytes.length));
}
