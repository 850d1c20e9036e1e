/** One outgoing RTP stream: numbers packets, and tells how its timestamps relate to the clock on the wall. */
import { unixMsToNtp, writeSenderReport } from '../../media/embedded/sfu/rtcp.ts';

export interface RtpSenderOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly clockRate: number;
  readonly send: (packet: Buffer) => void;
}

export class RtpSender {
  readonly #options: RtpSenderOptions;
  #sequence = Math.floor(Math.random() * 0x8000);
  #packets = 0;
  #octets = 0;

  constructor(options: RtpSenderOptions) {
    this.#options = options;
  }

  /** `seconds` since the stream began. */
  send(payload: Buffer, seconds: number, marker: boolean): void {
    const { ssrc, payloadType, send } = this.#options;
    const head = Buffer.alloc(12);
    head.writeUInt8(0x80, 0);
    head.writeUInt8((marker ? 0x80 : 0) | payloadType, 1);
    head.writeUInt16BE(this.#sequence, 2);
    head.writeUInt32BE(this.#ticks(seconds), 4);
    head.writeUInt32BE(ssrc, 8);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#packets += 1;
    this.#octets += payload.length;
    send(Buffer.concat([head, payload]));
  }

  /** Without these a viewer cannot keep picture and sound together. */
  report(seconds: number, unixMs: number): void {
    this.#options.send(
      writeSenderReport({
        ssrc: this.#options.ssrc,
        ...unixMsToNtp(unixMs),
        rtpTimestamp: this.#ticks(seconds),
        packetCount: this.#packets,
        octetCount: this.#octets,
      }),
    );
  }

  #ticks(seconds: number): number {
    return Math.round(seconds * this.#options.clockRate) % 2 ** 32;
  }
}
