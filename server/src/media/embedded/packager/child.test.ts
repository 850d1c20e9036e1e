/** A packager as it runs: its own process, media in real time, and files read by FFmpeg. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StreamId } from '@virgil/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demux } from '../../../../test/kit/demux.ts';
import { type EncodedMedia, fixtureMedia, makeMedia } from '../../../../test/kit/encoded-media.ts';
import { expectConformant } from '../../../../test/kit/hls-reader.ts';
import { RtpPlayer } from '../../../../test/kit/rtp-player.ts';
import { loadAv } from '../av/load-av.ts';
import { connectFeed } from '../feed.ts';
import type { PackagerHandle } from '../parts.ts';
import { forkPackager } from './index.ts';

const av = await loadAv();
const streamId = '0193a0b0-0000-7000-8000-000000000001' as StreamId;
const patience = { timeout: 25_000, interval: 50 };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
if (av === null) process.stderr.write('node-av is not installed: AAC, stills, PCM and B-frames are not tested here\n');

let folder: string;
const ends: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virgil-packager-'));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true, force: true });
});

async function packager(record = false): Promise<PackagerHandle> {
  const handle = await forkPackager({ streamId, record, folder, log: quiet });
  ends.push(() => handle.kill());
  return handle;
}

/** Three seconds at once and the rest in real time, as after a burst of the network. */
async function play(handle: PackagerHandle, media: EncodedMedia = fixtureMedia()): Promise<RtpPlayer> {
  const feed = await connectFeed(handle.feedAddress);
  const player = new RtpPlayer({ media, send: (message) => feed.send(message) });
  player.advance(3_000);
  player.play();
  ends.push(() => {
    player.stop();
    feed.close();
  });
  return player;
}

async function download(handle: PackagerHandle, rendition: 'aac' | 'opus'): Promise<string> {
  const { segments } = expectConformant((await handle.hls({ file: `${rendition}.m3u8` })).body.toString());
  const names = [segments[0]?.map ?? '', ...segments.flatMap(({ uri }) => (uri === null ? [] : [uri]))];
  const bodies = await Promise.all(names.map(async (file) => (await handle.hls({ file })).body));
  const path = join(folder, `${rendition}.mp4`);
  writeFileSync(path, Buffer.concat(bodies));
  return path;
}

