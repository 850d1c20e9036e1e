/** The RTMP door as encoders and attackers meet it. */
import { connect, type Socket } from 'node:net';
import type { StreamId } from '@virgil/contract';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccessUnitLog } from '../../../../test/kit/access-unit-log.ts';
import { publishRtmp, type RtmpEncoder, type RtmpEncoderOptions } from '../../../../test/kit/rtmp-encoder.ts';
import { loadAv } from '../av/load-av.ts';
import { type FeedConnection, type FeedMessage, listenFeed } from '../feed.ts';
import type { IngestHandle } from '../parts.ts';
import { startRtmpIngest } from './index.ts';

const av = await loadAv();
const streamId = '0193a0b0-0000-7000-8000-000000000002' as StreamId;
const key = 'live_5f2c';
const patience = { timeout: 25_000, interval: 20 };
const logged: string[] = [];
const note = (fields: object, message: string): void => {
  logged.push(`${message} ${JSON.stringify(fields)}`);
};
const log = { debug: note, info: note, warn: note, error: note };
if (av === null) process.stderr.write('node-av is not installed: RTMP is not tested here\n');

interface Received {
  readonly messages: FeedMessage[];
  readonly feed: FeedConnection;
  closed: boolean;
}

let ingest: IngestHandle | null = null;
const received: Received[] = [];
const encoders: RtmpEncoder[] = [];
const sockets: Socket[] = [];

async function openFeed(): Promise<string> {
  const listener = await listenFeed((feed) => {
    const entry: Received = { messages: [], feed, closed: false };
    received.push(entry);
    feed.onMessage((message) => {
      entry.messages.push(message.kind === 'rtp' ? { ...message, packet: Buffer.from(message.packet) } : message);
    });
    feed.onClose(() => {
      entry.closed = true;
      listener.close();
    });
  });
  return listener.address;
}

beforeAll(async () => {
  if (av === null) return;
  const lookup = (streamKey: string) => (streamKey === key ? streamId : null);
  ingest = await startRtmpIngest({ host: '127.0.0.1', port: 0, lookup, openFeed, log });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const encoder of encoders.splice(0)) await encoder.stop();
  for (const { feed } of received.splice(0)) feed.close();
});

afterAll(async () => {
  await ingest?.stop();
});

async function publish(streamKey: string, options: Partial<RtmpEncoderOptions> = {}): Promise<Received> {
  if (av === null) throw new Error('node-av is not installed');
  const before = received.length;
  encoders.push(await publishRtmp(av, { url: `rtmp://127.0.0.1:${ingest?.port}/live/${streamKey}`, ...options }));
  await vi.waitFor(() => expect(received.length).toBeGreaterThan(before), patience);
  return received[before] as Received;
}

function dial(): Socket {
  const socket = connect({ host: '127.0.0.1', port: ingest?.port ?? 0 });
  socket.on('error', () => {
    // The server may cut it in the middle of a write.
  });
  socket.resume();
  sockets.push(socket);
  return socket;
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve());
  });

/** What came, as pictures and sound. */
function take({ messages }: Received): AccessUnitLog {
  const units = new AccessUnitLog();
  for (const message of messages) units.take(message);
  return units;
}

