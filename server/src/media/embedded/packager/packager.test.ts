/** The whole packager in one process, on a clock of the test. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EncodedMedia, fixtureMedia } from '../../../../test/kit/encoded-media.ts';
import { expectConformant, expectContinues, type ReadPlaylist } from '../../../../test/kit/hls-reader.ts';
import { RtpPlayer, type RtpPlayerOptions } from '../../../../test/kit/rtp-player.ts';
import type { FeedMessage } from '../feed.ts';
import { boxesIn, findBox, readFragment } from './mp4/read-boxes.ts';
import { readTracks } from './mp4/read-tracks.ts';
import { Packager } from './packager.ts';
import { parseFileName } from './playlists.ts';

const startMs = Date.UTC(2026, 5, 1, 12);

function bench(media: EncodedMedia = fixtureMedia()) {
  let keyframeRequests = 0;
  const packager = new Packager({
    recordingFolder: null,
    minFreeBytes: 0,
    av: null,
    now: Date.now,
    requestKeyframe: () => {
      keyframeRequests += 1;
    },
    onPcm: () => {},
    onNotice: () => {},
  });
  const file = (name: string, msn?: number, part?: number) => {
    const parsed = parseFileName(name);
    if (parsed === null) throw new Error(`no such name: ${name}`);
    return packager.hls({ file: parsed, msn, part });
  };
  const run = (ms: number, player: RtpPlayer): void => {
    const from = player.positionMs;
    for (let at = 20; at <= ms; at += 20) {
      vi.advanceTimersByTime(20);
      player.advance(from + at);
      packager.tick();
    }
  };
  const playlist = async (): Promise<ReadPlaylist> => {
    const answer = await file('opus.m3u8');
    expect(answer.status).toBe(200);
    return expectConformant(answer.body.toString().replaceAll('\u0001', ''));
  };
  const begin = (options: Partial<RtpPlayerOptions> = {}, filter: (message: FeedMessage) => boolean = () => true) =>
    new RtpPlayer({
      media,
      send: (message) => {
        if (filter(message)) packager.take(message);
      },
      senderStartMs: startMs,
      ...options,
    });
  return { packager, file, run, playlist, begin, requests: () => keyframeRequests };
}

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Times of all samples of the listed segments, in seconds. */
async function samplesOf({ file, playlist }: ReturnType<typeof bench>) {
  const { segments } = await playlist();
  const tracks = { video: [] as number[], audio: [] as number[] };
  for (const { uri } of segments) {
    if (uri === null) continue;
    const { body } = await file(uri);
    for (const found of boxesIn(body)) {
      if (found.type !== 'moof') continue;
      for (const run of readFragment(found.body)) {
        for (const sample of run.samples) {
          if (run.trackId === 1) tracks.video.push((sample.time + sample.compositionOffset) / 90_000);
          else tracks.audio.push(sample.time / 48_000);
        }
      }
    }
  }
  return tracks;
}

