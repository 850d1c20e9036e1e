/** Sample entries: avc1 (ISO/IEC 14496-15), Opus (the Opus-in-ISOBMFF note), mp4a (14496-14). */
import { parseSps } from '../sps.ts';
import { box, fullBox, u8, u16, u32, zeros } from './boxes.ts';
import { type AudioTrack, audioClock, type Track, type VideoTrack } from './tracks.ts';

export function sampleEntry(track: Track): Buffer {
  if (track.kind === 'video') return avcEntry(track);
  return track.codec === 'opus' ? opusEntry(track) : aacEntry(track);
}

function avcEntry(track: VideoTrack): Buffer {
  return box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(track.width, track.height),
    u32(0x480000, 0x480000),
    zeros(4),
    u16(1),
    zeros(32),
    u16(24, 0xffff),
    box('avcC', avcConfiguration(track.sps, track.pps)),
    // Square pixels: without it some players fall back to what the SPS does not say.
    box('pasp', u32(1, 1)),
  );
}

/** AVCDecoderConfigurationRecord. */
export function avcConfiguration(sps: Buffer, pps: Buffer): Buffer {
  const profile = sps.readUInt8(1);
  const high = profile === 100 || profile === 110 || profile === 122 || profile === 144 || profile === 244;
  const info = high ? parseSps(sps) : null;
  const tail =
    info === null
      ? zeros(0)
      : u8(0xfc | info.chromaFormat, 0xf8 | (info.bitDepthLuma - 8), 0xf8 | (info.bitDepthChroma - 8), 0);
  return Buffer.concat([
    u8(1, profile, sps.readUInt8(2), sps.readUInt8(3), 0xff, 0xe1),
    u16(sps.length),
    sps,
    u8(1),
    u16(pps.length),
    pps,
    tail,
  ]);
}

function audioHead(channels: number): Buffer[] {
  return [zeros(6), u16(1), zeros(8), u16(channels, 16, 0, 0), u32(audioClock * 0x10000)];
}

function opusEntry(track: AudioTrack): Buffer {
  // No pre-skip: we join a running stream, there is no encoder start to throw away.
  const dOps = box('dOps', u8(0, track.channels), u16(0), u32(audioClock), u16(0), u8(0));
  return box('Opus', audioHead(track.channels), dOps);
}

function aacEntry(track: AudioTrack): Buffer {
  const specific = descriptor(0x05, track.config);
  const decoder = descriptor(0x04, Buffer.concat([u8(0x40, 0x15, 0, 0, 0), u32(128_000, 128_000), specific]));
  const es = descriptor(0x03, Buffer.concat([u16(trackNumber), u8(0), decoder, descriptor(0x06, u8(2))]));
  return box('mp4a', audioHead(track.channels), fullBox('esds', 0, 0, es));
}

const trackNumber = 2;

function descriptor(tag: number, body: Buffer): Buffer {
  return Buffer.concat([u8(tag, 0x80, 0x80, 0x80, body.length), body]);
}
