/** Opus, AAC and the resampler of node-av, as far as we need them. PCM between them is interleaved float stereo, 48 kHz. */
import type { Frame, Packet } from 'node-av/lib';
import { type Av, must, setOptions } from './load-av.ts';

export const pcmRate = 48_000;
export const pcmChannels = 2;
const bytesPerSample = 4 * pcmChannels;
/** AV_CODEC_FLAG_GLOBAL_HEADER: the AudioSpecificConfig goes into the container and not into the packets. */
const globalHeader = 1 << 22;

export interface AudioDecoder {
  /** PCM of one packet; empty when the decoder could make nothing of it. */
  decode(packet: Buffer): Float32Array;
  free(): void;
}

export function createOpusDecoder(av: Av): AudioDecoder {
  const { lib, constants } = av;
  // FFmpeg's own decoder: planar, and a third cheaper than libopus.
  const codec = lib.Codec.findDecoderByName(constants.FF_DECODER_OPUS);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.sampleRate = pcmRate;
  context.channelLayout = constants.AV_CHANNEL_LAYOUT_STEREO;
  must(context.open2Sync(codec, null), 'opening the Opus decoder');
  const packet = new lib.Packet();
  packet.alloc();
  const frame = new lib.Frame();
  frame.alloc();
  return {
    decode: (bytes) => {
      packet.data = bytes;
      const sent = context.sendPacketSync(packet);
      packet.unref();
      if (sent < 0) return new Float32Array(0);
      return receiveAll(() => context.receiveFrameSync(frame), frame, interleavedFloats);
    },
    free: () => {
      context.freeContext();
      packet.free();
      frame.free();
    },
  };
}

/** AAC as FLV and MP4 carry it: raw frames and an AudioSpecificConfig. Any rate and channel count becomes 48 kHz stereo. */
export function createAacDecoder(av: Av, config: Buffer): AudioDecoder {
  const { lib, constants } = av;
  const codec = lib.Codec.findDecoderByName(constants.FF_DECODER_AAC);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.extraData = config;
  must(context.open2Sync(codec, null), 'opening the AAC decoder');
  const packet = new lib.Packet();
  packet.alloc();
  const frame = new lib.Frame();
  frame.alloc();
  let resampler: { format: string; resample: (frame: Frame) => Float32Array } | null = null;
  return {
    decode: (bytes) => {
      packet.data = bytes;
      const sent = context.sendPacketSync(packet);
      packet.unref();
      if (sent < 0) return new Float32Array(0);
      return receiveAll(
        () => context.receiveFrameSync(frame),
        frame,
        (received) => {
          // HE-AAC is told from AAC only after some frames: then the rate doubles.
          const format = `${received.sampleRate} ${received.channels}`;
          if (resampler?.format !== format) resampler = { format, resample: createResampler(av, received) };
          return resampler.resample(received);
        },
      );
    },
    free: () => {
      context.freeContext();
      packet.free();
      frame.free();
    },
  };
}

function createResampler(av: Av, like: Frame): (frame: Frame) => Float32Array {
  const { lib, constants } = av;
  const context = new lib.SoftwareResampleContext();
  must(
    context.allocSetOpts2(
      constants.AV_CHANNEL_LAYOUT_STEREO,
      constants.AV_SAMPLE_FMT_FLT,
      pcmRate,
      like.channelLayout,
      like.format as typeof constants.AV_SAMPLE_FMT_FLTP,
      like.sampleRate,
    ),
    'setting up the resampler',
  );
  must(context.init(), 'starting the resampler');
  return (frame) => {
    const room = context.getOutSamples(frame.nbSamples);
    const out = Buffer.alloc(room * bytesPerSample);
    const made = must(
      context.convertSync([out], room, frame.extendedData ?? frame.data, frame.nbSamples),
      'resampling',
    );
    return floatsOf(out.subarray(0, made * bytesPerSample));
  };
}

/** 16 kHz mono s16, for speech recognition and fingerprints. */
export function createPcmTap(av: Av): (pcm: Float32Array) => Int16Array {
  const { lib, constants } = av;
  const context = new lib.SoftwareResampleContext();
  must(
    context.allocSetOpts2(
      constants.AV_CHANNEL_LAYOUT_MONO,
      constants.AV_SAMPLE_FMT_S16,
      16_000,
      constants.AV_CHANNEL_LAYOUT_STEREO,
      constants.AV_SAMPLE_FMT_FLT,
      pcmRate,
    ),
    'setting up the PCM tap',
  );
  must(context.init(), 'starting the PCM tap');
  return (pcm) => {
    const count = pcm.length / pcmChannels;
    const room = context.getOutSamples(count);
    const out = Buffer.alloc(room * 2);
    const made = must(context.convertSync([out], room, [bytesOf(pcm)], count), 'resampling');
    return new Int16Array(out.buffer.slice(out.byteOffset, out.byteOffset + made * 2));
  };
}

export interface AacEncoder {
  readonly config: Buffer;
  /** 1024 samples an AAC frame; the encoder is one frame behind. */
  encode(pcm: Float32Array): readonly Buffer[];
  free(): void;
}

export const aacFrame = 1024;
/** The first frame out is silence that makes room for the overlap of the transform. */
export const aacPriming = 1024;

