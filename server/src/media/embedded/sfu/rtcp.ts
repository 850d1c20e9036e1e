/**
 * RTCP (RFC 3550, 4585, 5104, REMB draft), as much as an SFU needs. The library's own receiving session swallows
 * sender reports, without which viewers cannot keep lips in sync; so reading and writing are ours.
 */

export interface ReportBlock {
  readonly ssrc: number;
  /** 0–255: lost since the last report, of 256. */
  readonly fractionLost: number;
  readonly totalLost: number;
  readonly highestSequence: number;
  readonly jitter: number;
  readonly lastSenderReport: number;
  readonly delaySinceLastSenderReport: number;
}

export interface SenderReport {
  readonly ssrc: number;
  /** NTP time: seconds since 1900, and their fraction of 2^32. */
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  readonly packetCount: number;
  readonly octetCount: number;
}

export type RtcpItem =
  | ({ readonly type: 'sender-report' } & SenderReport)
  | { readonly type: 'keyframe-request' }
  | { readonly type: 'nack'; readonly mediaSsrc: number; readonly sequences: readonly number[] }
  | { readonly type: 'bye' };

const senderReportType = 200;
const receiverReportType = 201;
const byeType = 203;
const transportFeedbackType = 205;
const payloadFeedbackType = 206;
const unixToNtpSeconds = 2_208_988_800;

/** RTP and RTCP share a transport (RFC 5761). */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** Reads a compound packet; what it does not know, or what is cut short, it skips. */
export function readRtcp(packet: Buffer): RtcpItem[] {
  const items: RtcpItem[] = [];
  let at = 0;
  while (at + 8 <= packet.length) {
    const end = at + (packet.readUInt16BE(at + 2) + 1) * 4;
    if (packet.readUInt8(at) >> 6 !== 2 || end > packet.length) break;
    const item = readItem(packet.subarray(at, end));
    if (item !== null) items.push(item);
    at = end;
  }
  return items;
}

function readItem(item: Buffer): RtcpItem | null {
  const format = item.readUInt8(0) & 0x1f;
  switch (item.readUInt8(1)) {
    case senderReportType:
      if (item.length < 28) return null;
      return {
        type: 'sender-report',
        ssrc: item.readUInt32BE(4),
        ntpSeconds: item.readUInt32BE(8),
        ntpFraction: item.readUInt32BE(12),
        rtpTimestamp: item.readUInt32BE(16),
        packetCount: item.readUInt32BE(20),
        octetCount: item.readUInt32BE(24),
      };
    case byeType:
      return { type: 'bye' };
    case transportFeedbackType:
      return format === 1 ? readNack(item) : null;
    case payloadFeedbackType:
      // PLI is 1, FIR is 4: for an SFU they ask for the same.
      return format === 1 || format === 4 ? { type: 'keyframe-request' } : null;
    default:
      return null;
  }
}

function readNack(item: Buffer): RtcpItem | null {
  if (item.length < 16) return null;
  const sequences: number[] = [];
  for (let at = 12; at + 4 <= item.length; at += 4) {
    const first = item.readUInt16BE(at);
    const following = item.readUInt16BE(at + 2);
    sequences.push(first);
    for (let bit = 0; bit < 16; bit += 1) if (following & (1 << bit)) sequences.push((first + bit + 1) & 0xffff);
  }
  return { type: 'nack', mediaSsrc: item.readUInt32BE(8), sequences };
}

/** Also the head that every compound packet must start with; without blocks it is that alone. */
export function writeReceiverReport(senderSsrc: number, blocks: readonly ReportBlock[]): Buffer {
  const packet = header(receiverReportType, blocks.length, 8 + blocks.length * 24, senderSsrc);
  blocks.forEach((block, index) => {
    const at = 8 + index * 24;
    packet.writeUInt32BE(block.ssrc, at);
    packet.writeUInt8(block.fractionLost, at + 4);
    packet.writeIntBE(Math.max(-0x80_0000, Math.min(0x7f_ffff, block.totalLost)), at + 5, 3);
    packet.writeUInt32BE(block.highestSequence >>> 0, at + 8);
    packet.writeUInt32BE(block.jitter >>> 0, at + 12);
    packet.writeUInt32BE(block.lastSenderReport >>> 0, at + 16);
    packet.writeUInt32BE(block.delaySinceLastSenderReport >>> 0, at + 20);
  });
  return packet;
}

