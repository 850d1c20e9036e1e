/** The bodies of RTMP audio and video messages, which are FLV tags. */
import { BitReader } from '../packager/bit-reader.ts';

export type VideoTag =
  | { readonly kind: 'configuration'; readonly sps: Buffer; readonly pps: Buffer; readonly lengthBytes: number }
  | { readonly kind: 'picture'; readonly isKey: boolean; readonly compositionMs: number; readonly data: Buffer }
  | { readonly kind: 'unsupported'; readonly codec: string }
  | { readonly kind: 'other' };

const avc = 7;
/** Enhanced RTMP: a FourCC instead of a codec number. */
const videoCodecs: Readonly<Record<string, string>> = { hvc1: 'HEVC', av01: 'AV1', vp09: 'VP9', vp08: 'VP8' };

export function readVideoTag(body: Buffer): VideoTag {
  if (body.length < 5) return { kind: 'other' };
  const head = body.readUInt8(0);
  if (head & 0x80) return readEnhancedVideo(body, head);
  if ((head & 0x0f) !== avc) return { kind: 'unsupported', codec: `FLV video codec ${head & 0x0f}` };
  const isKey = ((head >> 4) & 0x07) === 1;
  return readAvc(body.readUInt8(1), isKey, body.readIntBE(2, 3), body.subarray(5));
}

function readEnhancedVideo(body: Buffer, head: number): VideoTag {
  const fourCc = body.toString('latin1', 1, 5);
  if (fourCc !== 'avc1') return { kind: 'unsupported', codec: videoCodecs[fourCc] ?? 'an unknown video codec' };
  const isKey = ((head >> 4) & 0x07) === 1;
  const type = head & 0x0f;
  if (type === 0) return readAvc(0, isKey, 0, body.subarray(5));
  if (type === 1 && body.length > 8) return readAvc(1, isKey, body.readIntBE(5, 3), body.subarray(8));
  if (type === 3) return readAvc(1, isKey, 0, body.subarray(5));
  return { kind: 'other' };
}

function readAvc(type: number, isKey: boolean, compositionMs: number, data: Buffer): VideoTag {
  if (type === 0) return readConfiguration(data) ?? { kind: 'other' };
  return type === 1 ? { kind: 'picture', isKey, compositionMs, data } : { kind: 'other' };
}

/** AVCDecoderConfigurationRecord. */
function readConfiguration(record: Buffer): VideoTag | null {
  if (record.length < 11) return null;
  const lengthBytes = (record.readUInt8(4) & 0x03) + 1;
  const spsEnd = 8 + record.readUInt16BE(6);
  if (spsEnd + 3 > record.length) return null;
  const ppsEnd = spsEnd + 3 + record.readUInt16BE(spsEnd + 1);
  if (ppsEnd > record.length) return null;
  const sps = Buffer.from(record.subarray(8, spsEnd));
  const pps = Buffer.from(record.subarray(spsEnd + 3, ppsEnd));
  return sps.length < 4 || pps.length === 0 ? null : { kind: 'configuration', sps, pps, lengthBytes };
}

/** NAL units behind their lengths; stops at the first that does not fit. */
export function splitLengthPrefixed(data: Buffer, lengthBytes: number): Buffer[] {
  const nals: Buffer[] = [];
  let at = 0;
  while (at + lengthBytes < data.length) {
    const length = data.readUIntBE(at, lengthBytes);
    const start = at + lengthBytes;
    if (length === 0 || start + length > data.length) break;
    nals.push(data.subarray(start, start + length));
    at = start + length;
  }
  return nals;
}

export type AudioTag =
  | { readonly kind: 'configuration'; readonly config: Buffer }
  | { readonly kind: 'frame'; readonly data: Buffer }
  | { readonly kind: 'unsupported'; readonly codec: string }
  | { readonly kind: 'other' };

const aac = 10;
const enhancedAudio = 9;

export function readAudioTag(body: Buffer): AudioTag {
  if (body.length < 3) return { kind: 'other' };
  const format = body.readUInt8(0) >> 4;
  if (format === enhancedAudio) {
    if (body.length < 7 || body.toString('latin1', 1, 5) !== 'mp4a') return { kind: 'unsupported', codec: 'not AAC' };
    return readAac(body.readUInt8(0) & 0x0f, body.subarray(5));
  }
  if (format !== aac) return { kind: 'unsupported', codec: `FLV sound format ${format}` };
  return readAac(body.readUInt8(1), body.subarray(2));
}

function readAac(type: number, data: Buffer): AudioTag {
  if (type === 1) return { kind: 'frame', data };
  if (type !== 0 || !isAudioConfig(data)) return { kind: 'other' };
  return { kind: 'configuration', config: Buffer.from(data) };
}

/** Object type, rate and channels that a decoder can be opened with. */
function isAudioConfig(config: Buffer): boolean {
  const reader = new BitReader(config);
  const objectType = reader.bits(5);
  const rateIndex = reader.bits(4);
  if (rateIndex === 15) reader.bits(24);
  const channels = reader.bits(4);
  const known = objectType === 2 || objectType === 5 || objectType === 29;
  return known && rateIndex !== 13 && rateIndex !== 14 && channels <= 7 && !reader.overrun;
}
