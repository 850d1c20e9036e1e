import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureMedia } from '../../../../../test/kit/encoded-media.ts';
import { fragment, initSegment } from './fragment.ts';
import { progressiveFile } from './progressive.ts';
import { boxesIn, findBox, readFragment } from './read-boxes.ts';
import { readTracks } from './read-tracks.ts';
import type { AudioTrack, Sample, VideoTrack } from './tracks.ts';

const media = fixtureMedia();
const sets = (media.frames[0]?.nals ?? []).filter((nal) => [7, 8].includes(nal.readUInt8(0) & 0x1f));
const video: VideoTrack = { kind: 'video', sps: sets[0] as Buffer, pps: sets[1] as Buffer, width: 320, height: 180 };
const opus: AudioTrack = { kind: 'audio', codec: 'opus', channels: 2, config: Buffer.alloc(0) };
const aac: AudioTrack = { kind: 'audio', codec: 'aac', channels: 2, config: Buffer.from('119056e500', 'hex') };

const sampleList = fc
  .array(
    fc.record({
      duration: fc.integer({ min: 1, max: 100_000 }),
      compositionOffset: fc.integer({ min: -9000, max: 9000 }),
      isKey: fc.boolean(),
      data: fc.uint8Array({ minLength: 1, maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .chain((list) =>
    fc.nat(2 ** 45).map((start) => {
      let time = start;
      return list.map((sample): Sample => {
        const at = time;
        time += sample.duration;
        return { ...sample, time: at };
      });
    }),
  );

describe('fragments', () => {
  it('say of every sample what was written', () => {
    fc.assert(
      fc.property(sampleList, sampleList, fc.nat(2 ** 31), (pictures, sounds, sequence) => {
        const bytes = fragment(sequence, [
          { track: video, samples: pictures },
          { track: opus, samples: sounds },
        ]);
        const [moof, mdat, ...rest] = [...boxesIn(bytes)];
        expect([moof?.type, mdat?.type, rest.length]).toEqual(['moof', 'mdat', 0]);
        const runs = readFragment(moof?.body ?? Buffer.alloc(0));
        expect(runs.map((run) => run.trackId)).toEqual([1, 2]);
        for (const [run, written] of [
          [runs[0], pictures],
          [runs[1], sounds],
        ] as const) {
          let at = run?.dataOffset ?? 0;
          expect(run?.samples).toEqual(written.map(({ data, ...facts }) => ({ ...facts, size: data.length })));
          for (const sample of written) {
            expect(bytes.subarray(at, at + sample.data.length).equals(sample.data)).toBe(true);
            at += sample.data.length;
          }
        }
      }),
    );
  });

  it('leave a hole in the sound open in time', () => {
    const sample = (time: number): Sample => {
      return { time, duration: 960, compositionOffset: 0, isKey: true, data: Buffer.of(1) };
    };
    const [moof] = [...boxesIn(fragment(1, [{ track: opus, samples: [sample(0), sample(5000), sample(5960)] }]))];
    expect(readFragment(moof?.body ?? Buffer.alloc(0))[0]?.samples.map((read) => read.time)).toEqual([0, 5000, 5960]);
  });

  it('describe their tracks so that they can be read back', () => {
    for (const audio of [opus, aac]) {
      const moov = findBox(initSegment([video, audio]), ['moov']);
      expect(readTracks(moov ?? Buffer.alloc(0))).toEqual([video, audio]);
    }
  });
});

describe('progressive files', () => {
  it('point with their tables at the bytes of every sample', () => {
    fc.assert(
      fc.property(sampleList, sampleList, (pictures, sounds) => {
        const shifted = sounds.map((sample) => ({ ...sample, time: sample.time - (sounds[0]?.time ?? 0) }));
        const moved = pictures.map((sample) => ({ ...sample, time: sample.time - (pictures[0]?.time ?? 0) }));
        const { bytes } = progressiveFile([
          { track: video, samples: moved },
          { track: aac, samples: shifted },
        ]);
        const moov = findBox(bytes, ['moov']) ?? Buffer.alloc(0);
        const traks = [...boxesIn(moov)].filter((found) => found.type === 'trak');
        for (const [trak, written] of [
          [traks[0], moved],
          [traks[1], shifted],
        ] as const) {
          const table = findBox(trak?.body ?? Buffer.alloc(0), ['mdia', 'minf', 'stbl']) ?? Buffer.alloc(0);
          expect(readSampleBytes(bytes, table)).toEqual(written.map((sample) => sample.data));
          expect(readDurations(table).slice(0, -1)).toEqual(written.slice(0, -1).map((sample) => sample.duration));
        }
      }),
    );
  });
});

/** By `stsz`, `stsc` and `stco`, as a player does it. */
function readSampleBytes(file: Buffer, table: Buffer): Buffer[] {
  const sizes = findBox(table, ['stsz']) as Buffer;
  const chunks = findBox(table, ['stco']) as Buffer;
  const map = findBox(table, ['stsc']) as Buffer;
  const out: Buffer[] = [];
  const rows = map.readUInt32BE(4);
  let row = 0;
  let sample = 0;
  for (let chunk = 1; chunk <= chunks.readUInt32BE(4); chunk += 1) {
    if (row + 1 < rows && map.readUInt32BE(8 + (row + 1) * 12) === chunk) row += 1;
    let at = chunks.readUInt32BE(4 + chunk * 4);
    for (let i = 0; i < map.readUInt32BE(12 + row * 12); i += 1) {
      const size = sizes.readUInt32BE(12 + sample * 4);
      out.push(file.subarray(at, at + size));
      at += size;
      sample += 1;
    }
  }
  return out;
}

function readDurations(table: Buffer): number[] {
  const times = findBox(table, ['stts']) as Buffer;
  const out: number[] = [];
  for (let row = 0; row < times.readUInt32BE(4); row += 1) {
    for (let i = 0; i < times.readUInt32BE(8 + row * 8); i += 1) out.push(times.readUInt32BE(12 + row * 8));
  }
  return out;
}
