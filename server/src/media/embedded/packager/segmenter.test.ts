import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Configuration, Part, Segment } from './live-parts.ts';
import { secondsOf } from './live-parts.ts';
import { partTargetSeconds, Segmenter, segmentTargetSeconds } from './segmenter.ts';

const track = { kind: 'video', sps: Buffer.alloc(4), pps: Buffer.alloc(1), width: 1, height: 1 } as const;
const sound = { kind: 'audio', codec: 'opus', channels: 2, config: Buffer.alloc(0) } as const;
const configuration: Configuration = { index: 1, video: track, opus: sound, aac: null };

function cutter(start: Configuration = configuration) {
  const segments: Segment[] = [];
  const parts: Part[] = [];
  const segmenter = new Segmenter(
    { msn: 100, partNumber: 1000 },
    {
      segmentStarted: (segment) => segments.push(segment),
      partDone: (_, part) => parts.push(part),
      segmentDone: () => {},
    },
  );
  segmenter.configure(start, false, null);
  const frame = (time: number, isKey: boolean): void => {
    segmenter.video({ time, isKey, compositionOffset: 0, data: Buffer.of(1) });
  };
  const opus = (time: number): void => {
    segmenter.audio('opus', { time, duration: 960, compositionOffset: 0, isKey: true, data: Buffer.of(2) });
  };
  return { segmenter, segments, parts, frame, opus };
}

describe('cutting a stream', () => {
  it.each([15, 20, 24, 25, 30, 50, 60])(
    'keeps parts within the target and above 85 %% of it at %i frames a second',
    (fps) => {
      const { frame, segments, parts, segmenter } = cutter();
      for (let index = 0; index <= fps * 8; index += 1)
        frame(Math.round((index * 90_000) / fps), index % (fps * 2) === 0);
      segmenter.flush();
      for (const segment of segments) {
        segment.parts.forEach((part, index) => {
          expect(part.seconds).toBeLessThanOrEqual(partTargetSeconds);
          if (index < segment.parts.length - 1) expect(part.seconds).toBeGreaterThanOrEqual(partTargetSeconds * 0.8);
        });
      }
      expect(segments.slice(0, 4).map(secondsOf)).toEqual([2, 2, 2, 2].map((seconds) => expect.closeTo(seconds, 3)));
      expect(segments.map((segment) => segment.parts[0]?.independent)).toEqual(segments.map(() => true));
      expect(parts.map((part) => part.number)).toEqual(parts.map((_, index) => 1000 + index));
    },
  );

  it('loses no sample and doubles none, whatever the rhythm', () => {
    const rhythm = fc.array(fc.tuple(fc.integer({ min: 100, max: 30_000 }), fc.boolean()), { maxLength: 200 });
    fc.assert(
      fc.property(rhythm, (frames) => {
        const { frame, opus, parts, segmenter, segments } = cutter();
        const times: number[] = [];
        const sounds: number[] = [];
        let at = 0;
        let soundAt = 0;
        frame(0, true);
        times.push(0);
        for (const [step, isKey] of frames) {
          at += step;
          frame(at, isKey);
          times.push(at);
          for (; soundAt / 48_000 < at / 90_000; soundAt += 960) {
            opus(soundAt);
            sounds.push(soundAt);
          }
        }
        segmenter.flush();
        expect(parts.flatMap((part) => part.video.map((sample) => sample.time))).toEqual(times);
        expect(parts.flatMap((part) => part.opus.map((sample) => sample.time))).toEqual(sounds);
        for (const part of parts) {
          part.video.forEach((sample, index) => {
            const next = part.video[index + 1];
            if (next !== undefined) expect(sample.time + sample.duration).toBe(next.time);
          });
        }
        for (const segment of segments) expect(segment.complete).toBe(true);
      }),
    );
  });

  it('cuts a segment without a key frame when none comes', () => {
    const { frame, segments } = cutter();
    for (let index = 0; index < 30 * 13; index += 1) frame(index * 3000, index === 0);
    for (const segment of segments.slice(0, 2)) expect(Math.round(secondsOf(segment))).toBe(segmentTargetSeconds);
    expect(segments[1]?.parts[0]?.independent).toBe(false);
  });

  it('does not begin a segment at every key frame that a new viewer caused', () => {
    const { frame, segments } = cutter();
    for (let index = 0; index < 30 * 6; index += 1) frame(index * 3000, index % 10 === 0);
    for (const segment of segments.slice(0, -1)) expect(secondsOf(segment)).toBeGreaterThanOrEqual(1.5);
  });

  it('lets the sound lead when there is no picture', () => {
    const { opus, segments, parts } = cutter({ ...configuration, video: null });
    for (let index = 0; index < 400; index += 1) opus(index * 960);
    expect(parts.every((part) => part.independent && part.seconds <= partTargetSeconds)).toBe(true);
    expect(segments.length).toBeGreaterThanOrEqual(3);
    expect(Math.round(secondsOf(segments[0] as Segment))).toBe(2);
  });
});
