/**
 * One outgoing RTP stream of a room, the same for all its viewers: whoever publishes, its sequence numbers and
 * timestamps run on under one SSRC. A publisher that comes back, or a co-host who takes the slot, is for viewers
 * and the packager no more than a pause. (Sequence numbers are never reset: SRTP would not survive it.)
 */
import { randomInt } from 'node:crypto';
import type { SenderReport } from './rtcp.ts';

/** Two seconds of 4 Mbit/s video: how far back a viewer may ask. */
const historySize = 1024;
/** Largest pause put into the timeline at once; 32 bits of 90 kHz hold thirteen hours. */
const largestPauseMs = 3_600_000;

export class SlotTrack {
  readonly kind: 'video' | 'audio';
  readonly clockRate: number;
  readonly ssrc = randomInt(1, 0xffff_ffff);
  /** The last packets as they went out, by sequence number. Never changed after they were stored. */
  readonly #history: (Buffer | undefined)[] = new Array(historySize);
  #sequenceOffset = 0;
  #timestampOffset = 0;
  #lastSequence = randomInt(0, 0x4000);
  #lastTimestamp = randomInt(0, 0x7fff_ffff);
  #lastAt: number | null = null;
  #sourceChanged = true;
  packetCount = 0;
  octetCount = 0;

  constructor(kind: 'video' | 'audio') {
    this.kind = kind;
    this.clockRate = kind === 'video' ? 90_000 : 48_000;
  }

  /** The next packet comes from another source. */
  changeSource(): void {
    this.#sourceChanged = true;
  }

  /** Rewrites `packet` in place into this slot's numbering and keeps it. */
  push(packet: Buffer, now: number): void {
    const sequence = packet.readUInt16BE(2);
    const timestamp = packet.readUInt32BE(4);
    if (this.#sourceChanged) this.#join(sequence, timestamp, now);
    const outSequence = (sequence + this.#sequenceOffset) & 0xffff;
    const outTimestamp = (timestamp + this.#timestampOffset) >>> 0;
    packet.writeUInt16BE(outSequence, 2);
    packet.writeUInt32BE(outTimestamp, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    this.#history[outSequence % historySize] = packet;
    if (((outSequence - this.#lastSequence) & 0xffff) < 0x8000) {
      this.#lastSequence = outSequence;
      this.#lastTimestamp = outTimestamp;
      this.#lastAt = now;
    }
    this.packetCount += 1;
    this.octetCount += packet.length - 12;
  }

  #join(sequence: number, timestamp: number, now: number): void {
    this.#sourceChanged = false;
    const pauseMs = this.#lastAt === null ? 0 : Math.min(largestPauseMs, Math.max(1, now - this.#lastAt));
    const resumeAt = this.#lastTimestamp + Math.round((pauseMs * this.clockRate) / 1000);
    this.#sequenceOffset = (this.#lastSequence + 1 - sequence) & 0xffff;
    this.#timestampOffset = (resumeAt - timestamp) | 0;
  }

  /** A sender report of the source, as this slot's own. Null before the source's first packet. */
  rewriteReport(report: SenderReport): SenderReport | null {
    if (this.#sourceChanged) return null;
    return {
      ...report,
      ssrc: this.ssrc,
      rtpTimestamp: (report.rtpTimestamp + this.#timestampOffset) >>> 0,
      packetCount: this.packetCount,
      octetCount: this.octetCount,
    };
  }

  /** A packet of the recent past, or undefined when it is too old or never was. */
  recall(sequence: number): Buffer | undefined {
    const packet = this.#history[sequence % historySize];
    return packet !== undefined && packet.readUInt16BE(2) === sequence ? packet : undefined;
  }

  forget(): void {
    this.#history.fill(undefined);
  }
}