describe('LL-HLS of a live stream', () => {
  it('offers conformant playlists that only grow', async () => {
    const stream = bench();
    const player = stream.begin();
    stream.run(6_000, player);
    let before = await stream.playlist();
    expect(before.segments.length).toBeGreaterThanOrEqual(2);
    for (let i = 0; i < 60; i += 1) {
      stream.run(500, player);
      const after = await stream.playlist();
      expectContinues(before, after);
      before = after;
    }
    expect(before.segments.length).toBeLessThanOrEqual(8);
    const parts = before.segments.filter((segment) => segment.parts.length > 0);
    expect(parts.length).toBeLessThanOrEqual(4);
  });

  it('numbers discontinuities low: hls.js walks an array of them and blocks its page for seconds otherwise', async () => {
    const stream = bench();
    stream.run(5_000, stream.begin());
    expect((await stream.playlist()).discontinuitySequence).toBeLessThan(10_000);
  });

  it('says in its index what a player must be able to decode', async () => {
    const stream = bench();
    stream.run(5_000, stream.begin());
    const { status, body } = await stream.file('index.m3u8');
    expect(status).toBe(200);
    expect(body.toString()).toMatch(
      /CODECS="avc1\.42c0[0-9a-f]{2},opus",RESOLUTION=\d+x\d+,FRAME-RATE=30\.000\nopus\.m3u8/,
    );
    expect(body.toString()).not.toContain('aac');
  });

  it('makes of the parts of a segment exactly that segment', async () => {
    const stream = bench();
    stream.run(6_000, stream.begin());
    const { segments } = await stream.playlist();
    for (const segment of segments) {
      if (segment.uri === null) continue;
      const parts = await Promise.all(segment.parts.map(async (part) => (await stream.file(part.uri)).body));
      const whole = (await stream.file(segment.uri)).body;
      expect(Buffer.concat(parts).equals(whole)).toBe(true);
    }
    const init = await stream.file(segments[0]?.map ?? '');
    expect(readTracks(findBox(init.body, ['moov']) ?? Buffer.alloc(0)).map((track) => track.kind)).toEqual([
      'video',
      'audio',
    ]);
  });

  it('keeps sound beside the picture by the sender reports', async () => {
    for (const audioDelayMs of [0, 120]) {
      const stream = bench();
      stream.run(6_000, stream.begin({ audioDelayMs }));
      const { video, audio } = await samplesOf(stream);
      // The player stamps sound that is captured at the same moment with its own clock; both begin together.
      expect(video[0]).toBe(0);
      expect(Math.abs(audio[0] ?? 9)).toBeLessThanOrEqual(0.02);
      video.slice(1).forEach((time, index) => {
        expect(time - (video[index] as number)).toBeCloseTo(1 / 30, 3);
      });
      audio.slice(1).forEach((time, index) => {
        expect(time - (audio[index] as number)).toBeCloseTo(0.02, 4);
      });
    }
  });

  it('starts without sender reports when none come', async () => {
    const stream = bench();
    stream.run(7_000, stream.begin({ reports: false }));
    const { video, audio } = await samplesOf(stream);
    expect(Math.abs((video[0] ?? 9) - (audio[0] ?? 0))).toBeLessThan(0.05);
  });

  it('asks a browser for a key frame when two seconds went by without', () => {
    const media = fixtureMedia();
    // Only the very first picture is one.
    const frames = Array.from({ length: 8 }, () => media.frames).flat();
    const rare = {
      ...media,
      frames: frames.map((frame, i) => ({
        ...frame,
        dts: i,
        pts: i,
        nals: i === 0 ? frame.nals : frame.nals.slice(-1),
      })),
    };
    const replaced = rare.frames.map((frame, i) =>
      i > 0 && i % 30 === 0 ? { ...frame, nals: media.frames[1]?.nals ?? [] } : frame,
    );
    const browser = bench({ ...rare, frames: replaced });
    const player = browser.begin();
    browser.run(1_500, player);
    expect(browser.requests()).toBe(0);
    browser.run(1_000, player);
    expect(browser.requests()).toBeGreaterThanOrEqual(1);
    const encoder = bench({ ...rare, frames: replaced });
    encoder.run(5_000, encoder.begin({ source: 'rtmp' }));
    expect(encoder.requests()).toBe(0);
  });
});

