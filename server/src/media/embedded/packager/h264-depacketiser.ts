/**
 * H.264 from RTP (RFC 6184, packetization modes 0 and 1): packets in, access units out. After a loss everything is
 * dropped until the next IDR, because a picture that refers to a lost one would show garbage.
 */
import type { RtpPacket } from './rtp-packet.ts';

export const nalType = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, stapA: 24, fuA: 28 } as const;

export interface AccessUnit {
  /** Presentation time on the RTP clock. */
  readonly timestamp: number;
  readonly compositionTicks: number;
  readonly isKey: boolean;
  /** Coded slices only, in order. */
  readonly nals: readonly Buffer[];
  /** Parameter sets in force. */
  readonly sps: Buffer;
  readonly pps: Buffer;
}

/** No picture is larger; a peer that never sets the marker must not fill the memory. */
const maxUnitBytes = 8 * 1024 * 1024;

export class H264Depacketiser {
  readonly #deliver: (unit: AccessUnit) => void;
  readonly #wantKeyframe: () => void;
  #sps: Buffer | null = null;
  #pps: Buffer | null = null;
  #waitingForIdr = true;
  #timestamp: number | null = null;
  #compositionTicks = 0;
  #nals: Buffer[] = [];
  #bytes = 0;
  #fragments: Buffer[] | null = null;

  constructor(deliver: (unit: AccessUnit) => void, wantKeyframe: () => void) {
    this.#deliver = deliver;
    this.#wantKeyframe = wantKeyframe;
  }

  push(packet: RtpPacket, gap: boolean): void {
    if (gap) this.#lose();
    // A lost marker: the new timestamp says that the picture before has ended.
    if (this.#timestamp !== null && packet.timestamp !== this.#timestamp) this.#finish();
    this.#timestamp = packet.timestamp;
    this.#compositionTicks = packet.compositionTicks;
    this.#readPayload(packet.payload);
    if (this.#bytes > maxUnitBytes) this.#lose();
    if (packet.marker) this.#finish();
  }

  #readPayload(payload: Buffer): void {
    const type = payload.readUInt8(0) & 0x1f;
    if (type === nalType.stapA) {
      this.#readStapA(payload);
      return;
    }
    if (type === nalType.fuA) {
      this.#readFuA(payload);
      return;
    }
    if (type > 0 && type < nalType.stapA) this.#addNal(payload);
  }

  #readStapA(payload: Buffer): void {
    let at = 1;
    while (at + 2 < payload.length) {
      const size = payload.readUInt16BE(at);
      if (size === 0 || at + 2 + size > payload.length) return;
      this.#addNal(payload.subarray(at + 2, at + 2 + size));
      at += 2 + size;
    }
  }

  #readFuA(payload: Buffer): void {
    if (payload.length < 3) return;
    const indicator = payload.readUInt8(0);
    const header = payload.readUInt8(1);
    if (header & 0x80) this.#fragments = [Buffer.of((indicator & 0xe0) | (header & 0x1f))];
    if (this.#fragments === null) return;
    this.#fragments.push(payload.subarray(2));
    this.#bytes += payload.length;
    if (header & 0x40) {
      const nal = Buffer.concat(this.#fragments);
      this.#fragments = null;
      this.#bytes -= nal.length;
      this.#addNal(nal);
    }
  }

  #addNal(nal: Buffer): void {
    const type = nal.readUInt8(0) & 0x1f;
    if (type === nalType.sps && nal.length >= 4) this.#sps = Buffer.from(nal);
    if (type === nalType.pps) this.#pps = Buffer.from(nal);
    if (type < nalType.slice || type > nalType.idr) return;
    this.#nals.push(nal);
    this.#bytes += nal.length;
  }

  #finish(): void {
    const nals = this.#nals;
    const timestamp = this.#timestamp;
    const compositionTicks = this.#compositionTicks;
    this.#nals = [];
    this.#bytes = 0;
    this.#fragments = null;
    this.#timestamp = null;
    if (nals.length === 0 || timestamp === null) return;
    const isKey = nals.some((nal) => (nal.readUInt8(0) & 0x1f) === nalType.idr);
    if (this.#waitingForIdr) {
      if (!isKey || this.#sps === null || this.#pps === null) {
        this.#wantKeyframe();
        return;
      }
      this.#waitingForIdr = false;
    }
    if (this.#sps === null || this.#pps === null) return;
    this.#deliver({ timestamp, compositionTicks, isKey, nals, sps: this.#sps, pps: this.#pps });
  }

  #lose(): void {
    this.#nals = [];
    this.#bytes = 0;
    this.#fragments = null;
    this.#timestamp = null;
    this.#waitingForIdr = true;
    this.#wantKeyframe();
  }
}
