/**
 * Turns an Opus RTP packet into 20 ms of silence. Sequence and timestamp stay, so nothing is renegotiated or lost.
 * Header extensions go too (one may carry the audio level), and padding.
 */
const silence = Buffer.of(0xf8, 0xff, 0xfe);

export function silenced(packet: Buffer): Buffer {
  const headerLength = 12 + (packet.readUInt8(0) & 0x0f) * 4;
  const out = Buffer.allocUnsafe(headerLength + silence.length);
  packet.copy(out, 0, 0, headerLength);
  out.writeUInt8(out.readUInt8(0) & ~0x30, 0);
  silence.copy(out, headerLength);
  return out;
}
