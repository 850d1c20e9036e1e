/** H.264 (RFC 6184, packetization mode 1) and Opus (RFC 7587) to RTP. */
import { compositionExtensionId } from '../packager/rtp-packet.ts';

/** Leaves room for SRTP and tunnels below the usual 1200 bytes. */
const maxPayload = 1150;
const fuA = 28;

export class RtpPacketiser {
  readonly #payloadType: number;
  readonly #ssrc: number;
  #sequence: number;
  packets = 0;

  constructor(payloadType: number, ssrc: number, firstSequence: number) {
    this.#payloadType = payloadType;
    this.#ssrc = ssrc;
    this.#sequence = firstSequence & 0xffff;
  }

  /** One picture. `compositionTicks` other than 0 marks a stream with B-frames. */
  picture(timestamp: number, nals: readonly Buffer[], compositionTicks = 0): Buffer[] {
    const payloads = nals.flatMap((nal) => (nal.length <= maxPayload ? [[nal]] : fragments(nal)));
    return payloads.map((payload, index) =>
      this.#packet(timestamp, index === payloads.length - 1, payload, compositionTicks),
    );
  }

  opus(timestamp: number, packet: Buffer): Buffer {
    return this.#packet(timestamp, this.packets === 0, [packet], 0);
  }

  #packet(timestamp: number, marker: boolean, payload: readonly Buffer[], compositionTicks: number): Buffer {
    const header = Buffer.alloc(compositionTicks === 0 ? 12 : 20);
    header[0] = compositionTicks === 0 ? 0x80 : 0x90;
    header[1] = (marker ? 0x80 : 0) | this.#payloadType;
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE((timestamp % 0x1_0000_0000) >>> 0, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    if (compositionTicks !== 0) {
      header.writeUInt32BE(0xbede_0001, 12);
      header[16] = (compositionExtensionId << 4) | 2;
      header.writeIntBE(compositionTicks, 17, 3);
    }
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packets += 1;
    return Buffer.concat([header, ...payload]);
  }
}

function fragments(nal: Buffer): Buffer[][] {
  const head = nal.readUInt8(0);
  const out: Buffer[][] = [];
  for (let at = 1; at < nal.length; at += maxPayload - 2) {
    const end = Math.min(nal.length, at + maxPayload - 2);
    const start = at === 1 ? 0x80 : 0;
    const last = end === nal.length ? 0x40 : 0;
    out.push([Buffer.of((head & 0xe0) | fuA, start | last | (head & 0x1f)), nal.subarray(at, end)]);
  }
  return out;
}