describe('a packager process', () => {
  it('serves LL-HLS whose renditions FFmpeg reads and decodes without a fault', { timeout: 60_000 }, async () => {
    const handle = await packager();
    await play(handle);
    const index = await handle.hls({ file: 'index.m3u8', uriQuery: 'token=a%2Fb' });
    expect(index.status).toBe(200);
    const offered = [...index.body.toString().matchAll(/^(aac|opus)\.m3u8\?token=a%2Fb$/gm)].map((match) => match[1]);
    expect(offered).toEqual(av === null ? ['opus'] : ['aac', 'opus']);
    expect((await handle.hls({ file: 'opus.m3u8', uriQuery: 'token=x' })).body.toString()).toMatch(/\.m4s\?token=x$/m);
    expect((await handle.stats()).hlsViewers).toBe(2);
    if (av === null) return;
    for (const rendition of ['aac', 'opus'] as const) {
      const read = await demux(av, await download(handle, rendition));
      expect(read.video?.decoded).toBe(read.video?.packets);
      expect(read.audio?.decoded).toBeGreaterThanOrEqual((read.audio?.packets ?? 0) - 1);
      expect(read.video?.dtsGrows && read.audio?.dtsGrows).toBe(true);
      expect(read.video?.largestStep).toBeCloseTo(1 / 30, 3);
      expect(read.audio?.largestStep).toBeLessThan(0.022);
      expect(Math.abs((read.video?.start ?? 9) - (read.audio?.start ?? 0))).toBeLessThan(0.05);
      expect(Math.abs((read.video?.end ?? 9) - (read.audio?.end ?? 0))).toBeLessThan(0.1);
    }
  });

  it('answers many viewers that wait for the same part from one question', { timeout: 60_000 }, async () => {
    const handle = await packager();
    await play(handle);
    const { segments } = expectConformant((await handle.hls({ file: 'opus.m3u8' })).body.toString());
    const msn = (segments.at(-1)?.msn ?? 0) + 1;
    const asked = Array.from({ length: 200 }, (_, viewer) =>
      handle.hls({ file: 'opus.m3u8', msn, part: 1, uriQuery: `v=${viewer}` }),
    );
    const gone = new AbortController();
    const abandoned = handle.hls({ file: 'opus.m3u8', msn, part: 1, signal: gone.signal });
    gone.abort(new Error('left'));
    await expect(abandoned).rejects.toThrow('left');
    const answers = await Promise.all(asked);
    answers.forEach((answer, viewer) => {
      expect(answer.body.toString()).toContain(`?v=${viewer}"`);
    });
  });

  it('cuts a clip in less than 50 ms that can be read from any second', { timeout: 60_000 }, async () => {
    const handle = await packager();
    await expect(handle.clip(5)).rejects.toMatchObject({ code: 'not_found' });
    const player = await play(handle);
    await handle.hls({ file: 'index.m3u8' });
    player.advance(40_000);
    const times: number[] = [];
    let clip = await vi.waitFor(async () => {
      const cut = await handle.clip(30);
      expect(cut.durationMs).toBeGreaterThanOrEqual(30_000);
      return cut;
    }, patience);
    for (let i = 0; i < 5; i += 1) {
      const before = performance.now();
      clip = await handle.clip(30);
      times.push(performance.now() - before);
    }
    expect(Math.min(...times)).toBeLessThan(50);
    expect(clip.durationMs).toBeGreaterThanOrEqual(30_000);
    if (av === null) return;
    const path = join(folder, 'clip.mp4');
    writeFileSync(path, clip.bytes);
    const read = await demux(av, path);
    expect(read.seconds).toBeCloseTo(clip.durationMs / 1000, 1);
    expect(read.video?.keyPackets).toBeGreaterThan(10);
    expect(read.video?.decoded).toBe(read.video?.packets);
  });

  it('taps the sound as PCM that is as long as the media', { timeout: 60_000 }, async () => {
    if (av === null) return;
    const handle = await packager();
    const until = new AbortController();
    let samples = 0;
    let loudest = 0;
    const first = Promise.withResolvers<number>();
    const heard = (async () => {
      for await (const chunk of handle.tapAudio(until.signal)) {
        if (samples === 0) first.resolve(chunk.atMs);
        samples += chunk.samples.length;
        for (const sample of chunk.samples) loudest = Math.max(loudest, Math.abs(sample));
      }
    })();
    const player = await play(handle);
    expect(await first.promise).toBeLessThan(100);
    await vi.waitFor(() => expect(samples / 16_000).toBeGreaterThan(4), patience);
    until.abort();
    await heard;
    expect(samples / 16_000).toBeLessThan(player.positionMs / 1000 + 0.1);
    expect(loudest).toBeGreaterThan(1_000);
  });

  it('makes small stills of key frames', { timeout: 60_000 }, async () => {
    if (av === null) return;
    const handle = await packager();
    expect(await handle.thumbnails()).toEqual([]);
    await play(handle);
    const stills = await vi.waitFor(async () => {
      const made = await handle.thumbnails();
      expect(made.length).toBeGreaterThanOrEqual(1);
      return made;
    }, patience);
    expect(stills[0]?.toString('latin1', 8, 12)).toBe('WEBP');
  });

  it('keeps B-frames in HLS and in clips, in the right order', { timeout: 60_000 }, async () => {
    if (av === null) return;
    const handle = await packager();
    await play(handle, makeMedia(av, { seconds: 4, bFrames: 2 }));
    await handle.hls({ file: 'index.m3u8' });
    const path = await download(handle, 'aac');
    const clipPath = join(folder, 'clip.mp4');
    writeFileSync(clipPath, (await handle.clip(2)).bytes);
    for (const file of [path, clipPath]) {
      const read = await demux(av, file);
      expect(read.video?.decoded).toBe(read.video?.packets);
      expect(read.video?.dtsGrows).toBe(true);
      expect(read.video?.largestStep).toBeCloseTo(1 / 30, 3);
      expect(Math.abs((read.video?.end ?? 9) - (read.audio?.end ?? 0))).toBeLessThan(0.15);
    }
  });

  it('records; after kill -9 the recording goes on in the next process and is finished whole', {
    timeout: 60_000,
  }, async () => {
    const first = await packager(true);
    const died = new Promise<boolean>((resolve) => first.onExit(resolve));
    await play(first);
    // Two whole segments.
    await first.hls({ file: 'index.m3u8' });
    process.kill((first as unknown as { pid: number }).pid, 'SIGKILL');
    expect(await died).toBe(true);
    await expect(first.stats()).rejects.toMatchObject({ code: 'media_unavailable' });
    const second = await packager(true);
    await play(second);
    await second.hls({ file: 'index.m3u8' });
    const recording = await second.finish();
    expect(recording?.durationMs).toBeGreaterThan(5_500);
    if (av === null) return;
    const read = await demux(av, recording?.path ?? '');
    expect(read.video?.dtsGrows && read.audio?.dtsGrows).toBe(true);
    expect(read.video?.decoded).toBe(read.video?.packets);
    expect(read.seconds).toBeCloseTo((recording?.durationMs ?? 0) / 1000, 1);
  });

  it('ends when it is told to, and with its parent', async () => {
    const handle = await packager();
    const ended = new Promise<boolean>((resolve) => handle.onExit(resolve));
    const socket = handle.feedAddress.split('@unix:')[1];
    expect(await handle.finish()).toBeNull();
    expect(await ended).toBe(false);
    if (socket !== undefined) expect(existsSync(dirname(socket))).toBe(false);
  });
});