export function writeSenderReport(report: SenderReport): Buffer {
  const packet = header(senderReportType, 0, 28, report.ssrc);
  packet.writeUInt32BE(report.ntpSeconds >>> 0, 8);
  packet.writeUInt32BE(report.ntpFraction >>> 0, 12);
  packet.writeUInt32BE(report.rtpTimestamp >>> 0, 16);
  packet.writeUInt32BE(report.packetCount >>> 0, 20);
  packet.writeUInt32BE(report.octetCount >>> 0, 24);
  return packet;
}

/** The stream ends. */
export function writeBye(ssrc: number): Buffer {
  return Buffer.concat([writeReceiverReport(ssrc, []), header(byeType, 1, 8, ssrc)]);
}

export function writePli(senderSsrc: number, mediaSsrc: number): Buffer {
  const packet = header(payloadFeedbackType, 1, 12, senderSsrc);
  packet.writeUInt32BE(mediaSsrc, 8);
  return packet;
}

/** `sequences` ascending (modulo 2^16), so that runs fit into the bit masks. */
export function writeNack(senderSsrc: number, mediaSsrc: number, sequences: readonly number[]): Buffer {
  const pairs: { first: number; mask: number }[] = [];
  for (const sequence of sequences) {
    const last = pairs.at(-1);
    const ahead = last === undefined ? 0 : (sequence - last.first) & 0xffff;
    if (last !== undefined && ahead >= 1 && ahead <= 16) last.mask |= 1 << (ahead - 1);
    else pairs.push({ first: sequence, mask: 0 });
  }
  const packet = header(transportFeedbackType, 1, 12 + pairs.length * 4, senderSsrc);
  packet.writeUInt32BE(mediaSsrc, 8);
  pairs.forEach(({ first, mask }, index) => {
    packet.writeUInt16BE(first, 12 + index * 4);
    packet.writeUInt16BE(mask, 14 + index * 4);
  });
  return packet;
}

/** Receiver estimated maximum bitrate: lets a browser send up to this. */
export function writeRemb(senderSsrc: number, bitsPerSecond: number, ssrcs: readonly number[]): Buffer {
  const packet = header(payloadFeedbackType, 15, 20 + ssrcs.length * 4, senderSsrc);
  const exponent = Math.max(0, Math.ceil(Math.log2(bitsPerSecond / 0x3ffff)));
  const mantissa = Math.floor(bitsPerSecond / 2 ** exponent);
  packet.write('REMB', 12, 'ascii');
  packet.writeUInt8(ssrcs.length, 16);
  packet.writeUInt8((exponent << 2) | (mantissa >> 16), 17);
  packet.writeUInt16BE(mantissa & 0xffff, 18);
  ssrcs.forEach((ssrc, index) => {
    packet.writeUInt32BE(ssrc, 20 + index * 4);
  });
  return packet;
}

function header(type: number, count: number, length: number, ssrc: number): Buffer {
  const packet = Buffer.alloc(length);
  packet.writeUInt8(0x80 | count, 0);
  packet.writeUInt8(type, 1);
  packet.writeUInt16BE(length / 4 - 1, 2);
  packet.writeUInt32BE(ssrc, 4);
  return packet;
}

export function ntpToUnixMs(ntpSeconds: number, ntpFraction: number): number {
  return (ntpSeconds - unixToNtpSeconds) * 1000 + (ntpFraction * 1000) / 2 ** 32;
}

export function unixMsToNtp(unixMs: number): { ntpSeconds: number; ntpFraction: number } {
  const seconds = Math.floor(unixMs / 1000);
  return {
    ntpSeconds: seconds + unixToNtpSeconds,
    ntpFraction: Math.floor(((unixMs - seconds * 1000) / 1000) * 2 ** 32),
  };
}
