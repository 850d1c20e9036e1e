import { describe, expect, test } from 'vitest';
import { cutOf, type MomentFacts, momentOf } from './moment-policy.ts';

const START = Date.parse('2026-11-20T20:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

const RUNNING: MomentFacts['stream'] = {
  isActive: true,
  records: true,
  startedAt: at(0),
  lastMediaAt: at(1000),
  endedAt: null,
  mediaMs: 0,
};
const ENDED: MomentFacts['stream'] = {
  ...RUNNING,
  isActive: false,
  lastMediaAt: at(600),
  endedAt: at(610),
  mediaMs: 600_000,
};
const RING = { isLive: true, receivedMs: 600_000 };
const facts = (fields: Partial<MomentFacts>): MomentFacts => ({
  writtenAt: at(590),
  now: at(600),
  stream: RUNNING,
  ring: RING,
  recording: null,
  ...fields,
});
const shown = (fields: Partial<MomentFacts>) => momentOf(facts(fields), '/ring');

describe('the picture of a moment', () => {
  test.each([
    ['ten seconds ago', at(590), { kind: 'ring', url: '/ring', secondsAgo: 10 }],
    ['59 seconds ago', at(541), { kind: 'ring', url: '/ring', secondsAgo: 59 }],
    [
      'a minute ago',
      at(540),
      { kind: 'recording', url: '/ring', fromSeconds: 0, momentSeconds: 30, isApproximate: true },
    ],
  ])('of a running stream, %s', (_when, writtenAt, moment) => {
    expect(shown({ writtenAt })).toEqual(moment);
  });

  test('of a running stream that keeps nothing is gone after a minute', () => {
    expect(shown({ writtenAt: at(500), stream: { ...RUNNING, records: false } })).toMatchObject({
      because: 'not_recorded',
    });
  });

  test('is none before any video came, or where this engine has none', () => {
    expect(shown({ ring: { isLive: true, receivedMs: 5_000 } })).toMatchObject({ because: 'before_video' });
    expect(shown({ ring: null })).toMatchObject({ because: 'no_media' });
    expect(shown({ ring: { isLive: true, receivedMs: 0 } })).toMatchObject({ because: 'no_media' });
  });

  test('of an interrupted stream is counted back from where it stopped', () => {
    const stream = { ...RUNNING, lastMediaAt: at(595) };
    expect(shown({ stream, ring: { ...RING, isLive: false }, now: at(900) })).toEqual({
      kind: 'ring',
      url: '/ring',
      secondsAgo: 5,
    });
  });

  test('stands in the finished recording, from 30 s before', () => {
    const recording = { url: '/video', durationMs: 600_000 };
    expect(shown({ writtenAt: at(300), stream: ENDED, ring: null, recording })).toEqual({
      kind: 'recording',
      url: '/video',
      fromSeconds: 270,
      momentSeconds: 300,
      isApproximate: false,
    });
    expect(shown({ writtenAt: at(10), stream: ENDED, ring: null, recording })).toMatchObject({ fromSeconds: 0 });
  });

  test('is said to be about there when the broadcast paused, and nowhere before the recording began', () => {
    const recording = { url: '/video', durationMs: 400_000 };
    const stream = { ...ENDED, mediaMs: 400_000 };
    expect(shown({ writtenAt: at(300), stream, ring: null, recording })).toMatchObject({
      momentSeconds: 100,
      isApproximate: true,
    });
    expect(shown({ writtenAt: at(100), stream, ring: null, recording })).toMatchObject({ because: 'before_video' });
  });

  test('is refused where the recording is hidden, and missing where there is none', () => {
    expect(shown({ stream: ENDED, recording: 'not_allowed' })).toMatchObject({ because: 'not_allowed' });
    expect(shown({ stream: ENDED })).toMatchObject({ because: 'no_media' });
    expect(shown({ stream: { ...ENDED, records: false } })).toMatchObject({ because: 'not_recorded' });
  });

  test.each([
    [0, 30, 0],
    [10.2, 41, 0],
    [30, 60, 0],
    [59.9, 60, 0],
    [60, 40, 50],
    [600, 40, 590],
    [-2, 28, 0],
  ])('cut %s s after the line takes %i s that ended %i s ago', (ago, seconds, endingSecondsAgo) => {
    expect(cutOf(at(0), at(ago))).toEqual({ seconds, endingSecondsAgo });
  });
});
