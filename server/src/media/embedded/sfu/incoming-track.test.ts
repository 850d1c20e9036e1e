import { describe, expect, it } from 'vitest';
import { IncomingTrack } from './incoming-track.ts';

function packet(sequence: number, ssrc = 7): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
}

function receive(track: IncomingTrack, sequences: readonly number[], now = 0): string[] {
  return sequences.map((sequence) => track.accept(packet(sequence), now));
}

describe('receiving RTP', () => {
  it('asks for each lost packet again until it came', () => {
    const track = new IncomingTrack(90_000);
    receive(track, [65_534, 65_535, 2], 1_000);
    expect(track.missing(1_000)).toEqual([0, 1]);
    expect(track.missing(1_010)).toEqual([]);
    expect(track.accept(packet(0), 1_020)).toBe('take');
    expect(track.missing(1_060)).toEqual([1]);
    expect(track.missing(2_500)).toEqual([]);
  });

  it('throws repetitions away', () => {
    const track = new IncomingTrack(90_000);
    expect(receive(track, [1, 2, 2, 1, 3])).toEqual(['restart', 'take', 'drop', 'drop', 'take']);
  });

  it('reports loss as a share of 256 since the last report', () => {
    const track = new IncomingTrack(90_000);
    receive(track, [1, 2, 3, 4]);
    expect(track.report(0)).toMatchObject({ fractionLost: 0, totalLost: 0, highestSequence: 4 });
    receive(track, [5, 7, 8, 10]);
    expect(track.report(0)).toMatchObject({ fractionLost: Math.floor((2 * 256) / 6), totalLost: 2 });
    receive(track, [11]);
    expect(track.report(0)).toMatchObject({ fractionLost: 0, totalLost: 2 });
  });

  it('counts turns of the sequence counter in the extended number', () => {
    const track = new IncomingTrack(90_000);
    receive(track, [65_535, 0, 1]);
    expect(track.report(0)?.highestSequence).toBe(0x1_0001);
  });

  it('tells a sender that began anew from packets that are late', () => {
    const track = new IncomingTrack(90_000);
    receive(track, [30_000]);
    const verdicts = receive(
      track,
      Array.from({ length: 30 }, (_, index) => 100 + index),
    );
    expect(verdicts.indexOf('restart')).toBe(19);
    expect(verdicts.slice(20)).toEqual(Array(10).fill('take'));
    expect(track.accept(packet(5, 8), 0)).toBe('restart');
  });

  it('says how old the last sender report is', () => {
    const track = new IncomingTrack(48_000);
    receive(track, [1]);
    const report = { ssrc: 7, rtpTimestamp: 0, packetCount: 0, octetCount: 0 };
    track.sawSenderReport({ ...report, ntpSeconds: 0x1234_5678, ntpFraction: 0x9abc_def0 }, 500);
    expect(track.report(1_500)).toMatchObject({ lastSenderReport: 0x5678_9abc, delaySinceLastSenderReport: 65_536 });
  });
});
