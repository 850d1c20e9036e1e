/**
 * What every media engine promises. Run on each implementation by its own test file, which brings real clients
 * (or, for the fake, pretended ones) as a `MediaHarness`.
 */
import { randomUUID } from 'node:crypto';
import { type StreamId, streamId as streamIdSchema } from '@virgil/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MediaEngine, type MediaEvent, MediaRefusal } from './engine.ts';

export interface SuitePublisher {
  readonly resourceId: string;
  /** Stops sending and goes, without a DELETE. */
  vanish(): Promise<void>;
}

export interface SuiteViewer {
  readonly resourceId: string;
  /** Resolves when picture and sound have arrived after this call. */
  receivesMedia(): Promise<void>;
  /** Resolves when the engine cut the connection. */
  isCut(): Promise<void>;
}

export interface MediaHarness {
  readonly engine: MediaEngine;
  publish(streamId: StreamId): Promise<SuitePublisher>;
  watch(streamId: StreamId, identity: string): Promise<SuiteViewer>;
  offer(direction: 'sendonly' | 'recvonly'): Promise<string>;
  /** Kills what carries the media, as the system would when it is out of memory. */
  killWorker(): Promise<void>;
  /** Ends the clients of one test. */
  reset(): Promise<void>;
  dispose(): Promise<void>;
}

const patience = { timeout: 25_000, interval: 20 };

