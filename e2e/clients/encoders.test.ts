/** FFmpeg pushes RTMP as a stranger's encoder would; FFmpeg inside node-av reads the HLS that comes of it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goLive, type Livestreamed, signUp, type TestPerson } from '../kit/people.ts';
import { type RunningServer, startServer } from '../kit/server.ts';

const hasFfmpeg = !spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).error;
if (!hasFfmpeg) console.warn('ffmpeg is not installed (npm run test:deps gets it): no foreign encoder is tried.');
const av = await import('node-av/api').catch(() => null);
if (!av) console.warn('node-av is not installed: RTMP is refused and HLS is not read by FFmpeg.');

interface Health {
  readonly mediaState: string;
  readonly source: string | null;
  readonly notice: string | null;
  readonly framesPerSecond: number;
}

describe.skipIf(!hasFfmpeg || !av)('an encoder that speaks RTMP', () => {
  let server: RunningServer;
  let encoder: ChildProcess | null = null;
  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    if (encoder && encoder.exitCode === null && encoder.signalCode === null) {
      const gone = once(encoder, 'exit');
      encoder.kill('SIGKILL');
      await gone;
    }
    encoder = null;
  });
  afterAll(() => server.stop());

  function push(rtmpUrl: string, streamKey: string, videoOptions: readonly string[]): ChildProcess {
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25'];
    const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100'];
    const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', ...videoOptions];
    const audio = ['-c:a', 'aac', '-b:a', '96k', '-ar', '44100'];
    const target = ['-f', 'flv', `${rtmpUrl}/${streamKey}`];
    return spawn('ffmpeg', ['-loglevel', 'error', '-re', ...picture, ...sound, ...video, ...audio, ...target]);
  }

  async function healthWhen(
    creator: TestPerson,
    { livestream }: Livestreamed,
    isRight: (health: Health) => boolean,
  ): Promise<Health> {
    let last: Health | null = null;
    for (let attempt = 0; attempt < 200; attempt++) {
      const { status, body } = await creator.call<Health>('GET', `/api/v1/livestreams/${livestream.id}/health`);
      if (status === 200) {
        last = body;
        if (isRight(body)) return body;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the stream never came to that: ${JSON.stringify(last)}`);
  }

  /** Reads the playlist the way a set-top box would, until that many video packets have come. */
  async function readHls(url: string, packets: number): Promise<{ video: number; audio: number; backwards: number }> {
    if (!av) throw new Error('node-av is missing');
    await using input = await av.Demuxer.open(url);
    const seen = { video: 0, audio: 0, backwards: 0 };
    const videoIndex = input.video()?.index;
    let lastDts = Number.NEGATIVE_INFINITY;
    for await (const packet of input.packets()) {
      if (!packet) continue;
      if (packet.streamIndex === videoIndex) {
        seen.video++;
        if (Number(packet.dts) < lastDts) seen.backwards++;
        lastDts = Number(packet.dts);
      } else seen.audio++;
      packet.free();
      if (seen.video >= packets) break;
    }
    return seen;
  }

  it('is live with its stream key, and its HLS has picture and sound in order', async () => {
    const creator = await signUp(server.url, 'Encoder', 'pro');
    const started = await goLive(creator);
    encoder = push(started.ingest.rtmpUrl, started.ingest.streamKey, ['-bf', '0']);
    const health = await healthWhen(creator, started, ({ mediaState }) => mediaState === 'live');
    expect(health).toMatchObject({ source: 'rtmp', notice: null });
    const seen = await readHls(started.playback.hlsUrl, 60);
    expect(seen.audio).toBeGreaterThan(20);
    expect(seen.backwards).toBe(0);
  });

  it('with B-frames is live too, and the creator reads which setting to change', async () => {
    const creator = await signUp(server.url, 'Encoder', 'pro');
    const started = await goLive(creator);
    encoder = push(started.ingest.rtmpUrl, started.ingest.streamKey, ['-preset', 'veryfast', '-bf', '2']);
    const health = await healthWhen(creator, started, ({ notice }) => notice !== null);
    expect(health.notice).toMatch(/B-frames/);
    expect((await readHls(started.playback.hlsUrl, 50)).video).toBe(50);
  });

  it('is turned away with a key nobody has', async () => {
    const creator = await signUp(server.url, 'Encoder', 'pro');
    const started = await goLive(creator);
    encoder = push(started.ingest.rtmpUrl, 'live_wrong', ['-bf', '0']);
    const [code] = await once(encoder, 'exit');
    expect(code).not.toBe(0);
    expect(server.output()).not.toContain('live_wrong');
  });
});
