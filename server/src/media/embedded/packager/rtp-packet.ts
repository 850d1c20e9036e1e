/** Reading RTP (RFC 3550) and the one header extension that our own RTMP ingest adds. */

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Buffer;
  /** Presentation minus decoding time in RTP ticks; other than 0 only for B-frames (see `compositionExtensionId`). */
  readonly compositionTicks: number;
}

/**
 * RTP carries presentation times only. HLS also needs decoding times when there are B-frames, so the RTMP ingest adds
 * the difference as an RFC 8285 one-byte extension: 24 bits, signed. Nobody negotiated it, so browsers skip it.
 */
export const compositionExtensionId = 14;
const oneByteProfile = 0xbede;

/** Null for what is no RTP packet with a payload. */
export function parseRtp(packet: Buffer): RtpPacket | null {
  if (packet.length < 13) return null;
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return null;
  let start = 12 + (first & 0x0f) * 4;
  let end = packet.length;
  let compositionTicks = 0;
  if (first & 0x10) {
    if (start + 4 > end) return null;
    const words = packet.readUInt16BE(start + 2);
    const extension = packet.subarray(start + 4, start + 4 + words * 4);
    if (packet.readUInt16BE(start) === oneByteProfile) compositionTicks = compositionOf(extension);
    start += 4 + words * 4;
  }
  if (first & 0x20) end -= packet.readUInt8(packet.length - 1);
  if (start >= end) return null;
  return {
    payloadType: packet.readUInt8(1) & 0x7f,
    marker: (packet.readUInt8(1) & 0x80) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    payload: packet.subarray(start, end),
    compositionTicks,
  };
}

function compositionOf(extension: Buffer): number {
  let at = 0;
  while (at < extension.length) {
    const head = extension.readUInt8(at);
    if (head === 0) {
      at += 1;
      continue;
    }
    const length = (head & 0x0f) + 1;
    if (head >> 4 === compositionExtensionId && length === 3 && at + 4 <= extension.length) {
      return extension.readIntBE(at + 1, 3);
    }
    at += 1 + length;
  }
  return 0;
}

/** Signed distance from `from` to `to` on a counter that wraps at 2^16. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from + 0x8000) & 0xffff) - 0x8000;
}

/** Follows a 32-bit RTP timestamp over its wrap-arounds. */
export class TimestampUnwrapper {
  #last: number | null = null;

  unwrap(timestamp: number): number {
    this.#last = this.near(timestamp) ?? timestamp;
    return this.#last;
  }

  /** The value nearest to the last one, without moving on. Null before the first. */
  near(timestamp: number): number | null {
    return this.#last === null ? null : this.#last + ((timestamp - this.#last) | 0);
  }
}
