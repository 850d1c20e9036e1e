import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { RtpPublisher } from '../../../test/kit/rtp-publisher.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import { WhepViewer } from '../../../test/kit/whep-viewer.ts';
import { mediaEngineSuite } from '../engine.suite.ts';
import { createEmbeddedMedia } from './index.ts';

const patience = { timeout: 25_000, interval: 20 };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

mediaEngineSuite('embedded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'virgil-media-'));
  const options = { host: '127.0.0.1', udpPort: 0, announcedIp: null, workers: 1, rtmpPort: null, folder, log: quiet };
  const engine = createEmbeddedMedia(options);
  await engine.start();
  const clients: { close(): void }[] = [];
  return {
    engine,
    publish: async (streamId) => {
      const publisher = new RtpPublisher();
      clients.push(publisher);
      let resourceId = '';
      await publisher.publish(async (offer) => {
        const answer = await engine.publish(streamId, offer);
        resourceId = answer.resourceId;
        return answer.answer;
      });
      return { resourceId, vanish: async () => publisher.close() };
    },
    watch: async (streamId, identity) => {
      const viewer = new WhepViewer();
      clients.push(viewer);
      let resourceId = '';
      await viewer.watch(async (offer) => {
        const answer = await engine.watch(streamId, offer, { identity });
        resourceId = answer.resourceId;
        return answer.answer;
      });
      return {
        resourceId,
        receivesMedia: async () => {
          const before = { video: viewer.video.packets, audio: viewer.audio.packets };
          await vi.waitFor(() => {
            expect(viewer.video.packets).toBeGreaterThan(before.video + 10);
            expect(viewer.audio.packets).toBeGreaterThan(before.audio + 10);
          }, patience);
        },
        isCut: () => vi.waitFor(() => expect(viewer.closed).toBe(true), patience),
      };
    },
    offer: async (direction) => sdpOffer({ direction }),
    killWorker: async () => {
      for (const pid of engine.workerPids) process.kill(pid, 'SIGKILL');
    },
    reset: async () => {
      for (const client of clients.splice(0)) client.close();
    },
    dispose: async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
