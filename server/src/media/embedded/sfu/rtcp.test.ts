import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isRtcp,
  ntpToUnixMs,
  readRtcp,
  unixMsToNtp,
  writeBye,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeSenderReport,
} from './rtcp.ts';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });

describe('RTCP', () => {
  it('reads back every lost packet that it asks for, over the turn of the counter too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 60 }),
        (start, steps) => {
          const sequences = steps.toSorted((a, b) => a - b).map((step) => (start + step) & 0xffff);
          const [item] = readRtcp(writeNack(1, 2, sequences));
          expect(item).toEqual({ type: 'nack', mediaSsrc: 2, sequences });
        },
      ),
    );
  });

  it('reads back a sender report', () => {
    const report = fc.record({
      ssrc: u32,
      ntpSeconds: u32,
      ntpFraction: u32,
      rtpTimestamp: u32,
      packetCount: u32,
      octetCount: u32,
    });
    fc.assert(
      fc.property(report, (wanted) => {
        expect(readRtcp(writeSenderReport(wanted))).toEqual([{ type: 'sender-report', ...wanted }]);
      }),
    );
  });

  it('finds a request inside a compound packet', () => {
    const compound = Buffer.concat([writeReceiverReport(1, []), writeRemb(1, 2_500_000, [2]), writePli(1, 2)]);
    expect(isRtcp(compound)).toBe(true);
    expect(readRtcp(compound)).toEqual([{ type: 'keyframe-request' }]);
    expect(readRtcp(writeBye(7))).toEqual([{ type: 'bye' }]);
  });

  it('reads any bytes without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readRtcp(Buffer.from(bytes))));
  });

  it('carries wall-clock time to a fraction of a millisecond', () => {
    const now = 1_795_000_000_123.25;
    const { ntpSeconds, ntpFraction } = unixMsToNtp(now);
    expect(ntpToUnixMs(ntpSeconds, ntpFraction)).toBeCloseTo(now, 2);
  });

  it('encodes a bitrate that a browser reads as at most what was meant', () => {
    for (const wanted of [64_000, 2_500_000, 4_000_000, 50_000_000]) {
      const packet = writeRemb(1, wanted, [2]);
      const exponent = packet.readUInt8(17) >> 2;
      const mantissa = ((packet.readUInt8(17) & 3) << 16) | packet.readUInt16BE(18);
      const read = mantissa * 2 ** exponent;
      expect(read).toBeLessThanOrEqual(wanted);
      expect(read).toBeGreaterThan(wanted * 0.99);
    }
  });
});