describe.runIf(av !== null)('RTMP', { timeout: 60_000 }, () => {
  it('makes RTP with parameter sets before each key frame, Opus of 20 ms, and a report a second', async () => {
    const entry = await publish(key);
    await vi.waitFor(() => expect(take(entry).pictures.length).toBeGreaterThan(70), patience);
    const { sources, pictures, sounds, reports } = take(entry);
    expect(sources).toEqual([expect.objectContaining({ source: 'rtmp', webrtcPlayable: true, notice: null })]);
    expect(pictures[0]?.isKey).toBe(true);
    expect(pictures.filter((picture) => picture.isKey).length).toBeGreaterThanOrEqual(2);
    pictures.slice(1).forEach((picture, index) => {
      // Milliseconds are what RTMP can say.
      expect(Math.abs(picture.timestamp - (pictures[index]?.timestamp ?? 0) - 3000)).toBeLessThanOrEqual(90);
    });
    sounds.slice(1).forEach((sound, index) => {
      expect(sound.timestamp - (sounds[index]?.timestamp ?? 0)).toBe(960);
    });
    expect(reports.video).toBeGreaterThanOrEqual(2);
    expect(reports.audio).toBe(reports.video);
    expect(entry.messages.every((message) => message.kind !== 'rtp' || message.packet.length <= 1200)).toBe(true);
  });

  it('resamples 44.1 kHz mono so that sound stays as long as the picture', async () => {
    const entry = await publish(key, { sampleRate: 44_100, channels: 1 });
    await vi.waitFor(() => expect(take(entry).pictures.length).toBeGreaterThan(100), patience);
    const { pictures, sounds, wallMs } = take(entry);
    const videoMs = wallMs('video', pictures.at(-1)?.timestamp ?? 0);
    const audioMs = wallMs('audio', sounds.at(-1)?.timestamp ?? 0);
    expect(Math.abs(videoMs - audioMs)).toBeLessThan(150);
    const seconds = ((sounds.at(-1)?.timestamp ?? 0) - (sounds[0]?.timestamp ?? 0)) / 48_000;
    expect(sounds.length).toBe(Math.round(seconds * 50) + 1);
  });

  it('turns B-frames into pictures that a browser can show in the order they come', async () => {
    const entry = await publish(key, { bFrames: 2 });
    await vi.waitFor(() => expect(take(entry).pictures.length).toBeGreaterThan(60), patience);
    const { sources, pictures } = take(entry);
    expect(sources[0]).toMatchObject({ webrtcPlayable: true, notice: expect.stringContaining('B-frames') });
    expect(pictures[0]?.isKey).toBe(true);
    pictures.slice(1).forEach((picture, index) => {
      expect(picture.compositionTicks).toBe(0);
      expect(picture.timestamp).toBeGreaterThan(pictures[index]?.timestamp ?? 0);
    });
    const keysBefore = pictures.filter((picture) => picture.isKey).length;
    entry.feed.send({ kind: 'keyframe-request' });
    await vi.waitFor(() => {
      expect(take(entry).pictures.filter((picture) => picture.isKey).length).toBeGreaterThan(keysBefore);
    }, patience);
  });

  it('takes several encoders at once, and tells when one has left', async () => {
    const first = await publish(key);
    const second = await publish(key);
    await vi.waitFor(() => expect(take(second).pictures.length).toBeGreaterThan(10), patience);
    await encoders.shift()?.stop();
    await vi.waitFor(() => expect(first.closed).toBe(true), patience);
    expect(first.messages.at(-1)).toEqual({ kind: 'end' });
    expect(second.closed).toBe(false);
    // The same encoder may be back at once.
    await publish(key);
  });

  it('cuts the encoder when the stream is over', async () => {
    const entry = await publish(key);
    const [encoder] = encoders;
    entry.feed.close();
    expect(await encoder?.failure).not.toBeNull();
  });

  it('refuses an unknown key, and never writes one into a log', async () => {
    if (av === null) return;
    const url = `rtmp://127.0.0.1:${ingest?.port}/live/secret-but-wrong`;
    const encoder = await publishRtmp(av, { url }).catch((error: unknown) => error);
    if (!(encoder instanceof Error)) {
      const running = encoder as RtmpEncoder;
      expect(await running.failure).not.toBeNull();
      await running.stop();
    }
    expect(received).toHaveLength(0);
    await vi.waitFor(() => expect(logged.join('\n')).toContain('the stream key is not valid'), patience);
    expect(logged.join('\n')).not.toContain('secret-but-wrong');
    expect(logged.join('\n')).not.toContain(key);
  });

  it('closes on garbage, half handshakes and lies about sizes, and serves the next encoder', async () => {
    const handshake = Buffer.concat([Buffer.of(3), Buffer.alloc(1536 * 2)]);
    // A chunk header that promises 16 MB, one with a chunk size of 0, and hundreds of chunk streams.
    const huge = Buffer.from('03000000ffffff1400000000', 'hex');
    const noChunks = Buffer.from('0200000000000401000000000000000000', 'hex');
    const many = Buffer.concat(
      Array.from({ length: 300 }, (_, id) =>
        Buffer.from([0x03 + (id % 60), 0, 0, 0, 0, 0x3f, 0xff, 0x14, 0, 0, 0, 0, 0]),
      ),
    );
    const nested = Buffer.concat([Buffer.from('0300000000300014000000000200', 'hex'), Buffer.alloc(12_000, 3)]);
    for (const attack of [huge, noChunks, many, nested]) {
      const socket = dial();
      socket.write(Buffer.concat([handshake, attack]));
      socket.write(Buffer.alloc(70_000, 0xc3));
      await closed(socket);
    }
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.uint8Array({ minLength: 1, maxLength: 3_000 }), async (greet, bytes) => {
        const socket = dial();
        if (greet) socket.write(handshake);
        socket.end(Buffer.from(bytes));
        await closed(socket);
      }),
      { numRuns: 60 },
    );
    const half = dial();
    half.write(handshake.subarray(0, 700));
    const entry = await publish(key);
    await vi.waitFor(() => expect(take(entry).pictures.length).toBeGreaterThan(5), patience);
  });

  it('does not let one address take all places', async () => {
    const many = Array.from({ length: 20 }, () => dial());
    const ended = many.map((socket) => closed(socket));
    await Promise.any(ended);
  });

  it('says in plain words that the port is taken', async () => {
    const port = ingest?.port ?? 0;
    const second = startRtmpIngest({ host: '127.0.0.1', port, lookup: () => null, openFeed, log });
    await expect(second).rejects.toThrow(`The RTMP port ${port} is taken by another program.`);
  });
});
