/** Publisher to player through every process of the embedded engine: WHIP and RTMP in, WHEP and HLS out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamId } from '@virgil/contract';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { demux } from '../../../test/kit/demux.ts';
import { expectConformant } from '../../../test/kit/hls-reader.ts';
import { publishRtmp } from '../../../test/kit/rtmp-encoder.ts';
import { RtpPublisher } from '../../../test/kit/rtp-publisher.ts';
import { WhepViewer } from '../../../test/kit/whep-viewer.ts';
import type { MediaEvent } from '../engine.ts';
import { loadAv } from './av/load-av.ts';
import { createEmbeddedMedia } from './index.ts';

const av = await loadAv();
const patience = { timeout: 25_000, interval: 50 };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
if (av === null) process.stderr.write('node-av is not installed: AAC and RTMP are not tested here\n');

const folder = mkdtempSync(join(tmpdir(), 'virgil-engine-'));
const options = { host: '127.0.0.1', udpPort: 0, announcedIp: null, workers: 1, rtmpPort: 0, folder, log: quiet };
const engine = createEmbeddedMedia(options);
const events: MediaEvent[] = [];
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  engine.on((event) => events.push(event));
  await engine.start();
}, 60_000);

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(record = false): Promise<StreamId> {
  const streamId = uuid() as StreamId;
  await engine.open({ streamId, record });
  ends.push(() => engine.close(streamId));
  return streamId;
}

async function publishByWhip(streamId: StreamId): Promise<RtpPublisher> {
  const publisher = new RtpPublisher();
  ends.push(() => publisher.close());
  await publisher.publish(async (offer) => (await engine.publish(streamId, offer)).answer);
  return publisher;
}

async function watch(streamId: StreamId): Promise<WhepViewer> {
  const viewer = new WhepViewer();
  ends.push(() => viewer.close());
  await viewer.watch(async (offer) => (await engine.watch(streamId, offer, { identity: 'viewer' })).answer);
  return viewer;
}

const rendition = av === null ? 'opus' : 'aac';

async function playlistOf(streamId: StreamId) {
  const answer = await vi.waitFor(async () => {
    const found = await engine.hls(streamId, { file: `${rendition}.m3u8` });
    expect(found.status).toBe(200);
    return found;
  }, patience);
  return expectConformant(answer.body.toString());
}

async function download(streamId: StreamId): Promise<string> {
  const { segments } = await playlistOf(streamId);
  const names = [segments.at(-1)?.map ?? '', ...segments.flatMap(({ uri }) => (uri === null ? [] : [uri]))];
  const bodies = await Promise.all(names.map(async (file) => (await engine.hls(streamId, { file })).body));
  const path = join(folder, `${streamId}.mp4`);
  writeFileSync(path, Buffer.concat(bodies));
  return path;
}

describe('the embedded engine as a whole', { timeout: 60_000 }, () => {
  it('brings a browser’s stream to HLS, cuts a clip, and leaves a recording', async () => {
    expect(engine.capabilities()).toMatchObject({ hls: true, recording: true, rtmp: av !== null, aac: av !== null });
    const streamId = await open(true);
    await publishByWhip(streamId);
    const path = await download(streamId);
    const clip = await engine.clip(streamId, 3);
    expect(clip.durationMs).toBeGreaterThanOrEqual(3_000);
    // What the window lets go of is still in the recording that is being written.
    const excerpt = await vi.waitFor(() => engine.clip(streamId, 1, 1), patience);
    await expect(engine.clip(streamId, 1, 3_600)).rejects.toMatchObject({ code: 'not_found' });
    expect((await engine.stats(streamId)).audioCodecs).toEqual(av === null ? ['opus'] : ['opus', 'aac']);
    await engine.close(streamId);
    const ready = await vi.waitFor(() => {
      const found = events.find((event) => event.type === 'recording.ready' && event.recording.streamId === streamId);
      if (found?.type !== 'recording.ready') throw new Error('not yet');
      return found.recording;
    }, patience);
    expect(ready.durationMs).toBeGreaterThan(3_500);
    if (av === null) return;
    const cut = join(folder, 'excerpt.mp4');
    writeFileSync(cut, excerpt.bytes);
    for (const file of [path, ready.path, cut]) {
      const read = await demux(av, file);
      expect(read.video?.decoded).toBe(read.video?.packets);
      expect(read.video?.dtsGrows && read.audio?.dtsGrows).toBe(true);
      expect(Math.abs((read.video?.end ?? 9) - (read.audio?.end ?? 0))).toBeLessThan(0.2);
    }
  });

  it('goes on for HLS viewers after the SFU worker was killed and the publisher came back', async () => {
    const streamId = await open();
    await publishByWhip(streamId);
    const before = await playlistOf(streamId);
    for (const pid of engine.workerPids) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(events.at(-1)?.type).toBe('engine.restarted'), patience);
    await publishByWhip(streamId);
    await vi.waitFor(async () => {
      const after = await playlistOf(streamId);
      expect(after.segments.some((segment) => segment.discontinuity && segment.uri !== null)).toBe(true);
      expect(after.segments.at(-1)?.msn).toBeGreaterThan(before.segments.at(-1)?.msn ?? 0);
    }, patience);
  });

  it.runIf(av !== null)('brings an encoder’s stream to WHEP and HLS alike', async () => {
    if (av === null) return;
    const streamId = await open();
    engine.setStreamKeyLookup((key) => (key === 'abc' ? streamId : null));
    const viewer = await watch(streamId);
    const encoder = await publishRtmp(av, { url: `rtmp://127.0.0.1:${engine.rtmpPort}/live/abc` });
    ends.push(() => encoder.stop());
    await vi.waitFor(() => {
      expect(viewer.video.packets).toBeGreaterThan(60);
      expect(viewer.audio.packets).toBeGreaterThan(60);
    }, patience);
    expect(viewer.video.gaps + viewer.audio.gaps).toBe(0);
    const stats = await engine.stats(streamId);
    expect(stats).toMatchObject({ state: 'live', source: 'rtmp', webrtcPlayable: true, notice: null });
    const read = await demux(av, await download(streamId));
    expect(read.video?.decoded).toBe(read.video?.packets);
    expect(Math.abs((read.video?.start ?? 9) - (read.audio?.start ?? 0))).toBeLessThan(0.1);
    await engine.close(streamId);
    expect(await encoder.failure).not.toBeNull();
  });

  it.runIf(av !== null)('shows an encoder’s B-frames to WebRTC viewers too, and tells the creator', async () => {
    if (av === null) return;
    const streamId = await open();
    engine.setStreamKeyLookup(() => streamId);
    const viewer = await watch(streamId);
    const encoder = await publishRtmp(av, { url: `rtmp://127.0.0.1:${engine.rtmpPort}/live/abc`, bFrames: 2 });
    ends.push(() => encoder.stop());
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(60), patience);
    expect(viewer.video.backwards).toBe(0);
    expect(await engine.stats(streamId)).toMatchObject({
      webrtcPlayable: true,
      notice: expect.stringContaining('B-frames'),
    });
  });
});