describe('waiting for what comes', () => {
  it('holds a reload until the part is there, and not longer', async () => {
    const stream = bench();
    const player = stream.begin();
    stream.run(6_000, player);
    const before = await stream.playlist();
    const newest = before.segments.at(-1);
    const open = newest?.uri === null ? newest : null;
    const msn = open?.msn ?? (newest?.msn ?? 0) + 1;
    const part = open?.parts.length ?? 0;
    let answered = false;
    const asked = stream.file('opus.m3u8', msn, part).then((answer) => {
      answered = true;
      return answer;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(answered).toBe(false);
    stream.run(400, player);
    const after = expectConformant((await asked).body.toString().replaceAll('\u0001', ''));
    expect(after.segments.find((segment) => segment.msn === msn)?.parts[part]).toBeDefined();
  });

  it('holds a request for the hinted part', async () => {
    const stream = bench();
    const player = stream.begin();
    stream.run(6_000, player);
    const { hint } = await stream.playlist();
    const asked = stream.file(hint ?? '');
    stream.run(600, player);
    const answer = await asked;
    expect(answer.status).toBe(200);
    expect([...boxesIn(answer.body)].map((found) => found.type)).toEqual(['moof', 'mdat']);
    const { segments } = await stream.playlist();
    expect(segments.flatMap((segment) => segment.parts.map((part) => part.uri))).toContain(hint);
  });

  it('refuses a reload that is too far ahead, and a part without a segment', async () => {
    const stream = bench();
    stream.run(6_000, stream.begin());
    const newest = (await stream.playlist()).segments.at(-1)?.msn ?? 0;
    expect((await stream.file('opus.m3u8', newest + 4)).status).toBe(400);
    expect((await stream.file('opus.m3u8', newest, 60)).status).toBe(400);
    expect((await stream.file('opus.m3u8', undefined, 1)).status).toBe(400);
    expect((await stream.file('opus.m3u8', newest - 3, 0)).status).toBe(200);
  });

  it('holds the first request until a player can start, and says 503 when nothing comes', async () => {
    const stream = bench();
    const player = stream.begin();
    const asked = stream.file('opus.m3u8');
    stream.run(6_000, player);
    expect(expectConformant((await asked).body.toString()).segments.length).toBeGreaterThanOrEqual(2);
    const silent = bench().file('index.m3u8');
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await silent).status).toBe(503);
  });

  it('knows nothing of files that never were', async () => {
    const stream = bench();
    stream.run(6_000, stream.begin());
    for (const name of ['opus-s1.m4s', 'opus-p1.m4s', 'opus-i1.mp4', 'opus-p999999999999.m4s', 'aac.m3u8']) {
      expect((await stream.file(name)).status).toBe(404);
    }
    for (const name of ['', '../index.m3u8', 'opus-s1.m3u8', 'opus-s-1.m4s', 'x'.repeat(500)]) {
      expect(parseFileName(name)).toBeNull();
    }
  });
});