export function mediaEngineSuite(name: string, build: () => Promise<MediaHarness>): void {
  describe(`the media engine, ${name}`, { timeout: 60_000 }, () => {
    let harness: MediaHarness;
    let engine: MediaEngine;
    let stop: () => void = () => {};
    const events: MediaEvent[] = [];
    const opened: StreamId[] = [];

    beforeAll(async () => {
      harness = await build();
      engine = harness.engine;
      stop = engine.on((event) => events.push(event));
    }, 60_000);
    afterEach(async () => {
      await harness.reset();
      for (const id of opened.splice(0)) await engine.close(id);
      events.length = 0;
    });
    afterAll(async () => {
      stop();
      await harness.dispose();
    });

    const room = async (record = false): Promise<StreamId> => {
      const streamId = streamIdSchema.parse(randomUUID());
      await engine.open({ streamId, record });
      opened.push(streamId);
      return streamId;
    };
    const seen = async (type: MediaEvent['type'], streamId: StreamId): Promise<void> => {
      await vi.waitFor(() => expect(about(events, streamId)).toContain(type), patience);
    };

    it('refuses to publish or watch what was not opened', async () => {
      const unknown = streamIdSchema.parse(randomUUID());
      const publish = engine.publish(unknown, await harness.offer('sendonly'));
      await expect(publish).rejects.toMatchObject({ code: 'stream_not_started' });
      const watch = engine.watch(unknown, await harness.offer('recvonly'), { identity: 'v' });
      await expect(watch).rejects.toMatchObject({ code: 'stream_not_started' });
      await expect(engine.stats(unknown)).rejects.toBeInstanceOf(MediaRefusal);
    });

    it('brings picture and sound from a publisher to its viewers', async () => {
      const streamId = await room();
      expect(await engine.stats(streamId)).toMatchObject({ state: 'waiting', source: null, receivedMs: 0 });
      await harness.publish(streamId);
      await seen('publish.started', streamId);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      expect(await engine.stats(streamId)).toMatchObject({ state: 'live', source: 'whip', webrtcViewers: 1 });
      expect(events).toContainEqual({ type: 'viewer.joined', streamId, identity: 'ada' });
    });

    it('lets viewers wait before the media comes', async () => {
      const streamId = await room();
      const viewer = await harness.watch(streamId, 'early');
      await harness.publish(streamId);
      await viewer.receivesMedia();
    });

    it('says that a publisher went, and continues when it is back', async () => {
      const streamId = await room();
      const first = await harness.publish(streamId);
      const viewer = await harness.watch(streamId, 'patient');
      await viewer.receivesMedia();
      expect(await engine.remove(first.resourceId)).toBe(true);
      await seen('publish.interrupted', streamId);
      const before = await engine.stats(streamId);
      expect(before.state).toBe('interrupted');
      await harness.publish(streamId);
      await viewer.receivesMedia();
      await vi.waitFor(async () => {
        const after = await engine.stats(streamId);
        expect(after.state).toBe('live');
        expect(after.receivedMs).toBeGreaterThan(before.receivedMs);
      }, patience);
    });

    it('lets a second publisher of the same stream replace the first', async () => {
      const streamId = await room();
      const first = await harness.publish(streamId);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      const second = await harness.publish(streamId);
      expect(second.resourceId).not.toBe(first.resourceId);
      await viewer.receivesMedia();
      expect(await engine.remove(first.resourceId)).toBe(false);
      expect((await engine.stats(streamId)).state).toBe('live');
    });

    it('ends a viewer on DELETE, once', async () => {
      const streamId = await room();
      await harness.publish(streamId);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      expect(await engine.remove(viewer.resourceId)).toBe(true);
      await viewer.isCut();
      await seen('viewer.left', streamId);
      expect(await engine.remove(viewer.resourceId)).toBe(false);
      expect((await engine.stats(streamId)).webrtcViewers).toBe(0);
      expect(events.filter((event) => event.type === 'viewer.left')).toHaveLength(1);
    });

    it('cuts every session of a revoked identity and nobody else', async () => {
      const [here, there] = [await room(), await room()];
      await harness.publish(here);
      await harness.publish(there);
      const banned = [await harness.watch(here, 'mallory'), await harness.watch(here, 'mallory')];
      const elsewhere = await harness.watch(there, 'mallory');
      const other = await harness.watch(here, 'ada');
      for (const viewer of [...banned, elsewhere]) await viewer.receivesMedia();
      await engine.revoke('mallory', here);
      for (const viewer of banned) await viewer.isCut();
      expect((await engine.stats(there)).webrtcViewers).toBe(1);
      await engine.revoke('mallory');
      await elsewhere.isCut();
      await other.receivesMedia();
      expect((await engine.stats(here)).webrtcViewers).toBe(1);
    });

    it('puts out who publishes, keeps the viewers, and takes the next', async () => {
      const [streamId, other] = [await room(), await room()];
      await engine.unpublish(streamId);
      const first = await harness.publish(streamId);
      await harness.publish(other);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      await engine.unpublish(streamId);
      await seen('publish.interrupted', streamId);
      expect(await engine.remove(first.resourceId)).toBe(false);
      expect((await engine.stats(streamId)).state).toBe('interrupted');
      await engine.unpublish(streamIdSchema.parse(randomUUID()));
      await harness.publish(streamId);
      await viewer.receivesMedia();
      expect(about(events, other)).not.toContain('publish.interrupted');
    });

    it('cuts publisher and viewers when the stream closes, and twice is once', async () => {
      const streamId = await room();
      await harness.publish(streamId);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      await engine.close(streamId);
      await engine.close(streamId);
      await viewer.isCut();
      await seen('publish.interrupted', streamId);
      await seen('viewer.left', streamId);
      await expect(engine.stats(streamId)).rejects.toMatchObject({ code: 'not_found' });
    });

    it.each([
      ['nothing', ''],
      ['prose', 'please let me in'],
      ['bytes', String.fromCharCode(0, 1, 2, 255)],
      ['only a first line', 'v=0\r\n'],
      ['a first line and nonsense', `v=0\r\n${'m=video\r\n'.repeat(40)}`],
      ['half a megabyte', `v=0\r\n${'a=x\r\n'.repeat(100_000)}`],
    ])('refuses %s as an offer, and goes on', async (_, offer) => {
      const streamId = await room();
      await expect(engine.publish(streamId, offer)).rejects.toMatchObject({ code: 'invalid' });
      await expect(engine.watch(streamId, offer, { identity: 'v' })).rejects.toMatchObject({ code: 'invalid' });
      expect((await engine.stats(streamId)).state).toBe('waiting');
    });

    it('tells every client to come back after a worker died, and serves them', async () => {
      const streamId = await room();
      await harness.publish(streamId);
      const viewer = await harness.watch(streamId, 'ada');
      await viewer.receivesMedia();
      const receivedMs = (await engine.stats(streamId)).receivedMs;
      await harness.killWorker();
      await vi.waitFor(
        () =>
          expect(events).toContainEqual({ type: 'engine.restarted', streamIds: expect.arrayContaining([streamId]) }),
        patience,
      );
      expect(about(events, streamId)).toContain('publish.interrupted');
      expect((await engine.stats(streamId)).webrtcViewers).toBe(0);
      await harness.publish(streamId);
      const again = await harness.watch(streamId, 'ada');
      await again.receivesMedia();
      expect((await engine.stats(streamId)).receivedMs).toBeGreaterThanOrEqual(receivedMs);
    });

    it('has nothing to show before the first picture', async () => {
      const streamId = await room();
      expect(await engine.thumbnails(streamId)).toEqual([]);
      await expect(engine.clip(streamId, 30)).rejects.toMatchObject({ code: 'not_found' });
      expect((await engine.hls(streamId, { file: 'index.m3u8', signal: AbortSignal.timeout(300) })).status).toBe(503);
    });

    it('ends the sound tap when its listener leaves or the stream closes', async () => {
      const streamId = await room();
      if (!engine.capabilities().pcmTap) {
        const tap = async () => drain(engine.tapAudio(streamId, new AbortController().signal));
        await expect(tap()).rejects.toMatchObject({ code: 'media_unavailable' });
        return;
      }
      const listener = new AbortController();
      const left = drain(engine.tapAudio(streamId, listener.signal));
      const stayed = drain(engine.tapAudio(streamId, new AbortController().signal));
      listener.abort();
      await left;
      await engine.close(streamId);
      await stayed;
    });
  });
}

function about(events: readonly MediaEvent[], streamId: StreamId): MediaEvent['type'][] {
  return events.filter((event) => 'streamId' in event && event.streamId === streamId).map((event) => event.type);
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks);
}
