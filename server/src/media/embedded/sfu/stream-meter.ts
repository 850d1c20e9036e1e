/** What a stream is like, from the RTP received: rates, frames, key frames, picture size. */
import { parseSps } from '../packager/sps.ts';

const windowMs = 3_000;
/** Gaps longer than this do not count as media received. */
const longestGapMs = 10_000;

interface Second {
  readonly at: number;
  videoBytes: number;
  audioBytes: number;
  frames: number;
  expected: number;
  received: number;
}

export interface StreamMeasure {
  readonly videoKbps: number;
  readonly audioKbps: number;
  readonly framesPerSecond: number;
  readonly packetLoss: number;
  readonly keyframeIntervalMs: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

export class StreamMeter {
  receivedMs: number;
  lastPacketAt: number | null = null;
  #seconds: Second[] = [];
  #frameTimestamp: number | null = null;
  #keyTimestamp: number | null = null;
  #keyframeIntervalMs: number | null = null;
  #size: { readonly width: number; readonly height: number } | null = null;

  constructor(receivedMs: number) {
    this.receivedMs = receivedMs;
  }

  sawAudio(packet: Buffer, now: number): void {
    this.#tick(now);
    this.#second(now).audioBytes += packet.length;
  }

  sawVideo(packet: Buffer, now: number): void {
    this.#tick(now);
    const second = this.#second(now);
    second.videoBytes += packet.length;
    const timestamp = packet.readUInt32BE(4);
    if (timestamp !== this.#frameTimestamp) {
      this.#frameTimestamp = timestamp;
      second.frames += 1;
    }
    this.#inspect(packet, timestamp);
  }

  sawLoss(expected: number, received: number, now: number): void {
    const second = this.#second(now);
    second.expected += expected;
    second.received += received;
  }

  /** A publisher came or went: what was measured of the other one does not describe this one. */
  reset(): void {
    this.#seconds = [];
    this.#frameTimestamp = null;
    this.#keyTimestamp = null;
    this.#keyframeIntervalMs = null;
  }

  measure(now: number): StreamMeasure {
    const recent = this.#seconds.filter((second) => now - second.at < windowMs);
    const oldest = recent[0];
    const elapsed = oldest === undefined ? 1 : Math.max(0.5, (now - oldest.at) / 1000);
    const sum = (pick: (second: Second) => number): number => recent.reduce((total, second) => total + pick(second), 0);
    const expected = sum((second) => second.expected);
    const lost = Math.max(0, expected - sum((second) => second.received));
    return {
      videoKbps: Math.round((sum((second) => second.videoBytes) * 8) / 1000 / elapsed),
      audioKbps: Math.round((sum((second) => second.audioBytes) * 8) / 1000 / elapsed),
      framesPerSecond: Math.round((sum((second) => second.frames) / elapsed) * 10) / 10,
      packetLoss: expected === 0 ? 0 : Math.min(1, lost / expected),
      keyframeIntervalMs: this.#keyframeIntervalMs,
      width: this.#size?.width ?? null,
      height: this.#size?.height ?? null,
    };
  }

  #tick(now: number): void {
    const gap = this.lastPacketAt === null ? 0 : now - this.lastPacketAt;
    if (gap <= longestGapMs) this.receivedMs += gap;
    this.lastPacketAt = now;
  }

  #second(now: number): Second {
    const last = this.#seconds.at(-1);
    if (last !== undefined && now - last.at < 500) return last;
    const second: Second = { at: now, videoBytes: 0, audioBytes: 0, frames: 0, expected: 0, received: 0 };
    this.#seconds.push(second);
    while (this.#seconds.length > 0 && now - (this.#seconds[0] as Second).at > windowMs) this.#seconds.shift();
    return second;
  }

  /** Looks at the first NAL unit (RFC 6184); in STAP-A at each. */
  #inspect(packet: Buffer, timestamp: number): void {
    const at = payloadStart(packet);
    const type = (packet[at] ?? 0) & 0x1f;
    if (type === 24) {
      for (let nal = at + 1; nal + 3 <= packet.length; ) {
        const length = packet.readUInt16BE(nal);
        this.#sawNal((packet[nal + 2] ?? 0) & 0x1f, packet.subarray(nal + 2, nal + 2 + length), timestamp);
        nal += 2 + length;
      }
    } else if (type === 28) {
      const fragment = packet[at + 1] ?? 0;
      if (fragment & 0x80) this.#sawNal(fragment & 0x1f, null, timestamp);
    } else this.#sawNal(type, packet.subarray(at), timestamp);
  }

  #sawNal(type: number, nal: Buffer | null, timestamp: number): void {
    if (type === 7 && nal !== null) this.#size = parseSps(nal) ?? this.#size;
    if (type !== 5 || timestamp === this.#keyTimestamp) return;
    if (this.#keyTimestamp !== null) {
      this.#keyframeIntervalMs = Math.round(((timestamp - this.#keyTimestamp) >>> 0) / 90);
    }
    this.#keyTimestamp = timestamp;
  }
}

export function payloadStart(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const start = 12 + (first & 0x0f) * 4;
  if ((first & 0x10) === 0 || start + 4 > packet.length) return start;
  return start + 4 + packet.readUInt16BE(start + 2) * 4;
}
