/** The parts of an H.264 sequence parameter set (7.3.2.1.1) that a container needs. */
import { BitReader } from './bit-reader.ts';

export interface SpsInfo {
  readonly profile: number;
  readonly constraints: number;
  readonly level: number;
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
  readonly width: number;
  readonly height: number;
}

const profilesWithChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Null for what is no usable parameter set. */
export function parseSps(nal: Buffer): SpsInfo | null {
  if (nal.length < 4 || (nal.readUInt8(0) & 0x1f) !== 7) return null;
  const reader = new BitReader(withoutEmulationPrevention(nal.subarray(1)));
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  reader.unsigned();
  const chroma = profilesWithChroma.has(profile) ? readChroma(reader) : { format: 1, luma: 8, chroma: 8 };
  reader.unsigned();
  skipPictureOrder(reader);
  reader.unsigned();
  reader.bit();
  const widthInMacroblocks = reader.unsigned() + 1;
  const heightInMapUnits = reader.unsigned() + 1;
  const framesOnly = reader.bit();
  if (framesOnly === 0) reader.bit();
  reader.bit();
  const crop = reader.bit() === 1 ? [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()] : [];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const cropX = chroma.format === 1 || chroma.format === 2 ? 2 : 1;
  const cropY = (chroma.format === 1 ? 2 : 1) * (2 - framesOnly);
  const width = widthInMacroblocks * 16 - (left + right) * cropX;
  const height = heightInMapUnits * 16 * (2 - framesOnly) - (top + bottom) * cropY;
  const sane = !reader.overrun && width > 0 && height > 0 && width <= 16_384 && height <= 16_384;
  if (!sane) return null;
  return {
    profile,
    constraints,
    level,
    chromaFormat: chroma.format,
    bitDepthLuma: chroma.luma,
    bitDepthChroma: chroma.chroma,
    width,
    height,
  };
}

/** RFC 6381, e.g. `avc1.42e01f`. */
export function avcCodecString(sps: Buffer): string {
  return `avc1.${sps.subarray(1, 4).toString('hex')}`;
}

function readChroma(reader: BitReader): { format: number; luma: number; chroma: number } {
  const format = reader.unsigned();
  if (format === 3) reader.bit();
  const luma = reader.unsigned() + 8;
  const chroma = reader.unsigned() + 8;
  reader.bit();
  if (reader.bit() === 1) {
    const lists = format === 3 ? 12 : 8;
    for (let list = 0; list < lists; list += 1) if (reader.bit() === 1) skipScalingList(reader, list < 6 ? 16 : 64);
  }
  return { format, luma, chroma };
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i += 1) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.unsigned();
  if (type === 0) reader.unsigned();
  if (type !== 1) return;
  reader.bit();
  reader.signed();
  reader.signed();
  const cycle = Math.min(reader.unsigned(), 255);
  for (let i = 0; i < cycle; i += 1) reader.signed();
}

function withoutEmulationPrevention(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length] = byte;
    length += 1;
  }
  return out.subarray(0, length);
}