export function createAacEncoder(av: Av, bitRate: number): AacEncoder {
  const { lib, constants } = av;
  const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_AAC);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.sampleRate = pcmRate;
  context.channelLayout = constants.AV_CHANNEL_LAYOUT_STEREO;
  context.sampleFormat = constants.AV_SAMPLE_FMT_FLTP;
  context.bitRate = BigInt(bitRate);
  context.timeBase = new lib.Rational(1, pcmRate);
  context.setFlags(globalHeader as typeof constants.AV_CODEC_FLAG_GLOBAL_HEADER);
  // The default search ("twoloop") takes three to nine times as long.
  setOptions(context, { aac_coder: 'fast' });
  must(context.open2Sync(codec, null), 'opening the AAC encoder');
  const config = Buffer.from(context.extraData ?? []);
  const packet = new lib.Packet();
  packet.alloc();
  const fifo = new SampleFifo();
  let pts = 0n;
  return {
    config,
    encode: (pcm) => {
      fifo.push(pcm);
      const out: Buffer[] = [];
      for (let block = fifo.take(aacFrame); block !== null; block = fifo.take(aacFrame)) {
        const frame = lib.Frame.fromAudioBuffer(planar(block), {
          nbSamples: aacFrame,
          format: constants.AV_SAMPLE_FMT_FLTP,
          sampleRate: pcmRate,
          channelLayout: constants.AV_CHANNEL_LAYOUT_STEREO,
          pts,
        });
        pts += BigInt(aacFrame);
        must(context.sendFrameSync(frame), 'encoding AAC');
        frame.free();
        drain(() => context.receivePacketSync(packet), packet, out);
      }
      return out;
    },
    free: () => {
      context.freeContext();
      packet.free();
    },
  };
}

export interface OpusEncoder {
  /** 20 ms an Opus packet. */
  encode(pcm: Float32Array): readonly Buffer[];
  free(): void;
}

export const opusFrame = 960;

export function createOpusEncoder(av: Av, bitRate: number): OpusEncoder {
  const { lib, constants } = av;
  const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_LIBOPUS);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.sampleRate = pcmRate;
  context.channelLayout = constants.AV_CHANNEL_LAYOUT_STEREO;
  context.sampleFormat = constants.AV_SAMPLE_FMT_FLT;
  context.bitRate = BigInt(bitRate);
  context.timeBase = new lib.Rational(1, pcmRate);
  setOptions(context, { frame_duration: '20', application: 'audio', compression_level: '5' });
  must(context.open2Sync(codec, null), 'opening the Opus encoder');
  const packet = new lib.Packet();
  packet.alloc();
  const fifo = new SampleFifo();
  let pts = 0n;
  return {
    encode: (pcm) => {
      fifo.push(pcm);
      const out: Buffer[] = [];
      for (let block = fifo.take(opusFrame); block !== null; block = fifo.take(opusFrame)) {
        const frame = lib.Frame.fromAudioBuffer(bytesOf(block), {
          nbSamples: opusFrame,
          format: constants.AV_SAMPLE_FMT_FLT,
          sampleRate: pcmRate,
          channelLayout: constants.AV_CHANNEL_LAYOUT_STEREO,
          pts,
        });
        pts += BigInt(opusFrame);
        must(context.sendFrameSync(frame), 'encoding Opus');
        frame.free();
        drain(() => context.receivePacketSync(packet), packet, out);
      }
      return out;
    },
    free: () => {
      context.freeContext();
      packet.free();
    },
  };
}

/** Blocks of a fixed size out of blocks of any size. */
class SampleFifo {
  #samples = new Float32Array(0);

  push(pcm: Float32Array): void {
    const joined = new Float32Array(this.#samples.length + pcm.length);
    joined.set(this.#samples);
    joined.set(pcm, this.#samples.length);
    this.#samples = joined;
  }

  take(frames: number): Float32Array | null {
    const length = frames * pcmChannels;
    if (this.#samples.length < length) return null;
    const block = this.#samples.slice(0, length);
    this.#samples = this.#samples.slice(length);
    return block;
  }
}

function drain(receive: () => number, packet: Packet, out: Buffer[]): void {
  while (receive() >= 0) {
    if (packet.data !== null) out.push(Buffer.from(packet.data));
    packet.unref();
  }
}

function receiveAll(receive: () => number, frame: Frame, read: (frame: Frame) => Float32Array): Float32Array {
  const blocks: Float32Array[] = [];
  while (receive() >= 0) {
    blocks.push(read(frame));
    frame.unref();
  }
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) return only;
  const joined = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.length;
  }
  return joined;
}

/** Of planar floats; a mono stream comes as one channel. */
function interleavedFloats(frame: Frame): Float32Array {
  const [first, second] = frame.data ?? [];
  if (first === undefined) return new Float32Array(0);
  const left = floatsOf(first.subarray(0, frame.nbSamples * 4));
  const right = frame.channels === 1 || second === undefined ? left : floatsOf(second.subarray(0, frame.nbSamples * 4));
  const stereo = new Float32Array(frame.nbSamples * pcmChannels);
  for (let i = 0; i < frame.nbSamples; i += 1) {
    stereo[i * 2] = left[i] as number;
    stereo[i * 2 + 1] = right[i] as number;
  }
  return stereo;
}

/** Copies: FFmpeg's memory is reused, and need not be aligned. */
function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function bytesOf(pcm: Float32Array): Buffer {
  return Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
}

function planar(interleaved: Float32Array): Buffer {
  const count = interleaved.length / 2;
  const planes = new Float32Array(interleaved.length);
  for (let i = 0; i < count; i += 1) {
    planes[i] = interleaved[i * 2] as number;
    planes[count + i] = interleaved[i * 2 + 1] as number;
  }
  return bytesOf(planes);
}
