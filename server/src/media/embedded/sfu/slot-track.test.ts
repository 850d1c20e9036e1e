import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotTrack } from './slot-track.ts';

function packet(sequence: number, timestamp: number, ssrc: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
}

const source = fc.record({
  ssrc: fc.integer({ min: 1, max: 0xffff_ffff }),
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffff_ffff }),
  packets: fc.integer({ min: 1, max: 40 }),
  pauseMs: fc.integer({ min: 0, max: 60_000 }),
});

describe('a slot', () => {
  it('counts on without a gap and without going back in time, whoever publishes', () => {
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 6 }), (sources) => {
        const slot = new SlotTrack('video');
        let now = 1_000;
        let last: Buffer | null = null;
        for (const { ssrc, sequence, timestamp, packets, pauseMs } of sources) {
          slot.changeSource();
          now += pauseMs;
          for (let index = 0; index < packets; index += 1) {
            const out = packet(sequence + index, timestamp + index * 3_000, ssrc);
            slot.push(out, now);
            expect(out.readUInt32BE(8)).toBe(slot.ssrc);
            if (last !== null) {
              expect((out.readUInt16BE(2) - last.readUInt16BE(2)) & 0xffff).toBe(1);
              expect((out.readUInt32BE(4) - last.readUInt32BE(4)) | 0).toBeGreaterThan(0);
            }
            last = out;
            now += 33;
          }
        }
      }),
    );
  });

  it('lets a pause last as long as it did', () => {
    const slot = new SlotTrack('audio');
    const before = packet(5, 1_000, 1);
    slot.push(before, 0);
    slot.changeSource();
    const after = packet(900, 77_000, 2);
    slot.push(after, 2_000);
    expect((after.readUInt32BE(4) - before.readUInt32BE(4)) | 0).toBe(2 * 48_000);
  });

  it('keeps the order of packets that came late', () => {
    const slot = new SlotTrack('video');
    const [first, third, second] = [packet(10, 0, 1), packet(12, 6_000, 1), packet(11, 3_000, 1)];
    for (const bytes of [first, third, second]) slot.push(bytes as Buffer, 0);
    const base = (first as Buffer).readUInt16BE(2);
    expect((second as Buffer).readUInt16BE(2)).toBe((base + 1) & 0xffff);
    expect(slot.recall((base + 1) & 0xffff)).toBe(second);
    expect(slot.recall((base + 500) & 0xffff)).toBeUndefined();
  });

  it('moves sender reports by the same distance as the packets', () => {
    const slot = new SlotTrack('video');
    const report = { ssrc: 9, ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 5_000, packetCount: 1, octetCount: 1 };
    expect(slot.rewriteReport(report)).toBeNull();
    const sent = packet(1, 5_000, 9);
    slot.push(sent, 0);
    expect(slot.rewriteReport(report)).toMatchObject({ ssrc: slot.ssrc, rtpTimestamp: sent.readUInt32BE(4) });
  });
});
