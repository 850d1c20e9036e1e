/**
 * `npm run bench packager [seconds]`: what one packager costs on this machine, and how quick it is. Media of about
 * 1 Mbit/s at 720p30 with Opus in real time; one HLS viewer that follows the stream part by part.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamId } from '@virgil/contract';
import { loadAv } from '../../server/src/media/embedded/av/load-av.ts';
import { connectFeed } from '../../server/src/media/embedded/feed.ts';
import { packagerForker } from '../../server/src/media/embedded/packager/index.ts';
import type { PackagerHandle } from '../../server/src/media/embedded/parts.ts';
import { type EncodedMedia, fixtureMedia, makeMedia } from '../../server/test/kit/encoded-media.ts';
import { RtpPlayer } from '../../server/test/kit/rtp-player.ts';

const seconds = Number(process.argv[2] ?? 30);
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const av = await loadAv();
const media =
  av === null
    ? fixtureMedia()
    : makeMedia(av, { seconds: 4, width: 1280, height: 720, bitRate: 1_000_000, noise: true });
const folder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-packager-'));
let failed = false;

try {
  console.log(`${megabits(media)} Mbit/s of ${media.width}x${media.height}, ${seconds} s each; load ${loadavg()[0]}`);
  await measure('Opus only', { useAv: false, record: false, tap: false }, 3);
  await measure('Opus only, recording', { useAv: false, record: true, tap: false }, 3);
  if (av !== null) {
    await measure('Opus and AAC, stills', { useAv: true, record: false, tap: false }, 6);
    await measure('Opus and AAC, stills, recording, PCM tap', { useAv: true, record: true, tap: true }, null);
  } else console.log('node-av is not installed: AAC is not measured');
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

interface Variant {
  readonly useAv: boolean;
  readonly record: boolean;
  readonly tap: boolean;
}

async function measure(name: string, { useAv, record, tap }: Variant, goalPercent: number | null): Promise<void> {
  const streamId = '0193a0b0-0000-7000-8000-00000000000b' as StreamId;
  const own = path.join(folder, name.replaceAll(/\W+/g, '-'));
  await mkdir(own);
  const handle = await packagerForker({ useAv })({ streamId, record, folder: own, log: quiet });
  const feed = await connectFeed(handle.feedAddress);
  const player = new RtpPlayer({ media, send: (message) => feed.send(message) });
  player.play();
  const over = new AbortController();
  if (tap) void drain(handle, over.signal);
  const rendition = useAv ? 'aac' : 'opus';
  await handle.hls({ file: 'index.m3u8' });
  await sleep(2_000);
  const before = await cost(handle);
  const latency = await follow(handle, rendition, player, seconds * 1_000);
  const after = await cost(handle);
  const percent = ((after.cpuMs - before.cpuMs) / (after.atMs - before.atMs)) * 100;
  const clips = await timeClips(handle);
  over.abort();
  player.stop();
  feed.close();
  handle.kill();
  const goal = goalPercent === null ? '' : ` (goal <= ${goalPercent} %)`;
  failed ||= goalPercent !== null && percent > goalPercent;
  console.log(
    `${name}: ${percent.toFixed(2)} % of a core${goal}, ${Math.round(after.rssBytes / 1e6)} MB; ` +
      `end of a part sent -> part received p50 ${quantile(latency, 0.5)} ms, p95 ${quantile(latency, 0.95)} ms (n = ${latency.length}); ` +
      `clip of 30 s p50 ${quantile(clips, 0.5)} ms, max ${quantile(clips, 1)} ms`,
  );
}

async function cost(handle: PackagerHandle): Promise<{ cpuMs: number; rssBytes: number; atMs: number }> {
  const stats = (await handle.stats()) as unknown as { cpuMs: number; rssBytes: number };
  return { ...stats, atMs: performance.now() };
}

async function drain(handle: PackagerHandle, signal: AbortSignal): Promise<void> {
  for await (const chunk of handle.tapAudio(signal)) void chunk;
}

/** Reloads and fetches each part as hls.js does; from the last frame of a part leaving the sender to its bytes here. */
async function follow(handle: PackagerHandle, rendition: string, player: RtpPlayer, ms: number): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + ms;
  let next: { msn: number; part: number } | null = null;
  let zero: number | null = null;
  while (performance.now() < until) {
    const answer = await handle.hls({ file: `${rendition}.m3u8`, ...(next ?? {}) });
    const text = answer.body.toString();
    const newest = newestPart(text);
    if (newest === null) continue;
    next = { msn: newest.msn, part: newest.index + 1 };
    const body = (await handle.hls({ file: newest.uri })).body;
    const endMs = partEndMs(body);
    // Media time 0 of the packager is one moment of the player; the smallest distance seen is that of no delay at all.
    const behind = player.positionMs - endMs;
    zero = zero === null ? behind : Math.min(zero, behind);
    latencies.push(behind);
  }
  const frameMs = 1000 / media.framesPerSecond;
  return latencies.map((behind) => behind - (zero ?? 0) + frameMs).slice(5);
}

function newestPart(text: string): { msn: number; index: number; uri: string } | null {
  let msn = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
  let index = 0;
  let newest: { msn: number; index: number; uri: string } | null = null;
  for (const line of text.split('\n')) {
    const uri = /^#EXT-X-PART:.*URI="([^"]+)"/.exec(line)?.[1];
    if (uri !== undefined) {
      newest = { msn, index, uri };
      index += 1;
    }
    if (line.endsWith('.m4s') && !line.startsWith('#')) {
      msn += 1;
      index = 0;
    }
  }
  return newest;
}

/** End of the last picture: `tfdt` and the durations of the first track's run. */
function partEndMs(body: Buffer): number {
  const tfdt = body.indexOf('tfdt');
  const trun = body.indexOf('trun');
  let ticks = Number(body.readBigUInt64BE(tfdt + 8));
  const count = body.readUInt32BE(trun + 8);
  for (let i = 0; i < count; i += 1) ticks += body.readUInt32BE(trun + 16 + i * 16);
  return ticks / 90;
}

async function timeClips(handle: PackagerHandle): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    const before = performance.now();
    await handle.clip(30);
    times.push(performance.now() - before);
  }
  return times;
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
}

function megabits({ frames, framesPerSecond }: EncodedMedia): string {
  const bytes = frames.reduce((sum, frame) => sum + frame.nals.reduce((n, nal) => n + nal.length, 0), 0);
  return ((bytes * 8 * framesPerSecond) / frames.length / 1e6).toFixed(2);
}
