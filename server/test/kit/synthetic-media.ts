/**
 * Valid RTP from a one-second loop of synthetic media, for tests that need packets which a decoder accepts. The loop
 * begins with an IDR and can be begun anew at any frame, as an encoder does that was asked for a key frame.
 */
import { randomInt } from 'node:crypto';
import fixture from './synthetic-media.json' with { type: 'json' };

const mtu = 1150;
const startCode = Buffer.of(0, 0, 0, 1);

/** Access units of the loop, each as its NAL units; the first holds SPS, PPS and IDR. */
export const syntheticFrames: readonly (readonly Buffer[])[] = accessUnits(Buffer.from(fixture.h264, 'base64'));
export const syntheticOpus: readonly Buffer[] = fixture.opus.map((packet) => Buffer.from(packet, 'base64'));
export const frameTicks = 3_000;
export const opusTicks = 960;

export class RtpStream {
  readonly ssrc: number = randomInt(1, 0xffff_ffff);
  readonly payloadType: number;
  sequence: number = randomInt(0, 0x1_0000);
  timestamp: number = randomInt(0, 0xffff_ffff);
  packets = 0;
  octets = 0;

  constructor(payloadType: number) {
    this.payloadType = payloadType;
  }

  packet(payload: Buffer, marker: boolean): Buffer {
    const packet = Buffer.allocUnsafe(12 + payload.length);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8((marker ? 0x80 : 0) | this.payloadType, 1);
    packet.writeUInt16BE(this.sequence, 2);
    packet.writeUInt32BE(this.timestamp, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    payload.copy(packet, 12);
    this.sequence = (this.sequence + 1) & 0xffff;
    this.packets += 1;
    this.octets += payload.length;
    return packet;
  }

  advance(ticks: number): void {
    this.timestamp = (this.timestamp + ticks) >>> 0;
  }

  senderReport(unixMs: number): Buffer {
    const report = Buffer.alloc(28);
    report.writeUInt8(0x80, 0);
    report.writeUInt8(200, 1);
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(this.ssrc, 4);
    report.writeUInt32BE((Math.floor(unixMs / 1000) + 2_208_988_800) >>> 0, 8);
    report.writeUInt32BE(Math.floor(((unixMs % 1000) / 1000) * 2 ** 32), 12);
    report.writeUInt32BE(this.timestamp, 16);
    report.writeUInt32BE(this.packets, 20);
    report.writeUInt32BE(this.octets, 24);
    return report;
  }
}

export class SyntheticVideo extends RtpStream {
  #frame = 0;

  /** The next frame is the IDR. */
  restart(): void {
    this.#frame = 0;
  }

  /** Packets of one frame (RFC 6184, packetization-mode 1); moves on by a thirtieth of a second. */
  nextFrame(): Buffer[] {
    const nals = syntheticFrames[this.#frame] as readonly Buffer[];
    this.#frame = (this.#frame + 1) % syntheticFrames.length;
    const payloads = nals.flatMap(fragments);
    const packets = payloads.map((payload, index) => this.packet(payload, index === payloads.length - 1));
    this.advance(frameTicks);
    return packets;
  }
}

export class SyntheticAudio extends RtpStream {
  #index = 0;

  next(): Buffer {
    const packet = this.packet(syntheticOpus[this.#index] as Buffer, this.packets === 0);
    this.#index = (this.#index + 1) % syntheticOpus.length;
    this.advance(opusTicks);
    return packet;
  }
}

function fragments(nal: Buffer): Buffer[] {
  if (nal.length <= mtu) return [nal];
  const head = nal.readUInt8(0);
  const parts: Buffer[] = [];
  for (let at = 1; at < nal.length; at += mtu) {
    const first = at === 1 ? 0x80 : 0;
    const last = at + mtu >= nal.length ? 0x40 : 0;
    parts.push(
      Buffer.concat([Buffer.of((head & 0xe0) | 28, first | last | (head & 0x1f)), nal.subarray(at, at + mtu)]),
    );
  }
  return parts;
}

function accessUnits(stream: Buffer): Buffer[][] {
  const units: Buffer[][] = [];
  let unit: Buffer[] = [];
  for (const nal of nalUnits(stream)) {
    unit.push(nal);
    const type = nal.readUInt8(0) & 0x1f;
    if (type === 1 || type === 5) {
      units.push(unit);
      unit = [];
    }
  }
  return units;
}

function nalUnits(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  const code = startCode.subarray(1);
  for (let at = stream.indexOf(code); at !== -1; at = stream.indexOf(code, at + 3)) starts.push(at + 3);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    let end = next === undefined ? stream.length : next - 3;
    while (stream[end - 1] === 0) end -= 1;
    return stream.subarray(start, end);
  });
}
