import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureMedia } from '../../../../test/kit/encoded-media.ts';
import { RtpPacketiser } from '../ingest/rtp-packetiser.ts';
import { type AccessUnit, H264Depacketiser } from './h264-depacketiser.ts';
import { opusSamples, opusSilence } from './opus-packet.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import { parseRtp, sequenceDistance, TimestampUnwrapper } from './rtp-packet.ts';

const key = (size: number): Buffer => Buffer.concat([Buffer.of(0x65), Buffer.alloc(size, 7)]);
const delta = (size: number): Buffer => Buffer.concat([Buffer.of(0x41), Buffer.alloc(size, 9)]);
const [first] = fixtureMedia().frames;
const sets = (first?.nals ?? []).filter((nal) => [7, 8].includes(nal.readUInt8(0) & 0x1f));

function receiver(depth = 16) {
  const units: AccessUnit[] = [];
  let keyframeRequests = 0;
  const depacketiser = new H264Depacketiser(
    (unit) => units.push(unit),
    () => {
      keyframeRequests += 1;
    },
  );
  const order = new ReorderBuffer(depth, (packet, gap) => depacketiser.push(packet, gap));
  const take = (bytes: Buffer): void => {
    const packet = parseRtp(bytes);
    if (packet !== null) order.push(packet);
  };
  return { units, take, order, requests: () => keyframeRequests };
}

describe('RTP to pictures', () => {
  it('gives back every picture that was packetised, in order, over the wrap-around of the sequence number', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const sender = new RtpPacketiser(102, 1, 0xfffe);
        const { units, take } = receiver();
        sizes.forEach((size, index) => {
          const nals = index === 0 ? [...sets, key(size)] : [delta(size)];
          for (const packet of sender.picture(index * 3000, nals)) take(packet);
        });
        expect(units.map((unit) => unit.nals[0]?.length)).toEqual(sizes.map((size) => size + 1));
        expect(units.map((unit) => unit.timestamp)).toEqual(sizes.map((_, index) => index * 3000));
        expect(units[0]?.isKey).toBe(true);
        expect(units.slice(1).every((unit) => !unit.isKey)).toBe(true);
      }),
    );
  });

  it('puts packets that overtook each other back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { minLength: 40, maxLength: 40 }), (jumps) => {
        const sender = new RtpPacketiser(102, 1, 65_500);
        const packets = Array.from({ length: 40 }, (_, index) =>
          sender.picture(index * 3000, index === 0 ? [...sets, key(900)] : [delta(2000)]),
        ).flat();
        // The first stays first: it says where the numbers begin.
        const [head, ...rest] = packets;
        const shuffled = rest.map((packet, index) => ({ packet, at: index + (jumps[index % jumps.length] ?? 0) }));
        shuffled.sort((a, b) => a.at - b.at);
        const { units, take, order } = receiver(16);
        take(head as Buffer);
        for (const { packet } of shuffled) take(packet);
        expect(order.lost).toBe(0);
        expect(units).toHaveLength(40);
      }),
    );
  });

  it('drops everything after a loss until the next key frame, and asks for one', () => {
    const sender = new RtpPacketiser(102, 1, 10);
    const { units, take, requests } = receiver(4);
    const send = (index: number, nals: Buffer[], lose = false): void => {
      for (const packet of sender.picture(index * 3000, nals)) if (!lose) take(packet);
    };
    send(0, [...sets, key(100)]);
    send(1, [delta(100)]);
    send(2, [delta(100)], true);
    for (let index = 3; index < 10; index += 1) send(index, [delta(100)]);
    send(10, [...sets, key(100)]);
    send(11, [delta(100)]);
    expect(requests()).toBeGreaterThan(0);
    expect(units.map((unit) => unit.timestamp / 3000)).toEqual([0, 1, 10, 11]);
  });

  it('reads parameter sets and slices that share one packet (STAP-A)', () => {
    const nals = [...sets, key(50)];
    const stap = Buffer.concat([
      Buffer.of(24),
      ...nals.map((nal) => Buffer.concat([Buffer.of(nal.length >> 8, nal.length & 255), nal])),
    ]);
    const header = Buffer.from('80e600010000000000000001', 'hex');
    const { units, take } = receiver();
    take(Buffer.concat([header, stap]));
    expect(units).toHaveLength(1);
    expect(units[0]?.sps.equals(sets[0] as Buffer)).toBe(true);
  });

  it('ends a picture at the next timestamp when its marker was lost', () => {
    const sender = new RtpPacketiser(102, 1, 1);
    const { units, take } = receiver();
    const clear = (packet: Buffer): Buffer => {
      packet[1] = (packet[1] ?? 0) & 0x7f;
      return packet;
    };
    for (const packet of sender.picture(0, [...sets, key(10)])) take(clear(packet));
    expect(units).toHaveLength(0);
    for (const packet of sender.picture(3000, [delta(10)])) take(packet);
    expect(units.map((unit) => unit.timestamp)).toEqual([0, 3000]);
  });

  it('carries the difference between presentation and decoding time of B-frames', () => {
    const sender = new RtpPacketiser(102, 1, 1);
    const { units, take } = receiver();
    for (const packet of sender.picture(6000, [...sets, key(3000)], 6000)) take(packet);
    for (const packet of sender.picture(3000, [delta(10)], -90)) take(packet);
    expect(units.map((unit) => unit.compositionTicks)).toEqual([6000, -90]);
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 0, maxLength: 80 }), { maxLength: 60 }), (packets) => {
        const { take } = receiver();
        for (const bytes of packets) take(Buffer.from(bytes));
      }),
    );
  });

  it('never throws on payloads with a valid RTP header in any order', () => {
    const payload = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(3), fc.boolean(), payload), { maxLength: 60 }), (packets) => {
        const { take } = receiver(4);
        for (const [sequence, timestamp, marker, body] of packets) {
          const header = Buffer.from('806600000000000000000001', 'hex');
          header[1] = marker ? 0xe6 : 0x66;
          header.writeUInt16BE(sequence, 2);
          header.writeUInt32BE(timestamp, 4);
          take(Buffer.concat([header, body]));
        }
      }),
    );
  });
});

