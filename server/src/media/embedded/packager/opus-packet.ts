/** What an Opus packet (RFC 6716, section 3) says about itself. */

/** 20 ms of silence at any bit rate: CELT, fullband, stereo, one frame. */
export const opusSilence = Buffer.of(0xfc, 0xff, 0xfe);

/** Samples at 48 kHz; 0 for a packet that no decoder would take. */
export function opusSamples(packet: Buffer): number {
  if (packet.length === 0) return 0;
  const toc = packet.readUInt8(0);
  const frames = frameCount(packet, toc & 0x03);
  const samples = frames * frameSamples(toc >> 3);
  return samples <= 5760 ? samples : 0;
}

function frameCount(packet: Buffer, code: number): number {
  if (code === 0) return 1;
  if (code < 3) return 2;
  return packet.length < 2 ? 0 : packet.readUInt8(1) & 0x3f;
}

function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3] as number;
  if (config < 16) return [480, 960][config & 1] as number;
  return [120, 240, 480, 960][config & 3] as number;
}