describe('a publisher that changes', () => {
  it('goes on with a discontinuity when it comes back, and players keep their list meanwhile', async () => {
    const stream = bench();
    stream.run(6_000, stream.begin());
    const before = await stream.playlist();
    stream.packager.take({ kind: 'end' });
    const newest = before.segments.at(-1)?.msn ?? 0;
    const waiting = stream.file('opus.m3u8', newest + 1, 0);
    await vi.advanceTimersByTimeAsync(7_000);
    expect((await waiting).status).toBe(200);
    stream.run(6_000, stream.begin());
    const after = await stream.playlist();
    expect(after.segments.filter((segment) => segment.discontinuity)).toHaveLength(1);
    const { video } = await samplesOf(stream);
    for (let i = 1; i < video.length; i += 1) expect(video[i]).toBeGreaterThan(video[i - 1] as number);
  });

  it('begins a new initialisation when the picture changes its size', async () => {
    const media = fixtureMedia();
    const other = media.frames.map((frame) => ({
      ...frame,
      nals: frame.nals.map((nal) => {
        if ((nal.readUInt8(0) & 0x1f) !== 7) return nal;
        const changed = Buffer.from(nal);
        changed[3] = 40;
        return changed;
      }),
    }));
    const frames = [0, 1, 2, 3].flatMap((round) =>
      (round < 3 ? media.frames : other).map((frame, index) => ({
        ...frame,
        dts: round * 30 + index,
        pts: round * 30 + index,
      })),
    );
    const stream = bench({ ...media, frames });
    stream.run(7_000, stream.begin());
    const { segments } = await stream.playlist();
    expect(new Set(segments.map((segment) => segment.map)).size).toBeGreaterThanOrEqual(2);
    for (const [index, segment] of segments.entries()) {
      const changed = index > 0 && segment.map !== segments[index - 1]?.map;
      expect(segment.discontinuity).toBe(changed);
    }
    const { video } = await samplesOf(stream);
    for (let i = 1; i < video.length; i += 1)
      expect((video[i] as number) - (video[i - 1] as number)).toBeCloseTo(1 / 30, 3);
  });

  it('shows a picture without sound, and takes sound in when it comes', async () => {
    const stream = bench();
    let sound = false;
    const player = stream.begin({}, (message) => !('track' in message) || message.track === 'video' || sound);
    stream.run(7_000, player);
    expect((await stream.file('index.m3u8')).body.toString()).not.toContain('opus"');
    sound = true;
    stream.run(6_000, player);
    expect((await stream.file('index.m3u8')).body.toString()).toContain(',opus"');
    const { audio, video } = await samplesOf(stream);
    expect(audio.length).toBeGreaterThan(50);
    expect(Math.abs((audio.at(-1) ?? 0) - (video.at(-1) ?? 99))).toBeLessThan(0.5);
  });

  it('carries sound alone when there is no picture', async () => {
    const stream = bench();
    stream.run(9_000, stream.begin({ videoPt: null }));
    const { segments } = await stream.playlist();
    expect(segments.length).toBeGreaterThanOrEqual(2);
    expect((await stream.file('index.m3u8')).body.toString()).toContain('CODECS="opus"');
  });

  it('leaves out the time in which nothing came', async () => {
    const stream = bench();
    let silent = false;
    const player = stream.begin({}, (message) => message.kind !== 'rtp' || !silent);
    stream.run(5_000, player);
    silent = true;
    stream.run(5_000, player);
    silent = false;
    stream.run(6_000, player);
    const { segments } = await stream.playlist();
    expect(segments.filter((segment) => segment.discontinuity)).toHaveLength(1);
    const { video } = await samplesOf(stream);
    for (let i = 1; i < video.length; i += 1) expect((video[i] as number) - (video[i - 1] as number)).toBeLessThan(0.2);
  });

  it('keeps parts short when a still screen sends one picture a second', async () => {
    const media = fixtureMedia();
    const still = {
      ...media,
      framesPerSecond: 1,
      frames: media.frames.slice(0, 2).map((frame, i) => ({ ...frame, dts: i, pts: i })),
    };
    const stream = bench(still);
    stream.run(12_000, stream.begin());
    const { segments } = await stream.playlist();
    expect(segments.length).toBeGreaterThanOrEqual(3);
    const parts = segments.flatMap((segment) => segment.parts);
    expect(parts.length).toBeGreaterThan(segments.length);
  });

  it('survives loss: what follows the gap begins with a key frame, and lost sound becomes silence', async () => {
    const stream = bench();
    let counter = 0;
    const player = stream.begin({}, (message) => {
      counter += 1;
      return message.kind !== 'rtp' || counter % 37 !== 0;
    });
    stream.run(10_000, player);
    const { video, audio } = await samplesOf(stream);
    for (let i = 1; i < audio.length; i += 1)
      expect((audio[i] as number) - (audio[i - 1] as number)).toBeCloseTo(0.02, 3);
    for (let i = 1; i < video.length; i += 1) expect(video[i]).toBeGreaterThan(video[i - 1] as number);
    expect(stream.requests()).toBeGreaterThan(0);
  });
});

describe('a clip', () => {
  it('holds the last seconds from a key frame on', () => {
    const stream = bench();
    stream.run(20_000, stream.begin());
    const clip = stream.packager.clip(10);
    expect(clip?.durationMs).toBeGreaterThanOrEqual(10_000);
    expect(clip?.durationMs).toBeLessThanOrEqual(12_500);
    const moov = findBox(clip?.bytes ?? Buffer.alloc(0), ['moov']) ?? Buffer.alloc(0);
    expect(readTracks(moov).map((track) => track.kind)).toEqual(['video', 'audio']);
    expect(clip?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is null before there is anything', () => {
    expect(bench().packager.clip(10)).toBeNull();
  });

  it('reaches a minute back and no ring grows beyond', () => {
    const stream = bench();
    stream.run(100_000, stream.begin());
    const clip = stream.packager.clip(60);
    expect(clip?.durationMs).toBeGreaterThanOrEqual(60_000);
    expect(clip?.durationMs).toBeLessThanOrEqual(66_000);
  });
});