describe('RTP numbers', () => {
  it('measures distances over the wrap-around', () => {
    expect(sequenceDistance(65_535, 1)).toBe(2);
    expect(sequenceDistance(1, 65_535)).toBe(-2);
  });

  it('follows timestamps over any number of wrap-arounds, and back a little', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -90_000, max: 2 ** 30 }), { maxLength: 50 }), (steps) => {
        const unwrapper = new TimestampUnwrapper();
        let expected = 4_000_000_000;
        expect(unwrapper.unwrap(expected)).toBe(expected);
        for (const step of steps) {
          expected += step;
          if (expected < 0) return;
          expect(unwrapper.unwrap(expected % 2 ** 32)).toBe(expected);
        }
      }),
    );
  });

  it('takes a jump of the sequence number as a new sender', () => {
    const seen: [number, boolean][] = [];
    const order = new ReorderBuffer(4, (packet, gap) => seen.push([packet.sequence, gap]));
    const base = { payloadType: 1, marker: true, timestamp: 0, payload: Buffer.of(1), compositionTicks: 0 };
    for (const sequence of [10, 11, 40_000, 40_001]) order.push({ ...base, sequence });
    expect(seen).toEqual([
      [10, false],
      [11, false],
      [40_000, true],
      [40_001, false],
    ]);
  });
});

describe('Opus packets', () => {
  it('say how long they are', () => {
    expect(opusSamples(opusSilence)).toBe(960);
    expect(opusSamples(Buffer.of(0x0b, 0x03))).toBe(960 * 3);
    expect(opusSamples(Buffer.alloc(0))).toBe(0);
    expect(opusSamples(fixtureMedia().opus[3] as Buffer)).toBe(960);
  });

  it('are never longer than 120 ms, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4 }), (bytes) => {
        const samples = opusSamples(Buffer.from(bytes));
        expect(samples).toBeGreaterThanOrEqual(0);
        expect(samples).toBeLessThanOrEqual(5760);
      }),
    );
  });
});
