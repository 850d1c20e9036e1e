import { randomUUID } from 'node:crypto';
import { streamId as streamIdSchema } from '@virgil/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import { mediaEngineSuite, type SuiteViewer } from '../engine.suite.ts';
import type { MediaEvent, PcmChunk } from '../engine.ts';
import { FakeMediaEngine } from './index.ts';

mediaEngineSuite('fake', async () => {
  const engine = new FakeMediaEngine();
  return {
    engine,
    publish: async (streamId) => {
      const { resourceId } = await engine.publish(streamId, sdpOffer());
      return { resourceId, vanish: async () => engine.stage.interrupt(streamId) };
    },
    watch: async (streamId, identity): Promise<SuiteViewer> => {
      const { resourceId } = await engine.watch(streamId, sdpOffer({ direction: 'recvonly' }), { identity });
      const viewers = async (): Promise<number> => (await engine.stats(streamId)).webrtcViewers;
      return {
        resourceId,
        receivesMedia: () => vi.waitFor(async () => expect((await engine.stats(streamId)).state).toBe('live')),
        isCut: async () => expect(await viewers().catch(() => 0)).toBeLessThanOrEqual(1),
      };
    },
    offer: async (direction) => sdpOffer({ direction }),
    killWorker: async () => engine.stage.restartWorker(),
    reset: async () => {},
    dispose: () => engine.stop(),
  };
});

describe('the fake engine', () => {
  const engine = new FakeMediaEngine();
  afterEach(() => engine.stop());
  const open = async (record = false) => {
    const streamId = streamIdSchema.parse(randomUUID());
    await engine.open({ streamId, record });
    return streamId;
  };

  it('lets an encoder in by a known stream key only', async () => {
    const streamId = await open();
    engine.setStreamKeyLookup((key) => (key === 'right' ? streamId : null));
    expect(engine.stage.publishByRtmp('wrong')).toBe(false);
    expect(engine.stage.publishByRtmp('right')).toBe(true);
    expect(await engine.stats(streamId)).toMatchObject({ state: 'live', source: 'rtmp' });
  });

  it('gives a recording when it was asked for one and media came', async () => {
    const events: MediaEvent[] = [];
    const stop = engine.on((event) => events.push(event));
    const silent = await open(true);
    const recorded = await open(true);
    engine.setStreamKeyLookup(() => recorded);
    engine.stage.publishByRtmp('any');
    engine.stage.receive(recorded, 60_000);
    await engine.close(silent);
    await engine.close(recorded);
    stop();
    const ready = events.filter((event) => event.type === 'recording.ready');
    expect(ready).toHaveLength(1);
    expect(ready[0]?.recording).toMatchObject({ streamId: recorded });
    expect(ready[0]?.recording.durationMs).toBeGreaterThanOrEqual(60_000);
  });

  it('lets a listener hear what was said, and silence while muted', async () => {
    const streamId = await open();
    const heard: PcmChunk[] = [];
    const tap = (async () => {
      for await (const chunk of engine.tapAudio(streamId, new AbortController().signal)) heard.push(chunk);
    })();
    await vi.waitFor(() => {
      engine.stage.hear(streamId, { atMs: 0, samples: Int16Array.of(5, 6) });
      expect(heard.length).toBeGreaterThan(0);
    });
    await engine.setAudioMuted(streamId, true);
    engine.stage.hear(streamId, { atMs: 20, samples: Int16Array.of(7, 8) });
    await engine.close(streamId);
    await tap;
    expect(heard.at(-1)?.samples).toEqual(Int16Array.of(0, 0));
  });

  it("carries the viewer's token into every address of a playlist", async () => {
    const streamId = await open();
    engine.stage.receive(streamId, 4_000);
    const { body } = await engine.hls(streamId, { file: 'video.m3u8', uriQuery: 'token=abc' });
    expect(body.toString()).toContain('seg-1.m4s?token=abc');
  });

  it('refuses offers while it is told to fail', async () => {
    const streamId = await open();
    engine.stage.fail('no worker');
    await expect(engine.publish(streamId, sdpOffer())).rejects.toMatchObject({ code: 'media_unavailable' });
    engine.stage.fail(null);
    await engine.publish(streamId, sdpOffer());
  });
});
