/** x264 by node-av, set up so that every WebRTC and HLS client can play it: baseline, no B-frames, a key frame a second. */
import { type Av, must, setOptions } from '../../media/embedded/av/load-av.ts';
import type { Canvas } from './canvas.ts';
import { picture } from './scenes.ts';

export interface EncodedFrame {
  /** Annex B. Key frames carry their parameter sets. */
  readonly bytes: Buffer;
  readonly isKeyFrame: boolean;
}

export interface H264Encoder {
  encode(canvas: Canvas): readonly EncodedFrame[];
  finish(): readonly EncodedFrame[];
}

const bitRate = 450_000;

export function createH264Encoder({ lib, constants }: Av): H264Encoder {
  const codec = lib.Codec.findEncoderByName(constants.FF_ENCODER_LIBX264);
  const context = new lib.CodecContext();
  context.allocContext3(codec);
  context.width = picture.width;
  context.height = picture.height;
  context.pixelFormat = constants.AV_PIX_FMT_YUV420P;
  context.timeBase = new lib.Rational(1, picture.framesPerSecond);
  context.framerate = new lib.Rational(picture.framesPerSecond, 1);
  context.gopSize = picture.framesPerSecond;
  context.maxBFrames = 0;
  context.bitRate = BigInt(bitRate);
  setOptions(context, {
    preset: 'superfast',
    profile: 'baseline',
    'x264-params': 'scenecut=0:level=3.1:vbv-maxrate=700:vbv-bufsize=500',
  });
  must(context.open2Sync(codec, null), 'opening the H.264 encoder');
  const packet = new lib.Packet();
  packet.alloc();
  let pts = 0n;

  const received = (): EncodedFrame[] => {
    const frames: EncodedFrame[] = [];
    while (context.receivePacketSync(packet) >= 0) {
      if (packet.data !== null) frames.push({ bytes: Buffer.from(packet.data), isKeyFrame: packet.isKeyframe });
      packet.unref();
    }
    return frames;
  };

  return {
    encode: (canvas) => {
      const frame = lib.Frame.fromVideoBuffer(canvas.bytes, {
        width: canvas.width,
        height: canvas.height,
        format: constants.AV_PIX_FMT_YUV420P,
        pts,
        timeBase: { num: 1, den: picture.framesPerSecond },
      });
      pts += 1n;
      must(context.sendFrameSync(frame), 'encoding H.264');
      frame.free();
      return received();
    },
    finish: () => {
      must(context.sendFrameSync(null), 'finishing H.264');
      const rest = received();
      context.freeContext();
      packet.free();
      return rest;
    },
  };
}
